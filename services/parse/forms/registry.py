"""
The official layouts, one declaration each, the most particular first.

A layout is named after what it looks like: the same one is printed by many offices. A new form
needs a declaration here, its words in ``vocabulary``, and a truth.
"""

from typing import Final

from services.parse.explanation import FormRefused
from services.parse.forms.form import EVALUATED, Features, Form
from services.parse.forms.heads.columns_by_content import BOTH

_LEVELS: Final = frozenset({"level1", "level2", "name"})
_ANY_LEVEL: Final = frozenset({"level1", "level2", BOTH})

FORMS: Final = (
    # 项目支出绩效目标表（含转移支付项目）: all indicators of a project in one cell.
    Form(
        "project_list",
        "list",
        frozenset({"project", "indicators"}),
        without=frozenset({"name", "level1", "annual_target"}),
    ),
    # The same with a column for each second level (数量指标 | 质量指标 | …), several indicators in a cell.
    Form("sideways_list", "list", frozenset({"project", "level2_column"}), without=frozenset({"name"})),
    # A name and a value below each first level (产出指标: 三级指标 | 指标值, 效益指标: …), side by side.
    Form("paired_list", "list", frozenset({"project", "level1_column", "name", "annual_target"})),
    # The same list with goals only: what is promised stands in prose.
    Form(
        "goal_list",
        "list",
        frozenset({"project", "goal"}),
        without=frozenset({"name", "indicators", "level1", "level2_column"}),
    ),
    # 预算表12 项目支出绩效目标表: operator and unit in columns of their own.
    Form(
        "typed_list",
        "list",
        _LEVELS | {"annual_target", "annual_operator", "annual_unit"},
        without=frozenset({"scoring"}),
    ),
    # 项目支出绩效目标表 and 部门整体支出绩效目标表 with 评（扣）分标准; what stands under 备注 is the weight.
    Form(
        "scored_list",
        "list",
        _LEVELS | {"annual_target", "scoring", "note"},
        without=frozenset({"weight"}),
        meanings={"note": "weight"},
    ),
    # 项目支出绩效目标表 with 指标解释 and 权重.
    Form("explained_list", "list", _LEVELS | {"annual_target", "explanation"}),
    # 市级一般性项目绩效目标表: indicators without levels.
    Form("flat_list", "list", frozenset({"name", "annual_target"}), without=_ANY_LEVEL),
    # Any other list with levels and values.
    Form("levelled_list", "list", _LEVELS | {"annual_target"}),
    # 绩效自评表, with scores or said to be one by its title.
    Form("self_evaluation", "block", frozenset({"level1", "name", "annual_target", "actual", EVALUATED})),
    # 绩效目标执行监控表.
    Form("monitoring", "block", frozenset({"level1", "name", "annual_target", "actual"})),
    # 中央对地方专项转移支付区域绩效目标表.
    Form("transfer_block", "block", _LEVELS | {"annual_target"}, scopes=frozenset({"transfer"})),
    # 部门整体预算绩效目标申报表, 项目支出绩效目标申报表: values for the whole period and for the year.
    Form("period_block", "block", _LEVELS | {"annual_target", "period_target"}),
    # 预算表13 部门整体支出绩效目标表: activities; levels and name in one cell.
    Form(
        "activity_block",
        "block",
        frozenset({"indicators", "annual_target", "annual_operator"}),
        without=frozenset({"name"}),
    ),
    # 部门整体绩效目标表, 市级重点专项资金绩效目标表: indicators without levels.
    Form("flat_block", "block", frozenset({"name", "annual_target"}), without=_ANY_LEVEL),
    # 项目绩效目标表 with 分值 or 权重.
    Form("weighted_block", "block", _LEVELS | {"annual_target", "weight"}),
    # 项目绩效目标表, 政策和项目预算绩效目标表 and their like.
    Form("levelled_block", "block", _LEVELS | {"annual_target"}),
)

GENERAL: Final = "general"
"""The name of the careful reading of a table that no declaration describes."""


def recognise(features: Features) -> tuple[Form | None, tuple[FormRefused, ...]]:
    """Find the first form that a table is of, and say why each of the others is not it."""
    reasons = [(form, form.refusal(features)) for form in FORMS]
    taken = next((form for form, reason in reasons if reason is None), None)
    refused = (
        FormRefused(form.name, reason or "也符合，但前面的版式更具体")
        for form, reason in reasons
        if form is not taken
    )
    return taken, tuple(refused)

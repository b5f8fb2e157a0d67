"""What a declaration of an official layout says, and when a table is one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from shared.contracts.records import Scope

Shape = Literal["list", "block"]

EVALUATED: Final = "evaluated"
"""Named among the columns of a table that judges what was done: by its scores, or by its title."""

_SHAPES = {"list": "清单", "block": "单项目表"}
_WORDS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "indicators": "绩效指标",
    "annual_target": "指标值",
    "period_target": "实施周期指标值",
    "annual_operator": "指标性质",
    "annual_unit": "度量单位",
    "explanation": "指标解释",
    "scoring": "评分标准",
    "weight": "分值或权重",
    "core": "是否核心",
    "actual": "实际完成值",
    "score": "得分",
    EVALUATED: "得分（或表题中的自评）",
    "activity": "活动",
    "project": "项目名称",
    "goal": "绩效目标",
    "levels": "两级合写一栏的指标",
    "level2_column": "以各级指标为栏名的各栏",
    "level1_column": "各级指标之下分列的名称和指标值",
}


@dataclass(frozen=True, slots=True)
class Features:
    """What a table shows of itself: its shape, whom it is about, the columns that its header names."""

    shape: Shape
    scope: Scope
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Form:
    """
    An official layout, recognised by what is printed.

    ``columns`` must be named in the header and ``without`` must not be; ``meanings`` gives
    columns of this form a second meaning that their words do not have elsewhere.
    """

    name: str
    shape: Shape
    columns: frozenset[str]
    without: frozenset[str] = frozenset()
    scopes: frozenset[Scope] = frozenset({"project", "department", "transfer"})
    meanings: Mapping[str, str] = field(default_factory=dict)

    def refusal(self, features: Features) -> str | None:
        """Say in Chinese why a table is not of this form; None when it is."""
        if features.shape != self.shape:
            return f"版式是{_SHAPES[features.shape]}，不是{_SHAPES[self.shape]}"
        if features.scope not in self.scopes:
            return "填报范围不同（项目、部门整体或转移支付）"
        if lacking := sorted(self.columns - features.columns):
            return f"表头缺少：{_named(lacking)}"
        if foreign := sorted(self.without & features.columns):
            return f"表头另有：{_named(foreign)}"
        return None


def _named(fields: list[str]) -> str:
    return "、".join(_WORDS.get(field, field) for field in fields)

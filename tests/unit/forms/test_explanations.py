"""Why a table was taken for a form, or refused."""

from services.parse.forms.read import read_tables
from services.parse.forms.registry import FORMS, GENERAL
from tests.builders.grids import grid


def explained(*grids):
    (explanation,) = read_tables(grids).explanations
    return explanation


def test_each_head_says_which_field_it_was_taken_for():
    explanation = explained(
        grid(
            """
            | 项目名称 | 巡护 | < | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 指标值 | 责任处室 |
            | 产出指标 | 数量指标 | 次数 | ≥4次 | 综合处 |
            """
        )
    )

    assert {taken.printed.text: taken.field for taken in explanation.columns} == {
        "一级指标": "level1",
        "二级指标": "level2",
        "三级指标": "name",
        "指标值": "annual_target",
        "责任处室": None,
    }
    assert [(taken.printed.text, taken.field) for taken in explanation.labels] == [("项目名称", "name")]


def test_forms_refused_before_the_one_taken_give_their_reasons():
    explanation = explained(
        grid(
            """
            | 项目名称 | 巡护 | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 指标值 |
            | 产出指标 | 数量指标 | 次数 | ≥4次 |
            """
        )
    )

    reasons = {refused.form: refused.reason for refused in explanation.refused}
    assert explanation.form == "levelled_block"
    assert reasons["weighted_block"] == "表头缺少：分值或权重"
    assert "清单" in reasons["project_list"]


def test_a_table_of_other_matters_is_refused_with_a_reason():
    explanation = explained(
        grid(
            """
            | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
            | 301 | 工资 | 10 | 10 | |
            """
        )
    )

    assert explanation.form is None
    assert "没有绩效指标的表头" in explanation.reason


def test_a_contents_page_that_names_the_tables_is_refused():
    explanation = explained(
        grid(
            """
            | 报表 | 报表名称 | 是否空表 |
            | 表14 | 部门专项业务经费绩效目标表 | |
            """
        )
    )

    assert explanation.form is None


def test_an_unknown_layout_is_read_by_its_heads_and_says_so():
    reading = read_tables(
        [
            grid(
                """
                | 一级指标 | 指标名称 | 实施期指标值 |
                | 产出指标 | 次数 | ≥4次 |
                """,
                heading=["湖畔市绩效目标公开表"],
            )
        ]
    )

    (table,) = reading.tables
    assert table.form == GENERAL
    assert table.members[0].indicators[0].fields["period_target"].text == "≥4次"
    assert "不符合" in reading.explanations[0].reason


def test_every_declaration_has_a_name_of_its_own():
    assert len({form.name for form in FORMS}) == len(FORMS)

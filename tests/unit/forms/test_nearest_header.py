"""What is told of a table that nobody could read."""

from services.parse.forms.read import read_tables
from tests.builders.grids import grid


def explained(*grids):
    (explanation,) = read_tables(grids).explanations
    return explanation


def test_a_row_that_looks_like_a_header_is_shown_with_its_unknown_words():
    explanation = explained(
        grid(
            """
            | 项目名称 | 巡护 | < | < |
            | 一级指标 | 二级指标 | 考核事项 | 考核要求 |
            | 产出 | 数量 | 次数 | ≥4次 |
            """
        )
    )

    assert explanation.form is None
    assert "缺少指标名称栏或指标值栏" in explanation.reason
    assert [(head.printed.text, head.field) for head in explanation.columns] == [
        ("一级指标", "level1"),
        ("二级指标", "level2"),
        ("考核事项", None),
        ("考核要求", None),
    ]


def test_a_single_familiar_word_makes_no_header():
    explanation = explained(
        grid(
            """
            | 科目 | 目标 | 合计 |
            | 301 | 工资 | 10 |
            """
        )
    )

    assert explanation.columns == ()
    assert "不是绩效目标表" in explanation.reason


def test_the_line_above_a_refused_table_names_it():
    explanation = explained(grid("| 科目 | 合计 |\n| 301 | 10 |", heading=["一般公共预算支出表"]))

    assert explanation.title.text == "一般公共预算支出表"


def test_forms_behind_the_one_taken_are_explained_too():
    explanation = explained(
        grid(
            """
            | 项目名称 | 巡护 | < | < | < |
            | 一级指标 | 二级指标 | 三级指标 | 指标值 | 分值 |
            | 产出指标 | 数量指标 | 次数 | ≥4次 | 10 |
            """
        )
    )

    reasons = {refused.form: refused.reason for refused in explanation.refused}
    assert explanation.form == "weighted_block"
    assert "更具体" in reasons["levelled_block"]

"""Lists of which a text layer kept the lines but not the cells."""

import pytest

from services.parse.forms.flattened.text_document import read_text_document
from tests.builders.text_tables import HEAD, INDICATORS, amounts, doubts, kinds, projects, table, tables

ROWS = f"""
合计 30.00 30.00

某某市测试区档案馆 30.00 30.00

    档案整理经费 20.00 20.00

整理馆藏档案，方便群众
查阅。

{INDICATORS[:33]}
{INDICATORS[33:]}

    馆藏数字
化经费

10.00 10.00

扫描馆藏。
{INDICATORS}
"""


def test_a_table_says_what_stands_above_it() -> None:
    reading = table(HEAD + ROWS)

    assert reading.title.text == "项目支出绩效目标表（含转移支付项目）"
    assert reading.department.text == "某某市测试区档案局"
    assert reading.amount_unit.text == "万元"
    assert (reading.scope, reading.first_page, reading.last_page, reading.rows_read) == ("project", 1, 1, 4)


def test_rows_are_told_apart_by_how_far_their_names_are_set_in() -> None:
    assert kinds(table(HEAD + ROWS)) == [
        ("grand_total", "合计"),
        ("unit_total", "某某市测试区档案馆"),
        ("project", "档案整理经费"),
        ("project", "馆藏数字化经费"),
    ]


def test_wrapped_goals_and_indicators_are_joined() -> None:
    first, second = projects(table(HEAD + ROWS))

    assert first.fields["goal"].text == "整理馆藏档案，方便群众查阅。"
    assert [indicator.fields["annual_target"].text for indicator in first.indicators] == ["≥80卷"]
    assert second.fields["goal"].text == "扫描馆藏。"


def test_that_a_column_of_money_is_inferred_is_said_once() -> None:
    reading = table(HEAD + ROWS)

    assert amounts(projects(reading)[0]) == {"total": "20.00", "fiscal": "20.00"}
    assert doubts(reading) == ["amount_column_inferred"]


def test_a_row_with_all_its_amounts_needs_no_inference() -> None:
    full = ROWS.replace("30.00 30.00", "30.00 18.00 5.00 7.00").replace("20.00 20.00", "20.00 8.00 5.00 7.00")
    reading = table(HEAD + full.replace("10.00 10.00", "10.00 10.00 0.00 0.00"))

    assert amounts(reading.members[0]) == {
        "total": "30.00",
        "fiscal": "18.00",
        "special_account": "5.00",
        "other": "7.00",
    }
    assert doubts(reading) == []


def test_a_row_whose_only_part_is_a_later_part_of_the_grand_total_is_no_fiscal_money() -> None:
    reading = table(HEAD + ROWS.replace("30.00 30.00", "30.00 20.00 10.00"))

    assert [amounts(member) for member in reading.members] == [
        {"total": "30.00", "fiscal": "20.00"},
        {"total": "30.00", "fiscal": "20.00"},
        {"total": "20.00", "fiscal": "20.00"},
        {"total": "10.00"},
    ]
    assert [(doubt.code, doubt.severity) for doubt in reading.doubts] == [("amount_column_inferred", "doubt")]


def test_a_goal_below_its_indicators_is_found() -> None:
    goal = "1.保障馆舍运行；\n2.改善环境。\n。\n"
    turned = f"合计 5.00 5.00\n    馆舍经费 5.00 5.00\n{INDICATORS.removesuffix('。')}\n{goal}"

    (project,) = projects(table(HEAD + turned))

    assert project.fields["goal"].text == "1.保障馆舍运行；2.改善环境。"
    assert project.indicators[0].fields["annual_target"].text == "≥80卷"


def test_a_head_wrapped_over_several_lines_is_one_head() -> None:
    wrapped = HEAD.replace("财政专户拨款 其他资金 ", "\n财政专\n户拨款\n\n其他\n资金\n\n")

    assert len(projects(table(wrapped + ROWS))) == 2


def test_a_head_repeated_on_the_next_page_opens_no_table() -> None:
    above, below = ROWS.split("    馆藏数字")

    reading = table(f"{HEAD}{above}\f{HEAD}    馆藏数字{below}")

    assert len(projects(reading)) == 2
    assert projects(reading)[0].indicators[0].fields["annual_target"].text == "≥80卷"
    assert reading.last_page == 2


def test_another_department_is_another_table() -> None:
    first, second = tables(HEAD + ROWS + HEAD.replace("档案局", "统计局") + ROWS)

    assert (first.department.text, second.department.text) == ("某某市测试区档案局", "某某市测试区统计局")
    assert kinds(first) == kinds(second)


def test_page_numbers_and_footnotes_are_no_part_of_a_cell() -> None:
    reading = table(HEAD + ROWS.replace("查阅。\n", "查阅。\n- 3 -\n") + "\n注：金额为年初预算数。\n")

    assert projects(reading)[0].fields["goal"].text == "整理馆藏档案，方便群众查阅。"
    assert projects(reading)[1].indicators[0].fields["annual_target"].text == "≥80卷"


def test_names_are_found_where_nothing_is_set_in() -> None:
    flat = "\n".join(line.strip() for line in (HEAD + ROWS).splitlines())

    assert kinds(table(flat)) == kinds(table(HEAD + ROWS))


def test_a_project_without_goal_and_indicators_is_a_project() -> None:
    reading = table(HEAD + ROWS + "\n    涉密项目 3.00 3.00\n")

    assert kinds(reading)[-1] == ("project", "涉密项目")


@pytest.mark.parametrize("text", ["通知：请各单位填报项目支出绩效目标表。\n合计 3.00 3.00", "工作总结"])
def test_a_text_without_a_list_gives_no_table(text: str) -> None:
    assert tables(text) == ()


def test_a_few_damaged_indicators_are_no_reason_to_refuse_a_list() -> None:
    reading = table(HEAD + ROWS.replace("1、1-产出", "2、1-产出"))

    assert len(projects(reading)) == 2


def test_a_list_that_nobody_has_filled_in_is_an_empty_table() -> None:
    reading = table(HEAD)

    assert reading.members == ()
    assert (reading.title.text, reading.first_page) == ("项目支出绩效目标表（含转移支付项目）", 1)


def test_a_goal_that_begins_on_the_line_of_the_amounts_is_no_part_of_them() -> None:
    reading = table(HEAD + ROWS.replace("20.00 20.00\n\n整理", "20.00 20.00整理"))

    assert kinds(reading) == kinds(table(HEAD + ROWS))
    assert projects(reading)[0].fields["goal"].text == "整理馆藏档案，方便群众查阅。"


@pytest.mark.parametrize("prose", ["2024年完成 3 项", "投入 12.50 万元用于整理", "增长 3.20 5.00 万元"])
def test_figures_in_a_goal_are_no_amounts(prose: str) -> None:
    reading = table(HEAD + ROWS.replace("查阅。", f"查阅，\n{prose}。"))

    assert kinds(reading) == kinds(table(HEAD + ROWS))


@pytest.mark.parametrize(
    ("before", "after"), [("\n", "\n      "), (" 30.00", "\t30.00"), (" 20.00", "\t20.00")]
)
def test_a_margin_and_tabs_between_amounts_change_nothing(before: str, after: str) -> None:
    assert kinds(table(HEAD + ROWS.replace(before, after))) == kinds(table(HEAD + ROWS))


def test_a_text_whose_columns_run_into_each_other_is_refused_with_its_reason() -> None:
    torn = "整理馆藏， 1、产出指标:整理\n方便 卷数,\n查阅。 年度指标值:8卷。\n"
    rows = "".join(f"    第{number}项经费 5.00 5.00\n{torn}" for number in range(1, 6))

    reading = read_text_document(f"{HEAD}合计 25.00 25.00\n{rows}".encode())[1]

    assert reading.tables == ()
    assert [(finding.code, finding.severity) for finding in reading.findings] == [
        ("columns_jumbled", "error")
    ]

"""Lists as OCR leaves them: a line for each row, TABs between cells, blank cells lost."""

import pytest

from tests.builders.text_tables import OCR_HEAD, PLAIN, amounts, doubts, kinds, projects, table, tables

TOP = "项目支出绩效目标表(含转移支付项目)\n部门名称:某某市测试区档案局\n" + OCR_HEAD
SUMS = "合计\t1, 030. 00\t1, 028. 00\t\t2. 00\t\t\n某某市测试区 档案馆\t1, 030. 00\t1, 028. 00\t\t2. 00\t\t\n"


def test_rows_are_sums_and_projects() -> None:
    reading = table(f"{TOP}{SUMS}档案整理 经费\t1,028.00\t1,028.00\t\t\t整理馆藏。\t{PLAIN}\n")

    assert kinds(reading) == [
        ("grand_total", "合计"),
        ("unit_total", "某某市测试区档案馆"),
        ("project", "档案整理经费"),
    ]
    assert amounts(reading.members[0]) == {"total": "1,030.00", "fiscal": "1,028.00", "other": "2.00"}
    assert reading.department.text == "某某市测试区档案局"


@pytest.mark.parametrize(
    "cells",
    [
        f"20.00\t20.00\t\t\t整理馆藏。\t{PLAIN}",
        f"20.00\t20.00\t\t整理馆藏。\t{PLAIN}",
        f"20.00\t20.00\t整理馆藏。\t{PLAIN}",
        f"20.00\t20.00\t整理馆藏。 {PLAIN}",
        f"20.00\t20.00\t\t\t\t整理馆藏。{PLAIN}",
        f"20.00\t20.00\t\t\t整理馆藏。{PLAIN}\t",
    ],
)
def test_a_row_is_read_however_many_of_its_cells_are_missing(cells: str) -> None:
    (project,) = projects(table(f"{TOP}{SUMS}档案整理经费\t{cells}\n"))

    assert amounts(project) == {"total": "20.00", "fiscal": "20.00"}
    assert project.fields["goal"].text == "整理馆藏。"
    assert [indicator.fields["annual_target"].text for indicator in project.indicators] == ["≥80卷", "≥95%"]


def test_an_amount_is_not_put_where_the_grand_total_has_none() -> None:
    (project,) = projects(table(f"{TOP}{SUMS}代管经费\t2.00\t\t2.00\t办理代管事务。\t{PLAIN}\n"))

    assert amounts(project) == {"total": "2.00", "other": "2.00"}


def test_a_row_without_a_goal_keeps_its_indicators() -> None:
    (project,) = projects(table(f"{TOP}{SUMS}档案整理经费\t20.00\t20.00\t\t\t{PLAIN}\n"))

    assert project.fields["goal"].text == ""
    assert len(project.indicators) == 2


def test_signs_that_ocr_put_beside_an_amount_are_left_out_and_noted() -> None:
    reading = table(f"{TOP}{SUMS}档案整理经费\t专 20.00\t20.00\t\t\t整理馆藏。\t{PLAIN}\n")

    assert amounts(projects(reading)[0])["total"] == "20.00"
    assert doubts(reading) == ["garbled_text"]


def test_a_row_cut_in_two_by_a_page_is_one_row() -> None:
    rows = f"档案整理经费\t20.00\t20.00\t\t\t整理馆藏，\t{PLAIN[:30]}\n\t\t\t\t\t方便查阅。\t{PLAIN[30:]}\n"

    (project,) = projects(table(TOP + SUMS + rows))

    assert project.fields["goal"].text == "整理馆藏，方便查阅。"
    assert [indicator.fields["annual_target"].text for indicator in project.indicators] == ["≥80卷", "≥95%"]


def test_a_head_that_ocr_garbled_between_name_and_money_is_the_total() -> None:
    (project,) = projects(
        table(f"{TOP.replace('总计', '拉')}{SUMS}档案整理经费\t20.00\t20.00\t\t\t整理。\t{PLAIN}\n")
    )

    assert amounts(project)["total"] == "20.00"


def test_a_garbled_department_is_taken_from_a_unit_that_resembles_it() -> None:
    garbled = TOP.replace("部门名称:某某市测试区档案局", "部门名称: // 某市测式区档\t. 案馆\t[1]\t甲位: 力兀")

    reading = table(garbled + SUMS)

    assert reading.department.text == "某某市测试区档案馆"
    assert reading.amount_unit.text == "万元"
    assert doubts(reading) == ["garbled_text", "garbled_text"]


def test_a_garbled_department_unlike_any_unit_is_left_out() -> None:
    reading = table(TOP.replace("某某市测试区档案局", "// 十[1]化匕") + SUMS)

    assert reading.department.text == ""
    assert doubts(reading) == ["garbled_text"]


def test_a_repeated_head_opens_no_table_and_dashes_and_footnotes_are_no_rows() -> None:
    rows = f"档案整理经费\t20.00\t20.00\t\t\t整理。\t{PLAIN}\n"

    reading = table(
        f"{TOP}{SUMS}{rows}{OCR_HEAD}馆舍经费\t10.00\t10.00\t\t\t保障。\t{PLAIN}\n---\t--\t--\n\n注:金额为预算数。\n"
    )

    assert [name for kind, name in kinds(reading) if kind == "project"] == ["档案整理经费", "馆舍经费"]
    assert doubts(reading) == []


def test_a_row_with_too_many_cells_is_noted_and_not_read() -> None:
    reading = table(f"{TOP}{SUMS}档案整理经费\t1.00\t1.00\t1.00\t1.00\t1.00\t整理。\t{PLAIN}\n")

    assert not projects(reading)
    assert doubts(reading) == ["row_unreadable"]


def test_other_rows_with_tabs_are_no_table() -> None:
    assert tables("姓名\t部门\t电话\n张三\t档案局\t12345678\n") == ()

"""What sums say about lost rows and misprints."""

import pytest

from services.parse.checks import sums
from tests.builders.records import grand_total, project, unit_total


def codes(*rows):
    return [(finding.code, finding.expected, finding.found) for finding in sums.find(rows)]


def test_totals_that_add_up_are_not_mentioned():
    assert (
        codes(grand_total("30"), unit_total("甲单位", "30"), project("一", "10"), project("二", "20")) == []
    )


def test_a_unit_with_less_in_its_projects_than_in_its_total_has_lost_rows():
    found = list(sums.find([unit_total("甲单位", "104574.28"), project("一", "103857.93")]))

    assert [finding.code for finding in found] == ["sum_mismatch", "rows_missing"]
    assert "少 716.35" in found[1].message
    assert (found[1].expected, found[1].found) == ("104574.28", "103857.93")


def test_more_in_the_projects_than_in_the_total_is_no_lost_row():
    assert codes(unit_total("甲单位", "10"), project("一", "12")) == [("sum_mismatch", "10", "12")]


def test_each_column_of_money_is_compared():
    rows = unit_total("甲单位", "10", fiscal="8", other="2"), project("一", "10", fiscal="7", other="2")

    assert codes(*rows) == [("sum_mismatch", "8", "7")]


def test_projects_belong_to_the_unit_printed_above_them():
    rows = unit_total("甲", "1"), project("一", "1"), unit_total("乙", "2"), project("二", "2")

    assert codes(*rows) == []
    assert codes(*reversed(rows)) != []


def test_a_grand_total_may_sum_units_or_projects():
    assert codes(grand_total("3"), project("一", "1"), project("二", "2")) == []
    assert codes(project("一", "1"), project("二", "2"), grand_total("3")) == []


def test_two_tables_below_one_header_have_a_total_each():
    first = grand_total("3"), unit_total("甲", "3"), project("一", "3")
    second = grand_total("5"), project("二", "2"), project("三", "3")

    assert codes(*first, *second) == []
    assert codes(*first[1:], first[0], *second[1:], second[0]) == []
    assert codes(*first, grand_total("6"), *second[1:]) == [
        ("sum_mismatch", "6", "5"),
        ("rows_missing", "6", "5"),
    ]


def test_a_unit_above_other_units_may_sum_them():
    rows = [
        grand_total("3"),
        unit_total("主管部门", "3"),
        unit_total("甲", "1"),
        project("一", "1"),
        unit_total("乙", "2"),
        project("二", "2"),
    ]

    assert codes(*rows) == []


def test_a_unit_whose_projects_are_all_lost_is_reported():
    assert codes(unit_total("甲", "5.00"), project("一", "5.00"), unit_total("乙", "7.00")) == [
        ("sum_mismatch", "7.00", "0"),
        ("rows_missing", "7.00", "0"),
    ]


def test_rounding_in_the_source_is_noted_but_no_error():
    found = list(sums.find([grand_total("30.01"), *(project(str(n), "1.00") for n in range(30))]))

    assert [(finding.code, finding.severity) for finding in found] == [("sum_rounded", "info")]
    assert "0.01" in found[0].message


@pytest.mark.parametrize(("lost", "noticed"), [("0.05", False), ("0.10", True)])
def test_thirty_rounded_amounts_may_be_five_hundredths_off(lost, noticed):
    rows = [
        grand_total("30.00"),
        *(project(str(n), "1.00") for n in range(29)),
        project("last", f"0.{100 - int(lost[2:])}"),
    ]

    assert ("sum_mismatch" in {finding.code for finding in sums.find(rows)}) is noticed


def test_a_blank_total_promises_nothing():
    assert codes(grand_total("1.00", other=None), project("一", "1.00", other="0.50")) == []

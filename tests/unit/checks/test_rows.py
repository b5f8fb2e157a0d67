"""Whether the parts of a row make up its total."""

from services.parse.checks import rows
from services.parse.checks.habits import Habits
from tests.builders.records import LIST_HABITS, grand_total, project


def differences(row, *columns):
    habits = Habits(columns=frozenset(columns)) if columns else LIST_HABITS
    return [(finding.expected, finding.found) for finding in rows.find(row, habits)]


def test_parts_that_add_up_are_not_mentioned():
    assert differences(project("一", "10.00", fiscal="8.00", special_account="1.50", other="0.50")) == []


def test_a_total_that_is_not_the_sum_of_its_parts_is_an_error():
    finding = next(rows.find(project("一", "10.00", fiscal="8.00"), LIST_HABITS))

    assert (finding.code, finding.severity, finding.project) == ("sum_mismatch", "error", "一")
    assert "相差 2.00" in finding.message


def test_blank_parts_say_nothing():
    assert differences(project("一", "10.00")) == []


def test_money_carried_over_may_stand_beside_the_fiscal_money_or_within_it():
    columns = "total", "fiscal", "carried_over", "other"

    assert differences(project("一", "10", fiscal="8", carried_over="2"), *columns) == []
    assert differences(project("一", "10", fiscal="10", carried_over="2"), *columns) == []
    assert differences(project("一", "10", fiscal="9", carried_over="2"), *columns) != []


def test_a_transfer_is_split_between_central_and_local_money():
    assert differences(project("一", "10", central="6", local="4"), "total", "central", "local") == []
    assert differences(project("一", "10", central="6", local="3"), "total", "central", "local") == [
        ("10", "9")
    ]


def test_a_single_part_is_only_wrong_where_it_exceeds_the_total():
    assert differences(project("一", "10", fiscal="6"), "total", "fiscal") == []
    assert differences(project("一", "10", fiscal="12"), "total", "fiscal") == [("10", "12")]


def test_a_row_of_totals_is_checked_too():
    assert [f.found for f in rows.find_in_total(grand_total("5", fiscal="3", other="1"), LIST_HABITS)] == [
        "4"
    ]

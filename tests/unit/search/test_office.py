"""Printed codes of offices, places as paths, and what makes two records the same."""

import pytest

from shared.search.classes import classes_of
from shared.search.identity import project_identity, record_identity
from shared.search.office import read_office
from shared.search.places import path_of
from tests.builders.search import record


@pytest.mark.parametrize(
    ("printed", "name", "code"),
    [
        ("320_省审计厅", "省审计厅", "320"),
        ("[292]信访局", "信访局", "292"),
        ("【105】 水务局", "水务局", "105"),
        ("101001-临江市教育局本级", "临江市教育局本级", "101001"),
        ("101001 临江市教育局", "临江市教育局", "101001"),
        ("301医院", "301医院", None),
        ("120 急救中心", "120 急救中心", None),
        ("12345热线", "12345热线", None),
        ("教育局", "教育局", None),
        ("320_", "320_", None),
        ("", "", None),
    ],
)
def test_a_code_is_set_apart_by_a_mark_and_never_taken_from_a_name(printed, name, code):
    assert read_office(printed) == (name, code)


def test_a_path_leaves_out_what_is_unknown_and_says_nothing_twice():
    assert path_of(("京", "京", None, "教育局", "教育局")) == "京▸教育局"
    assert path_of((None, None)) == ""


def test_the_same_indicator_printed_by_a_unit_and_by_its_department_is_one():
    own = record("完好率", budget_unit="第一小学", department="第一小学", document_id="a" * 64)
    theirs = record("完好率", "≥91%", budget_unit="105_第一小学", document_id="b" * 64)

    assert record_identity(own) == record_identity(theirs) is not None
    assert project_identity(own) == project_identity(theirs)


@pytest.mark.parametrize("other", [{"fiscal_year": 2023}, {"budget_unit": "第二小学"}, {"project": "校舍"}])
def test_another_year_unit_or_project_is_another_indicator(other):
    assert record_identity(record("完好率", **other)) != record_identity(
        record("完好率", budget_unit="第一小学")
    )


def test_where_no_year_is_printed_money_and_promise_stand_in_for_it():
    known = {"fiscal_year": None, "amount": "12.50", "budget_unit": "第一小学"}

    assert (
        record_identity(record(**known)) == record_identity(record(document_id="b" * 64, **known)) is not None
    )
    assert record_identity(record(**known)) != record_identity(record("服务质量", "≥91%", **known))
    assert record_identity(record(**known)) != record_identity(record(**known | {"amount": "12.60"}))


def test_what_nobody_can_place_is_like_nothing_else():
    assert record_identity(record(fiscal_year=None)) is None
    assert record_identity(record(department=None)) is None


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"amount": "9.99"}, ("below_100k", "text", "clear")),
        ({"amount": "10"}, ("100k_to_1m", "text", "clear")),
        ({"amount": "10000"}, ("from_100m", "text", "clear")),
        ({"confidence": 0.97, "findings": ("level_blank",)}, (None, "sure", "needs_look")),
        ({"confidence": 0.5}, (None, "low", "needs_look")),
    ],
)
def test_records_are_counted_by_money_sureness_and_whether_a_person_should_look(known, expected):
    assert tuple(classes_of(record(**known)).values()) == expected

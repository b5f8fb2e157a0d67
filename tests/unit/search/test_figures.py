"""Figures in Chinese, conditions without blanks between them, and what people put behind a condition."""

import pytest

from shared.contracts.search import QueryError, SearchRequest
from shared.search.figures import in_digits
from shared.search.parser import parse
from shared.search.tokens import simplified
from tests.builders.search import record
from tests.fakes.search import BruteForceIndex


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("满意度不少于九成五", "满意度不少于95%"),
        ("满意度≥九成", "满意度≥90%"),
        ("满意度不低于百分之九十五", "满意度不低于95%"),
        ("满意度百分之九十五以上", "满意度95%以上"),
        ("差错率≤千分之五", "差错率≤5‰"),
        ("成本不超过十万元", "成本不超过100000元"),
        ("人数不少於一万二千人", "人数不少於12000人"),
        ("人数≥两百零三人", "人数≥203人"),
        ("≥百分之一百", "≥100%"),
    ],
)
def test_figures_behind_a_comparison_are_written_in_digits(typed, meant):
    assert in_digits(typed, simplified(typed)).text == meant


@pytest.mark.parametrize(
    "typed",
    ["不低于一级", "十四五规划", "金额:100万以上", "百分之九十五", "一百所学校", "超过万人", "满意度≥95%"],
)
def test_other_words_stay_as_they_are_typed(typed):
    assert in_digits(typed, simplified(typed)).text == typed


def test_a_mistake_is_marked_where_it_was_typed():
    with pytest.raises(QueryError) as caught:
        parse("满意度不低于百分之九十五 年:早")

    assert (caught.value.start, caught.value.end) == (15, 16)


@pytest.mark.parametrize(
    "query",
    [
        "满意度≥95%。",
        "满意度≥95%、",
        "满意度不少于九成五",
        "满意度≥95%，  ",
        "(满意度≥95%，)",
        "满意度≥95%。 OR 满意度≥95%",
    ],
)
def test_a_condition_means_the_same_however_it_is_written(query):
    assert names(query) == names("满意度≥95%")


@pytest.mark.parametrize(
    "query", ["满意度≥95%或及时率≥98%", "满意度≥95% 或及时率≥98%", "满意度≥95% 或 及时率≥98%"]
)
def test_conditions_may_be_joined_without_blanks(query):
    assert names(query) == {"群众满意度", "办结及时率"}


def test_joined_conditions_have_to_hold_both():
    assert names("满意度≥95%且满意度≥98%") == set()
    assert names("满意度≥90%，满意度≥95%") == {"群众满意度"}


def names(query):
    index = BruteForceIndex()
    index.replace(
        "document-a", [record("群众满意度", "≥95%"), record("办结及时率", "100%"), record("站点", "95家")]
    )
    return {hit.record.name for hit in index.search(SearchRequest(query=query, facets=())).hits}


@pytest.mark.parametrize("query", ["年:2025..2024", "金额:200万..50万", "页:5..3"])
def test_a_range_with_its_ends_exchanged_is_pointed_out(query):
    with pytest.raises(QueryError, match="写反"):
        parse(query)


def test_a_year_has_four_digits():
    with pytest.raises(QueryError, match="年份"):
        parse("年:24")

"""How promises are spread, and the plot of it."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.search.comparison.distribution import MOST_BARS, distribute
from services.search.comparison.plot import draw, short
from shared.contracts.flattening import records_of
from shared.values.target import read_target
from tests.builders.web import document_of, indicator_at, project_of


def records(*values: str, department: str = "云州市城市管理局"):
    indicators = [
        indicator_at("满意度", read_target(value, name="满意度"), record_id=f"r{number}-{department}")
        for number, value in enumerate(values)
    ]
    return list(records_of(document_of(project_of("经费", *indicators), department=department)))


def test_promises_of_the_most_frequent_unit_are_ordered_and_the_others_offered() -> None:
    found = distribute(records("≥95%", "80%以上", "≥10次", "持续提高", "≥90%"))

    assert (found.unit, [str(value.figure) for value in found.values]) == ("%", ["80", "90", "95"])
    assert found.units == (("%", 3), ("次", 1))
    assert (found.records, found.without_figure, found.middle) == (5, 1, Decimal(90))


def test_offices_are_listed_with_their_least_and_most() -> None:
    found = distribute([*records("≥95%", "≥85%"), *records("≥80%", department="云州市教育局")])

    assert [(one.who, str(one.least.figure), str(one.most.figure)) for one in found.promisers()] == [
        ("云州市教育局", "80", "80"),
        ("云州市城市管理局", "85", "95"),
    ]


def test_nothing_has_no_distribution() -> None:
    found = distribute([])

    assert (found.values, found.bars(), found.promisers(), found.middle) == ((), [], [], None)
    assert draw(found.bars()).columns == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=60))
def test_every_promise_is_in_exactly_one_bar(figures) -> None:
    found = distribute(records(*(f"≥{figure}个" for figure in figures)))

    bars = found.bars()

    assert sum(bar.total for bar in bars) == len(found.values) == len(figures)
    assert len(bars) <= MOST_BARS + 1
    assert len(draw(bars).columns) == len(bars)


@pytest.mark.parametrize(("most", "counts"), [(3, [0, 1, 2, 3]), (187, [0, 50, 100, 150, 200])])
def test_the_lines_of_a_plot_stand_at_round_numbers(most: int, counts: list[int]) -> None:
    found = distribute(records(*["≥95%"] * most))

    assert [number for _, number in draw(found.bars()).lines] == counts


def test_figures_are_written_shortly() -> None:
    assert [short(Decimal(text)) for text in ("95", "92.50", "0", "15000", "1200000000", "0.25")] == [
        "95",
        "92.5",
        "0",
        "1.5万",
        "12亿",
        "0.25",
    ]

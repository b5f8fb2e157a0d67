import pytest

from services.search.questions.parameters import SearchParameters
from services.search.templates import group_digits, in_units
from services.search.words import labels
from services.search.words.wording import (
    adds_to_print,
    amount_rows,
    bound_in_words,
    cite,
    level_of,
    target_of,
)
from shared.contracts.flattening import records_of
from shared.contracts.ledger import State
from shared.contracts.records import Amounts, Bound, Target
from shared.contracts.search import FILTERS, SortOrder
from tests.builders.web import indicator_at, promise, street_lights


def test_every_facet_order_and_state_has_a_chinese_name() -> None:
    assert set(labels.FACETS) == set(FILTERS)
    assert set(labels.SORTS) == set(SortOrder.__args__)  # type: ignore[attr-defined]
    assert set(labels.STATES) == set(State.__args__)  # type: ignore[attr-defined]


def test_programs_can_choose_every_facet() -> None:
    assert set(FILTERS) < set(SearchParameters.model_fields)


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        (Bound(operator="ge", lower="95", unit="%", unit_basis="value"), "≥ 95 %"),
        (Bound(operator="le", upper="3", unit="天", unit_basis="name"), "≤ 3 天（单位见指标名称）"),
        (Bound(operator="range", lower="3", upper="5"), "3 – 5"),
        (
            Bound(operator="eq", lower="0", upper="0", unit="次", unit_basis="inferred"),
            "= 0 次（单位为推断）",
        ),
    ],
)
def test_a_bound_is_said_as_it_was_read(bound: Bound, words: str) -> None:
    assert bound_in_words(bound) == words


def test_the_reading_is_shown_only_where_it_tells_more_than_the_print() -> None:
    assert not adds_to_print(Target(text="85%", display="=85%"))
    assert not adds_to_print(Target(text="≥85%", display="≥85%"))
    assert adds_to_print(Target(text="85%以上", display="≥85%"))


def test_the_first_target_that_is_printed_is_shown() -> None:
    period_only = indicator_at("亮灯率", None, period_target=promise("≥98%"))

    assert target_of(period_only) == ("period_target", promise("≥98%"))
    assert target_of(indicator_at("亮灯率", promise(""))) is None


def test_an_inferred_level_is_never_passed_off_as_printed() -> None:
    assert level_of(indicator_at("亮灯率", None), "level1") == ("产出指标", True)
    assert level_of(indicator_at("亮灯率", None, level1=None), "level1") == ("产出", False)
    assert level_of(indicator_at("亮灯率", None), "level2") is None


def test_only_amounts_that_are_printed_are_listed() -> None:
    assert amount_rows(Amounts(unit="万元", total="12", other="0", total_yuan="120000")) == [
        ("总计", "12"),
        ("其他资金", "0"),
    ]


@pytest.mark.parametrize(
    ("number", "written"),
    [("1391.47", "1,391.47"), (1200, "1,200"), (None, ""), ("0.50", "0.50"), ("约3", "约3")],
)
def test_numbers_keep_their_decimals(number: str | int | None, written: str) -> None:
    assert group_digits(number) == written


def test_sizes_are_said_in_fitting_units() -> None:
    assert [in_units(size) for size in (None, 900, 2048, 5_400_000)] == ["", "900 B", "2 KB", "5.1 MB"]


def test_a_citation_names_office_document_page_hash_and_reader() -> None:
    record = next(records_of(street_lights()))

    citation = cite(record, address="http://here/records/x", read_on="2026-01-02")

    for part in (
        "云州市城市管理局",
        "城管局2025年绩效目标表.pdf",
        "第1页",
        "路灯维修及时率 ≥95%",
        record.document_id,
        "0.1.0",
        "2026-01-02",
        "http://here/records/x",
    ):
        assert part in citation

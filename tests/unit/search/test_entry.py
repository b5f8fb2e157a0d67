from hypothesis import given
from hypothesis import strategies as st

from shared.search.entry import KNOWN_VALUE, KNOWN_YEAR, entry_of
from shared.search.packing import pack, slot_of, sortable, steps
from tests.builders.search import record

values = st.floats(allow_nan=False, allow_infinity=False)


@given(values, values, st.integers(8, 63))
def test_sortable_integers_order_as_their_numbers_do(one, other, bits):
    low, high = sorted((one, other))

    assert 0 <= sortable(low, bits) <= sortable(high, bits) < 1 << bits


@given(st.integers(-(10**13), 10**14), st.integers(-(10**13), 10**14), st.sampled_from(["%", "元", "古尺"]))
def test_packed_promises_order_within_their_unit(one, other, unit):
    first, last = slot_of(unit)
    low, high = sorted((one, other))

    assert first <= pack(unit, low) <= pack(unit, high) <= last


def test_units_have_slots_of_their_own():
    assert slot_of("%")[1] < slot_of("古尺")[0]
    assert slot_of("%") != slot_of("元")


def test_numbers_keep_four_decimal_places():
    assert steps("95") == 950_000
    assert steps("0.0001") == 1


def test_every_sort_key_fits_a_signed_integer_and_says_whether_it_is_known():
    full = entry_of(record("成本", "≤1万元", amount="99999999999", fiscal_year=2155))
    empty = entry_of(record("满意度", "较高", fiscal_year=None))

    assert KNOWN_YEAR <= full.rank < 1 << 63 > full.by_amount >= KNOWN_VALUE
    assert 0 <= empty.rank < KNOWN_YEAR
    assert empty.by_amount < KNOWN_VALUE > empty.by_target


def test_newer_and_dearer_records_rank_higher():
    old, new, dear = (
        entry_of(record(fiscal_year=year, amount=amount))
        for year, amount in ((2023, "900"), (2024, "5"), (2024, "6"))
    )

    assert old.rank < new.rank < dear.rank


def test_matches_do_not_cross_from_one_value_to_the_next():
    entry = entry_of(record("数量", "≥3个", department="林业局", project="公园"))

    assert "局公" not in entry.text
    assert "数量≥␂3␃个" in entry.text


def test_facets_are_inferred_levels_and_what_the_target_promises():
    entry = entry_of(
        record("宣传", "≥3场，≥500人", level1="产出指标", level1_inferred="产出", findings=("level_blank",))
    )

    assert entry.facets["level1"] == ("产出",)
    assert entry.facets["operator"] == ("ge",)
    assert entry.facets["unit"] == ("场", "人")
    assert entry.facets["findings"] == ("level_blank",)
    assert entry.facets["year"] == ("2024",)


def test_words_before_a_promise_name_it():
    assert "学员满意度" in entry_of(record("服务对象评价", "学员满意度95%以上")).name


def test_a_satisfaction_above_all_measure_implies_nothing():
    assert entry_of(record("满意度", "≥950%")).numbers["unit_lower"] == ()
    assert entry_of(record("增长率", "≥950%")).numbers["unit_lower"] != ()

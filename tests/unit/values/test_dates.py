"""Promises that are dates."""

import pytest

from shared.values.target import read_target


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2026年12月", "2026-12"),
        ("2026年12月31日前完成", "2026-12-31"),
        ("2026-3-5", "2026-03-05"),
        ("2026.12.31", "2026-12-31"),
        ("２０２６年６月底前", "2026-06-30"),
        ("2024年2月底前", "2024-02-29"),
        ("12月31日前", "--12-31"),
        ("次年2月份前", "--02"),
        ("每月10日前", "---10"),
        ("年底前完成", "--12-31"),
        ("2026年底前", "2026-12-31"),
        ("第二季度", "--06-30"),
        ("上半年完成", "--06-30"),
        ("2026年", "2026"),
        ("2025-2027年", "2025/2027"),
        ("2024年1月至12月", "2024-01/2024-12"),
    ],
)
def test_a_date_is_read_as_far_as_it_is_printed(text, date):
    target = read_target(text)

    assert (target.date, target.bounds, target.qualitative) == (date, (), False)


def test_two_dates_are_no_single_promise():
    assert read_target("6月30日前招标，12月31日前验收").date is None


@pytest.mark.parametrize("text", ["2019.05万元", "12个月", "5年", "≥30日", "年度", "全年", "每年2次"])
def test_amounts_and_durations_are_no_dates(text):
    assert read_target(text).date is None


def test_a_value_may_promise_a_number_and_a_date():
    target = read_target("≥95%（2026年12月底前）")

    assert (target.date, target.bounds[0].lower) == ("2026-12-31", "95")

"""What a mark can be beside its neighbours; every rule keeps what was read before it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.ocr.marks import (
    comma_between_words,
    dash_in_code,
    pair_brackets,
    pair_quotation_marks,
    repair_amount,
    repair_cell,
    stop_at_line_end,
)
from services.ocr.recogniser import LineReading


def reading(text):
    return LineReading(text, tuple(float(n) for n in range(len(text) + 1)), (0.9,) * len(text))


@pytest.mark.parametrize(
    ("read", "amount"),
    [
        ("38,00", "38.00"),
        ("1,391,47", "1,391.47"),
        ("29，458.63", "29,458.63"),
        ("12。50", "12.50"),
        ("1O0.00", "100.00"),
        ("l2.5", "12.5"),
        ("29,458.63", "29,458.63"),
        ("1,391", "1,391"),
    ],
)
def test_an_amount_has_one_point_and_commas_by_three(read, amount):
    assert repair_amount(read) == amount


@pytest.mark.parametrize(
    "text", ["2026", "2026.1.1", "1,23,4", "12-3", "O", "Il", "IO", "3、5、7", "0.5%", "满意"]
)
def test_what_is_no_amount_is_left_alone(text):
    assert repair_amount(text) == text


@given(st.text(alphabet="0123456789OIl,.，。、- 一产出", max_size=12))
def test_no_rule_changes_the_length_of_a_line(text):
    (repair,) = repair_cell([reading(text)])

    assert len(repair.reading.text) == len(text)
    assert (repair.read_as is None) == (repair.reading.text == text)


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_well_printed_amounts_are_not_changed(whole, cents):
    assert repair_amount(f"{whole:,}.{cents:02}") == f"{whole:,}.{cents:02}"


def test_between_a_figure_and_a_level_stands_a_dash():
    assert dash_in_code("1一产出12—数量指标") == "1-产出12—数量指标"
    assert dash_in_code("第1一带一路") == "第1一带一路"


def test_a_point_between_chinese_characters_is_a_comma():
    assert comma_between_words("正常运行率.年度") == "正常运行率，年度"
    assert comma_between_words("LPR.下限3.5倍") == "LPR.下限3.5倍"


def test_a_point_ends_a_cell_as_a_full_stop_and_a_line_as_a_comma():
    assert stop_at_line_end(["系统正常运行率.", "年度指标值98.", "保障正常."]) == [
        "系统正常运行率，",
        "年度指标值98.",
        "保障正常。",
    ]


def test_a_closing_bracket_is_as_wide_as_the_one_it_closes_also_a_line_below():
    assert pair_brackets(["个数（个)", "率(%）", "（含", "税)) "]) == [
        "个数（个）",
        "率(%)",
        "（含",
        "税）) ",
    ]


def test_both_marks_of_a_quotation_are_straight_where_one_is_also_a_line_below():
    assert pair_quotation_marks(['“甲”和"乙', "丙”的“丁”"]) == ['“甲”和"乙', '丙"的“丁”']


def test_quotation_marks_that_are_not_all_paired_are_left_alone():
    assert pair_quotation_marks(['发布”和"乙”']) == ['发布”和"乙”']


def test_a_changed_figure_is_doubtful_and_a_changed_bracket_is_not():
    (amount,) = repair_cell([reading("38,00")])
    (name,) = repair_cell([reading("个数（个)")])

    assert (amount.read_as, amount.is_doubtful) == ("38,00", True)
    assert (name.read_as, name.is_doubtful) == ("个数（个)", False)

"""Cells as offices and OCR really leave them: repeated, melted, cut and misnumbered."""

import pytest

from services.parse.forms.serialised.grammar import is_serialised
from tests.builders.serialised import as_written, codes, read

FIRST = "1、1-产出指标；11-数量指标；巡查次数；实施周期指标值:12次；年度指标值:12次。"
SECOND = "2、3-满意度指标；31-服务对象满意度；居民满意度；实施周期指标值:≥90%；年度指标值:≥90%。"


def names(text: str) -> list[str]:
    return [as_written(indicator).name for indicator in read(text).indicators]


def test_levels_and_their_codes_are_fields_of_their_own() -> None:
    fields = read(FIRST).indicators[0].fields

    assert {name: passage.text for name, passage in fields.items()} == {
        "sequence_printed": "1",
        "level1_code": "1",
        "level1": "产出指标",
        "level2_code": "11",
        "level2": "数量指标",
        "name": "巡查次数",
        "period_target": "12次",
        "annual_target": "12次",
    }


def test_blanks_that_a_layout_put_into_words_are_left_out() -> None:
    text = "1 、1一产 出指标; 11-数量指 标: 巡查 次数; 实施周 期指标 值: ≥ 12次; 年度指标值: ≥ 12次。"

    (indicator,) = read(text).indicators

    assert as_written(indicator).name == "巡查次数"
    assert as_written(indicator).annual == "≥12次"


def test_a_blank_between_latin_words_stays() -> None:
    assert names("1、产出指标:LED screen 数量,年度指标值:3块。") == ["LED screen数量"]


@pytest.mark.parametrize(
    "name", ["成本控制率", "数量、质量达标", "满意度", "服务对象满意度", "111038427-培训次数"]
)
def test_a_name_made_of_level_words_or_codes_is_a_name(name: str) -> None:
    assert names(f"1、满意度指标:{name},年度指标值:95%。") == [name]


def test_a_level_outside_the_vocabulary_is_known_by_its_codes() -> None:
    text = "1、5-一般支出指标；51-三公经费指标；会议次数；实施周期指标值:3次；年度指标值:3次。"

    (indicator,) = read(text).indicators

    assert indicator.fields["level1"].text == "一般支出指标"
    assert indicator.fields["level2"].text == "三公经费指标"


def test_a_first_level_that_is_missing_stays_missing() -> None:
    (indicator,) = read("1、11-数量指标；巡查次数；实施周期指标值:12次；年度指标值:12次。").indicators

    assert "level1" not in indicator.fields
    assert indicator.fields["level2"].text == "数量指标"


def test_numbered_promises_within_a_value_are_no_indicators() -> None:
    text = "1、产出指标:发布成果,年度指标值:1、报告2份；2、数据集3个。2、效益指标:引用,年度指标值:10次。"

    assert [as_written(indicator).annual for indicator in read(text).indicators] == [
        "1、报告2份；2、数据集3个",
        "10次",
    ]


def test_a_clause_printed_twice_is_read_once_and_noted() -> None:
    reading = read(FIRST.replace("。", "; 年度指标值:12次。"))

    assert as_written(reading.indicators[0]).annual == "12次"
    assert [(doubt.code, doubt.severity) for doubt in reading.indicators[0].doubts] == [
        ("duplicate_clause", "info")
    ]


def test_a_second_clause_that_differs_is_a_doubt() -> None:
    reading = read(FIRST.replace("。", "; 年度指标值:15次。"))

    assert as_written(reading.indicators[0]).annual == "12次"
    assert [(doubt.severity, doubt.found) for doubt in reading.indicators[0].doubts] == [("doubt", "15次")]


def test_a_year_value_that_is_not_printed_is_missing() -> None:
    reading = read(FIRST.replace("；年度指标值:12次", "") + SECOND)

    assert "annual_target" not in reading.indicators[0].fields
    assert codes(reading) == ["annual_missing"]


def test_a_blank_value_is_empty_and_noted() -> None:
    reading = read("1、产出指标:巡查次数,年度指标值:。2、效益指标:引用,年度指标值:10次。")

    assert reading.indicators[0].fields["annual_target"].text == ""
    assert codes(reading) == ["value_missing"]


def test_an_indicator_begun_twice_is_read_once() -> None:
    begun = "2、3-满意度指标；31-服务对象满意度；居民满意度；实施周期指标值:2。"
    reading = read(FIRST + begun + SECOND)

    assert [as_written(indicator).number for indicator in reading.indicators] == [1, 2]
    assert codes(reading) == ["duplicate_clause"]


def test_values_of_an_indicator_without_a_head_are_not_given_to_its_neighbour() -> None:
    melted = FIRST.removesuffix("。") + "; 年度指标值:12次(事故; 实施周期指标值:0次; 年度指标值:0次。"

    reading = read(melted + SECOND)

    assert [as_written(indicator).annual for indicator in reading.indicators] == ["12次", "≥90%"]
    assert [doubt.place.text for doubt in reading.doubts] == ["实施周期指标值:0次;年度指标值:0次。"]


def test_two_items_of_which_one_lost_its_head_within_are_not_guessed_at() -> None:
    melted = FIRST.replace("年度指标值:12次", "培训人数；实施周期指标值:30人；年度指标值:30人")

    reading = read(melted + SECOND)

    assert [as_written(indicator).name for indicator in reading.indicators] == ["居民满意度"]
    assert "indicator_damaged" in codes(reading)


@pytest.mark.parametrize(
    "cut",
    [
        "2、3-满",
        "2、3-满意度指标；31-服务对",
        "2、3-满意度指标；31-服务对象满意度；居民满",
        "2、",
        SECOND[:40],
    ],
)
def test_an_indicator_cut_off_by_the_cells_end_is_damaged(cut: str) -> None:
    reading = read(FIRST + cut)

    assert [as_written(indicator).number for indicator in reading.indicators] == [1]
    assert as_written(reading.indicators[0]).annual == "12次"
    assert codes(reading) == ["indicator_damaged"]


def test_what_is_left_of_an_indicator_at_a_cells_beginning_is_damaged() -> None:
    reading = read("值:100%（出勤天数/365天*100%）。" + SECOND)

    assert [as_written(indicator).number for indicator in reading.indicators] == [2]
    assert codes(reading) == ["indicator_damaged", "numbering_gap"]


@pytest.mark.parametrize("rest", ["4-成本指标；", "成本指标；", "效益指标；"])
def test_the_rest_of_a_second_level_is_no_first_one_where_it_is_all_that_the_cell_keeps(rest: str) -> None:
    reading = read(f"{rest}采购单价；实施周期指标值:≤9元；年度指标值:≤9元。")

    assert reading.indicators == ()
    assert codes(reading) == ["indicator_damaged"]


def test_one_indicator_without_a_number_is_read_with_the_levels_it_has() -> None:
    coded = read("4-成本指标；41-经济成本指标；采购单价；实施周期指标值:≤9元；年度指标值:≤9元。")
    plain = read("产出指标；数量指标；巡查次数；实施周期指标值:12次；年度指标值:12次。")
    short = read("成本指标:采购单价,年度指标值:≤9元。")

    assert [as_written(one.indicators[0]).name for one in (coded, plain, short)] == [
        "采购单价",
        "巡查次数",
        "采购单价",
    ]


def test_a_year_value_cut_short_is_left_out() -> None:
    reading = read(FIRST + SECOND.removesuffix("0%。"))

    assert "annual_target" not in reading.indicators[1].fields
    assert "indicator_damaged" in codes(reading)


def test_a_value_that_ends_the_cell_without_a_sign_is_noted_unless_another_one_bears_it_out() -> None:
    plain = "1、产出指标:巡查次数,年度指标值:12次。2、效益指标:引用,年度指标值:10"

    assert codes(read(plain)) == ["value_unterminated"]
    assert codes(read(FIRST + SECOND.removesuffix("。"))) == []


@pytest.mark.parametrize(
    ("numbers", "noted"),
    [
        ((1, 2, 4), [("doubt", "3", "4")]),
        ((1, 2, 2), [("info", "3", "2")]),
        ((1, 2, 1), [("info", "3", "1")]),
    ],
)
def test_numbers_that_jump_repeat_or_restart_are_noted(
    numbers: tuple[int, ...], noted: list[tuple[str, str, str]]
) -> None:
    reading = read(
        "".join(f"{number}、产出指标:任务{at},年度指标值:{at}项。" for at, number in enumerate(numbers))
    )

    assert [as_written(indicator).number for indicator in reading.indicators] == list(numbers)
    assert [
        (doubt.severity, doubt.expected, doubt.found)
        for indicator in reading.indicators
        for doubt in indicator.doubts
    ] == noted


def test_prose_in_the_indicators_cell_is_noted_and_not_read() -> None:
    reading = read("详见绩效目标说明")

    assert not reading.indicators
    assert codes(reading) == ["prose_only"]


def test_an_empty_cell_is_nothing_to_note() -> None:
    assert codes(read("")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [(FIRST, True), ("做好1、培训；2、宣传工作。", False), ("产出指标完成情况良好", False), ("", False)],
)
def test_only_text_with_indicators_in_it_is_serialised(text: str, expected: bool) -> None:
    assert is_serialised(text) is expected


def test_a_full_stop_within_a_name_is_a_doubt() -> None:
    assert codes(read("1、产出指标:整理完成。卷数,年度指标值:3卷。")) == ["text_mixed"]
    assert codes(read("1、产出指标:整理完成。,年度指标值:3卷。")) == []

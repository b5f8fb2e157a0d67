"""Whatever is serialised into a cell is read back from it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from services.parse.forms.serialised.grammar import read_serialised
from tests.builders.serialised import LEVELS, Style, Written, as_written, codes, wrapped, write

FRAGMENTS = (
    "培训",
    "企业",
    "，",
    ",",
    "、",
    "（人）",
    "(%)",
    "“窗口”",
    "2026年",
    "1、",
    "2、",
    "-",
    "/",
    "网点",
    "。",
    "率：",
)
BODIES = st.lists(st.sampled_from(FRAGMENTS), max_size=5).map("".join)
NAMES = st.builds(
    "{}{}{}".format,
    st.sampled_from(("场次", "-使用", "“云")),
    BODIES,
    st.sampled_from(("率", "（个）", "。", "”")),
)
VALUES = st.builds(
    "{}{}{}".format,
    st.sampled_from(("≥9", "≦", "不低于3", "1、完成", "0", "连山、", "小于")),
    st.lists(st.sampled_from((*FRAGMENTS, "；", ";", "95%", "12.5万元")), max_size=4).map("".join),
    st.sampled_from(("%", "个/年", "万元以内", "）", "无")),
)
CODED_STYLES = st.builds(
    Style,
    mark=st.sampled_from(("、", ".", "．", " 、")),
    dash=st.sampled_from(("-", "－", "一", "—", " - ")),
    separator=st.sampled_from(("；", ";", "; ", ": ", "：", "，", ", ")),
    before_annual=st.sampled_from(("；", "; ", "。；", ": ", "，")),
    colon=st.sampled_from((":", "：", ": ")),
    end=st.sampled_from(("。", "；", "; ", "。；")),
)
PLAIN_STYLES = st.builds(
    Style,
    before_annual=st.sampled_from((",", "，", ", ", "；")),
    colon=st.sampled_from((":", "：", ": ")),
    end=st.sampled_from(("。", "；", "; ")),
)
WIDTHS = st.lists(st.integers(1, 40), min_size=1, max_size=6)


@st.composite
def coded_items(draw: st.DrawFn) -> list[Written]:
    items = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        level1 = draw(st.sampled_from(sorted(LEVELS)))
        level2 = draw(st.sampled_from(sorted(LEVELS[level1][1])))
        items.append(Written(number, level1, level2, draw(NAMES), draw(VALUES), draw(VALUES)))
    return items


@st.composite
def plain_items(draw: st.DrawFn) -> list[Written]:
    count = draw(st.integers(1, 6))
    levels = st.sampled_from(sorted(LEVELS))
    return [Written(n, draw(levels), None, draw(NAMES), None, draw(VALUES)) for n in range(1, count + 1)]


@given(coded_items(), CODED_STYLES, WIDTHS)
def test_items_with_codes_are_read_back_in_every_style_and_wrap(
    items: list[Written], style: Style, widths: list[int]
) -> None:
    reading = read_serialised(wrapped(write(items, style), widths))

    assert [as_written(indicator) for indicator in reading.indicators] == items
    assert set(codes(reading)) <= {"text_mixed"}


@given(plain_items(), PLAIN_STYLES, WIDTHS)
def test_items_without_codes_are_read_back_in_every_style_and_wrap(
    items: list[Written], style: Style, widths: list[int]
) -> None:
    reading = read_serialised(wrapped(write(items, style), widths))

    assert [as_written(indicator) for indicator in reading.indicators] == items
    assert set(codes(reading)) <= {"text_mixed"}


@given(coded_items(), WIDTHS)
def test_each_field_knows_where_each_of_its_characters_is_printed(
    items: list[Written], widths: list[int]
) -> None:
    cell = wrapped(write(items), widths)
    printed = dict(zip(cell.places, cell.text, strict=True))

    for indicator in read_serialised(cell).indicators:
        for passage in indicator.fields.values():
            assert "".join(printed[place] for place in passage.places) == passage.text


@given(coded_items(), st.data())
def test_a_cell_cut_off_at_its_end_gives_what_is_whole_and_says_that_it_is_cut(
    items: list[Written], data: st.DataObject
) -> None:
    text = write(items)
    cut = text[: data.draw(st.integers(1, len(text) - 1))]

    reading = read_serialised(wrapped(cut))

    found = [as_written(indicator) for indicator in reading.indicators]
    whole = sum(len(write(items[:count])) <= len(cut) for count in range(1, len(items) + 1))
    assert found[:whole] == items[:whole]
    for begun, item in zip(found[whole:], items[whole:], strict=False):
        assert begun == replace(item, period=begun.period, annual=begun.annual)
        assert item.annual.startswith(begun.annual)
        assert begun.period == item.period or begun.annual == ""
    assert len(found) - whole <= 1
    if len(found) == whole and cut != write(items[:whole]):
        assert codes(reading)


@given(coded_items(), st.data())
def test_a_cell_cut_off_at_its_beginning_gives_no_indicator_that_is_not_in_it(
    items: list[Written], data: st.DataObject
) -> None:
    text = write(items)
    cut = text[data.draw(st.integers(1, len(text) - 1)) :]

    reading = read_serialised(wrapped(cut))

    found = [replace(as_written(indicator), number=0) for indicator in reading.indicators]
    assert all(item in [replace(item, number=0) for item in items] for item in found)

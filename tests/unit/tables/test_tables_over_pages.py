"""Tables that go on over pages: what the page's end has cut is joined again."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.tables import find_grids
from tests.builders.pages import LEFT, TOP, Printer, level_rule, page, texts, upright_rule, word

HEAD = ["名称", "金额", "目标", "指标"]
WIDTHS = [66, 66, 106, 146]

# Chinese letters without marks: text wraps where the line is full, as in print.
letters = st.text(alphabet="天地玄黄宇宙洪荒日月盈昃辰宿列张", min_size=1)
names = st.text(alphabet="天地玄黄宇宙", min_size=1, max_size=6)
rows = st.lists(
    st.tuples(
        names,
        st.just("10.00"),
        letters.map(lambda t: t[:60]),
        st.text(alphabet="寒来暑往秋收冬藏", max_size=90),
    ).map(list),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(rows, st.integers(min_value=2, max_value=9), st.booleans())
def test_a_table_reads_as_it_was_written_wherever_pages_end(written, lines_on_page, closes_frames):
    pages = Printer(WIDTHS, lines_on_page, closes_frames).print_rows([HEAD, *written])

    grids = find_grids(pages)

    assert len(grids) == 1
    assert texts(grids[0]) == [HEAD, *written]
    assert (grids[0].first_page, grids[0].last_page) == (1, len(pages))


def test_a_cut_cell_keeps_its_outline_on_both_pages():
    pages = Printer([66, 66], lines_on_page=3).print_rows([["甲", "一二三四五六七八九十" * 3], ["乙", "丙"]])

    (grid,) = find_grids(pages)

    assert [part.page for part in grid.at(0, 1).parts] == [1, 2]
    assert {box.page for box in grid.at(0, 1).passage.boxes()} == {1, 2}


def test_a_head_repeated_on_the_next_page_is_read_once():
    first = Printer([66, 66]).print_rows([["名称", "金额"], ["甲", "1.00"]])
    second = Printer([66, 66]).print_rows([["名称", "金额"], ["乙", "2.00"]])

    (grid,) = find_grids([*first, replace(second[0], number=2)])

    assert texts(grid) == [["名称", "金额"], ["甲", "1.00"], ["乙", "2.00"]]


def test_rows_with_amounts_are_no_repeated_head():
    rows = [["名称", "金额"], ["甲", "9.00"], ["乙", "9.00"]]
    first = Printer([66, 66]).print_rows(rows)

    (grid,) = find_grids([*first, replace(first[0], number=2)])

    assert texts(grid) == [*rows, *rows[1:]]


def test_a_sum_below_the_repeated_head_begins_a_table():
    rows = [["名称", "金额"], ["合计", "9.00"], ["甲", "9.00"]]
    first = Printer([66, 66]).print_rows(rows)

    grids = find_grids([*first, replace(first[0], number=2)])

    assert [texts(grid) for grid in grids] == [rows, rows]


def test_a_form_that_begins_anew_on_the_next_page_is_a_table_of_its_own():
    first = Printer([66, 106]).print_rows([["项目", "桥梁养护"], ["目标", "安全畅通"]])
    second = Printer([66, 106]).print_rows([["项目", "路灯照明"], ["目标", "亮灯率高"]])

    assert len(find_grids([*first, replace(second[0], number=2)])) == 2


def test_a_title_between_two_tables_parts_them():
    first = Printer([66, 66]).print_rows([["甲", "乙"], ["丙", "丁"]])
    second = Printer([66, 66]).print_rows([["戊", "己"], ["庚", "辛"]])
    titled = replace(second[0], number=2, words=(*second[0].words, word("支出表", 60, 20)))

    assert len(find_grids([*first, titled])) == 2


@pytest.mark.parametrize("gap", [1, 2])
def test_only_consecutive_pages_go_on(gap):
    first = Printer([66, 66]).print_rows([["甲", "乙"], ["丙", "丁"]])
    second = Printer([66, 66]).print_rows([["戊", "己"], ["庚", "辛"]])

    assert len(find_grids([*first, replace(second[0], number=1 + gap)])) == gap


def test_a_table_that_left_half_its_page_blank_has_ended():
    first = Printer([66, 66]).print_rows([["甲", "乙"], ["丙", "丁"]])
    second = Printer([66, 66]).print_rows([["戊", "己"], ["庚", "辛"]])

    assert len(find_grids([replace(first[0], height=800), replace(second[0], number=2)])) == 2


def test_a_page_moved_sideways_for_binding_goes_on():
    first = Printer([66, 66]).print_rows([["甲", "乙"], ["丙", "丁"]])
    moved = page(
        [word("戊", LEFT + 23, TOP + 3), word("己", LEFT + 89, TOP + 3)],
        [
            *(level_rule(LEFT + 20, LEFT + 152, top) for top in (TOP, TOP + 18)),
            *(upright_rule(LEFT + 20 + x, TOP, TOP + 18) for x in (0, 66, 132)),
        ],
        number=2,
    )

    (grid,) = find_grids([*first, moved])

    assert texts(grid)[2] == ["戊", "己"]


def _two_rows(number, name, first, second):
    rules = [level_rule(LEFT, LEFT + 132, TOP + y) for y in (0, 40)]
    rules += [level_rule(LEFT + 66, LEFT + 132, TOP + 20)]
    rules += [upright_rule(LEFT + x, TOP, TOP + 40) for x in (0, 66, 132)]
    words = [word(first, LEFT + 70, TOP + 4), word(second, LEFT + 70, TOP + 24)]
    if name:
        words.append(word(name, LEFT + 4, TOP + 14))
    return page(words, rules, number=number, height=TOP + 70)


def test_a_merged_cell_cut_by_a_closed_frame_goes_on_where_it_is_blank():
    (grid,) = find_grids([_two_rows(1, "甲", "一", "二"), _two_rows(2, "", "三", "四")])

    assert texts(grid) == [["甲", "一"], ["甲", "二"], ["甲", "三"], ["甲", "四"]]
    assert grid.at(0, 0).row_span == 4


def test_a_merged_cell_printed_again_on_the_next_page_is_one_cell_read_once():
    above = Printer([66, 66]).print_rows([["名", "值"]])
    first, second = _two_rows(2, "甲", "一", "二"), _two_rows(3, "甲", "三", "四")

    (grid,) = find_grids([*above, first, second])

    assert grid.at(1, 0).text == "甲"
    assert grid.at(1, 0).row_span == 4
    assert [part.page for part in grid.at(1, 0).parts] == [2, 3]


@pytest.mark.parametrize("title", ["绩效目标表", "绩效目标表（续）", "续表", "绩效目标表（续表2）"])
def test_a_title_repeated_on_the_next_page_does_not_part_the_table(title):
    first = Printer([66, 66]).print_rows([["名称", "值"], ["丙", "丁"]])
    second = Printer([66, 66]).print_rows([["戊", "己"], ["庚", "辛"]])
    titled = [
        replace(each, number=number, words=(*each.words, word(text, 60, 20)))
        for number, each, text in ((1, first[0], "绩效目标表"), (2, second[0], title))
    ]

    (grid,) = find_grids(titled)

    assert texts(grid)[2:] == [["戊", "己"], ["庚", "辛"]]


def test_a_repeated_head_without_a_rule_below_it_is_no_part_of_the_cut_row():
    first = Printer([66, 106]).print_rows([HEAD[:2], ["甲", "天地玄黄"]])
    second = Printer([66, 106]).print_rows([HEAD[:2], ["", "宇宙洪荒"], ["乙", "日月"]])
    rules = tuple(rule for rule in second[0].rules if rule.box.top != level_below_head(second[0]))

    (grid,) = find_grids([open_below(first[0]), replace(second[0], number=2, rules=rules)])

    assert texts(grid) == [HEAD[:2], ["甲", "天地玄黄宇宙洪荒"], ["乙", "日月"]]
    assert [box.page for box in grid.at(1, 1).passage.boxes()] == [1, 2]


def test_a_cell_that_merely_begins_like_the_head_above_it_stays_whole():
    first = Printer([66, 106]).print_rows([["名称", "金额"], ["甲", "1.00"]])
    second = Printer([66, 106]).print_rows([["名称" * 3, "2.00"], ["乙", "3.00"]])

    (grid,) = find_grids([*first, replace(second[0], number=2)])

    assert texts(grid) == [["名称", "金额"], ["甲", "1.00"], ["名称" * 3, "2.00"], ["乙", "3.00"]]


def test_whole_amounts_face_to_face_are_of_two_rows_though_no_rule_parts_them():
    first = Printer([66, 66, 106]).print_rows([["名称", "金额", "目标"], ["甲", "1.00", "天地玄黄"]])
    second = Printer([66, 66, 106]).print_rows([["乙", "2.00", "宇宙洪荒"], ["丙", "3.00", "日月"]])

    (grid,) = find_grids([open_below(first[0]), replace(second[0], number=2)])

    assert texts(grid)[1:] == [
        ["甲", "1.00", "天地玄黄"],
        ["乙", "2.00", "宇宙洪荒"],
        ["丙", "3.00", "日月"],
    ]


def level_below_head(sheet):
    levels = sorted({rule.box.top for rule in sheet.rules if rule.box.x1 - rule.box.x0 > 10})
    return levels[1]


def open_below(sheet):
    lowest = max(rule.box.bottom for rule in sheet.rules if rule.box.x1 - rule.box.x0 > 10)
    return replace(
        sheet,
        rules=tuple(
            rule for rule in sheet.rules if rule.box.bottom < lowest or rule.box.x1 - rule.box.x0 < 10
        ),
    )

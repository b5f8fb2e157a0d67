"""Tables on one page: lattice, merged cells, words in cells."""

import pytest

from services.parse.tables import find_grids
from shared.contracts.pages import Box, Rule
from tests.builders.pages import LEFT, TOP, Printer, level_rule, page, texts, upright_rule, word

# Two rows and two columns: x 100, 200, 300 and y 100, 120, 140.
FRAME = [level_rule(100, 300, y) for y in (100, 120, 140)] + [
    upright_rule(x, 100, 140) for x in (100, 200, 300)
]
FOUR = [word("甲", 105, 105), word("乙", 205, 105), word("丙", 105, 125), word("丁", 205, 125)]


def test_a_page_without_rules_has_no_ruled_table():
    assert find_grids([page([word("满意度", 100, 100)])]) == []


def test_each_word_is_in_the_cell_it_is_printed_in():
    (grid,) = find_grids([page(FOUR, FRAME)])

    assert texts(grid) == [["甲", "乙"], ["丙", "丁"]]


def test_the_order_in_which_words_are_drawn_does_not_matter():
    assert texts(find_grids([page(FOUR[::-1], FRAME[::-1])])[0]) == [["甲", "乙"], ["丙", "丁"]]


def test_a_cell_knows_its_outline():
    (grid,) = find_grids([page(FOUR, FRAME)])

    (part,) = grid.at(1, 0).parts
    assert (part.page, part.x0, part.top, part.x1, part.bottom) == (1, 100, 120, 200, 140)


def test_cells_without_a_rule_between_them_are_one_cell():
    rules = [level_rule(100, 300, y) for y in (100, 140)] + [level_rule(200, 300, 120)]
    rules += [upright_rule(x, 100, 140) for x in (100, 200, 300)]

    (grid,) = find_grids([page([word("绩", 105, 115), *FOUR[1::2]], rules)])

    assert grid.at(0, 0) is grid.at(1, 0)
    assert grid.at(0, 0).row_span == 2
    assert texts(grid) == [["绩", "乙"], ["绩", "丁"]]


def test_rules_in_many_short_pieces_are_one_rule():
    pieces = [Rule(Box(x, 99.8, x + 4, 100.2)) for x in range(100, 300, 6)]

    (grid,) = find_grids([page(FOUR, [*pieces, *FRAME[1:]])])

    assert (grid.row_count, grid.column_count) == (2, 2)


def test_double_rules_are_one_rule():
    doubled = [*FRAME, level_rule(100, 300, 122), upright_rule(202, 100, 140)]

    (grid,) = find_grids([page(FOUR, doubled)])

    assert (grid.row_count, grid.column_count) == (2, 2)


def test_cells_that_draw_their_own_border_form_one_table():
    boxes = [(x, y) for x in (100, 200) for y in (100, 120)]
    rules = []
    for x, y in boxes:
        rules += [level_rule(x + 0.5, x + 99.5, y + 0.5), level_rule(x + 0.5, x + 99.5, y + 19.5)]
        rules += [upright_rule(x + 0.5, y + 0.5, y + 19.5), upright_rule(x + 99.5, y + 0.5, y + 19.5)]

    (grid,) = find_grids([page(FOUR, rules)])

    assert texts(grid) == [["甲", "乙"], ["丙", "丁"]]


def test_a_table_without_outer_side_rules_is_as_wide_as_its_level_rules():
    rules = [rule for rule in FRAME if rule.is_horizontal or rule.box.centre == 200]

    (grid,) = find_grids([page(FOUR, rules)])

    assert texts(grid) == [["甲", "乙"], ["丙", "丁"]]


def test_an_underlined_word_is_no_table():
    assert find_grids([page([word("合计", 100, 100)], [level_rule(100, 120, 112)])]) == []


def test_two_tables_on_a_page_share_the_lines_between_them():
    below = [Rule(Box(r.box.x0, r.box.top + 100, r.box.x1, r.box.bottom + 100)) for r in FRAME]
    lines = [word("表一", 150, 60), word("注：甲", 100, 160), word("表二", 150, 180)]

    first, second = find_grids([page([*FOUR, *lines], [*FRAME, *below])])

    assert [str(line) for line in first.heading] == ["表一"]
    assert [str(line) for line in first.footing] == ["注：甲", "表二"]
    assert [str(line) for line in second.heading] == ["注：甲", "表二"]


@pytest.mark.parametrize("number", ["12", "-12-", "— 12 —", "第12页", "第 3 页共 9 页", "3/9"])
def test_page_numbers_are_no_footing(number):
    (grid,) = find_grids([page([*FOUR, word(number, 300, 580)], FRAME)])

    assert grid.footing == ()


def test_digits_on_another_baseline_are_read_where_they_stand():
    words = [word("≤", 105, 106), word("5137.26", 115, 102.5), word("平方米", 185, 106)]

    rules = [level_rule(100, 300, y) for y in (100, 140)] + [upright_rule(x, 100, 140) for x in (100, 300)]
    (grid,) = find_grids([page(words, [*rules, level_rule(100, 300, 120)])])

    assert grid.at(0, 0).text == "≤5137.26平方米"


def test_a_text_that_runs_over_its_cell_stays_whole():
    words = [word("一二三四五六七八九十甲乙", 104, 105), word("丁", 205, 125)]

    (grid,) = find_grids([page(words, FRAME)])

    assert texts(grid)[0] == ["一二三四五六七八九十甲乙", ""]


def test_a_recognised_word_that_crosses_a_rule_is_split():
    (grid,) = find_grids([page([word("一二三四", 183, 105, confidence=0.9)], FRAME)])

    assert texts(grid)[0] == ["一二", "三四"]
    assert grid.at(0, 1).lines[0].places[0].x0 == 203


def test_characters_that_touch_at_the_rule_itself_are_split():
    (grid,) = find_grids([page([word("一二三四", 180, 105)], FRAME)])

    assert texts(grid)[0] == ["一二", "三四"]


def test_wrapped_lines_are_read_top_to_bottom():
    pages = Printer(widths=[66, 66]).print_rows([["一二三四五六七八", "甲"], ["九", "十"]])

    (grid,) = find_grids(pages)

    assert texts(grid) == [["一二三四五六七八", "甲"], ["九", "十"]]
    assert [str(line) for line in grid.at(0, 0).lines] == ["一二三四五六", "七八"]
    assert grid.at(0, 0).parts[0].x0 == LEFT
    assert grid.at(0, 0).parts[0].top == TOP

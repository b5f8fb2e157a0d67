"""Two pages printed on one, side by side or below each other."""

from dataclasses import replace

from services.parse.tables import find_grids
from tests.builders.pages import Printer, put_on_one, texts, word

ROWS = [["名称", "目标"], ["桥梁", "安全畅通" * 12], ["路灯", "亮灯率高"]]


def printed():
    first, second = Printer([66, 66], lines_on_page=4, closes_frames=False).print_rows(ROWS)[:2]
    return first, second


def test_a_table_goes_on_from_the_left_sheet_to_the_right_one():
    first, second = printed()

    (grid,) = find_grids([put_on_one(first, second, right=400)])

    assert texts(grid)[:2] == texts(find_grids([first, replace(second, number=2)])[0])[:2]


def test_and_from_the_right_sheet_to_the_next_page():
    pages = Printer([66, 66], lines_on_page=4, closes_frames=False).print_rows(ROWS)
    first, second, third, *_ = pages

    (grid,) = find_grids([put_on_one(first, second, right=400), replace(third, number=2)])

    assert texts(grid) == texts(find_grids(pages[:3])[0])


def test_a_table_goes_on_from_the_upper_sheet_to_the_lower_one():
    first, second = printed()

    (grid,) = find_grids([put_on_one(first, second, down=300)])

    assert texts(grid) == texts(find_grids([first, second])[0])


def test_what_stands_above_one_of_two_sheets_is_its_own():
    left, right = (Printer([66, 66]).print_rows([["项目", name], ["目标", "好"]])[0] for name in "甲乙")
    titled = replace(left, words=(*left.words, word("左表", 50, 20)))
    also_titled = replace(right, words=(*right.words, word("右表", 50, 20)))

    grids = find_grids([put_on_one(titled, also_titled, right=400)])

    assert [[line.text for line in grid.heading] for grid in grids] == [["左表"], ["右表"]]


def test_tables_below_one_title_are_of_one_sheet():
    left, right = (Printer([66, 66]).print_rows([["项目", name], ["目标", "好"]])[0] for name in "甲乙")
    both = put_on_one(left, right, right=400)
    title = word("两张表共有的一个很长很长很长很长很长很长很长很长的标题", 60, 20, em=14)

    first, *_ = find_grids([replace(both, words=(*both.words, title))])

    assert [line.text for line in first.heading] == [title.text]

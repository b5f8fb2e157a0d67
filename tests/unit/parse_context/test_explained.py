"""Every title of a performance table is accounted for."""

from services.parse.explained import show_tables
from services.parse.forms.read import read_tables
from services.parse.witness import TitleSeen, Witness
from tests.builders.grids import grid
from tests.builders.pages import page, word

BLOCK = """
| 项目名称 | 巡护 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 次数 | ≥4次 |
"""
TITLE = "项目支出绩效目标表"


def shown(*titles, grids=()):
    return show_tables(read_tables(grids), [TitleSeen(page, text) for page, text in titles])


def block(number):
    return grid(BLOCK, heading=[TITLE], first_page=number)


def test_a_table_is_counted_with_its_projects_and_indicators():
    (table,) = shown(grids=[block(7)])

    assert (table.form, table.title, table.first_page) == ("levelled_block", TITLE, 7)
    assert (table.projects, table.indicators, table.is_sought) == (1, 1, True)


def test_a_title_without_a_table_is_not_understood():
    (table,) = shown((3, TITLE))

    assert (table.form, table.first_page, table.title) == (None, 3, TITLE)
    assert table.is_sought
    assert "没有找到" in table.reason


def test_a_page_of_contents_names_tables_that_come_later():
    tables = shown(
        (2, "十一、 项目支出 绩效目标表"), (2, "表14 2026年部门整体支出绩效目标表"), grids=[block(30)]
    )

    assert [(table.first_page, table.form) for table in tables] == [(2, None), (30, "levelled_block")]
    assert tables[0].title.endswith("部门整体支出绩效目标表")


def test_a_title_behind_the_table_that_has_it_has_lost_its_own():
    read, lost = shown((7, TITLE), (9, TITLE), (10, TITLE), grids=[block(7)])

    assert (read.first_page, lost.first_page) == (7, 9)
    assert "没有找到" in lost.reason


def test_a_chapters_title_just_before_a_table_is_no_other_table():
    tables = shown((29, "（三）部门预算绩效目标表"), grids=[block(30)])

    assert [table.first_page for table in tables] == [30]


def test_a_table_of_contents_is_not_sought_where_its_table_was_read():
    contents = grid("| 报表 | 是否空表 |\n| 表14 | 否 |", heading=[TITLE], first_page=2)

    listed, read = shown(grids=[contents, block(30)])

    assert (listed.is_sought, read.is_sought) == (False, True)
    assert shown(grids=[contents])[0].is_sought


def titles_on(*lines):
    words = [word(line, 60, 60 + 20 * number) for number, line in enumerate(lines)]
    witness = Witness()
    list(witness.watch([page(words)], {}))
    return [title.text for title in witness.titles]


def test_tables_numbered_line_by_line_are_a_list_of_contents():
    contents = ("十、项目支出表", "十一、项目支出绩效目标表", "十二、部门整体支出绩效目标表")

    assert titles_on("目 录", *contents) == []
    assert titles_on("预算公开表", contents[1], "单位：万元") == [contents[1]]

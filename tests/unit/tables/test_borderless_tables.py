"""Tables without rules: columns from gutters over all pages, rows from wider gaps."""

from dataclasses import replace

from services.parse.tables import find_grids
from shared.contracts.pages import Page
from tests.builders.pages import LEFT, TOP, Printer, page, put_on_one, texts, word

HEAD = ["项目名称", "总计", "财政拨款", "绩效目标", "绩效指标"]
WIDTHS = [66, 66, 66, 106, 146]
ROWS = [
    [
        "桥梁养护",
        "12.50",
        "12.50",
        "保持全区桥梁安全畅通，及时处置病害",
        "1、巡查次数：≥12次；2、病害处置率：≥95%",
    ],
    ["路灯照明", "8.00", "", "夜间道路照明良好", "亮灯率：≥98%"],
]


def unruled(pages: list[Page]) -> list[Page]:
    return [replace(each, rules=()) for each in pages]


def test_columns_and_rows_are_read_from_the_white_between_them():
    (grid,) = find_grids(unruled(Printer(WIDTHS).print_rows([HEAD, *ROWS])))

    assert texts(grid) == [HEAD, *ROWS]


def test_a_column_that_is_blank_but_for_its_head_is_a_column():
    rows = [[*row[:2], "", *row[3:]] for row in ROWS]

    (grid,) = find_grids(unruled(Printer(WIDTHS).print_rows([HEAD, *rows])))

    assert texts(grid) == [HEAD, *rows]


def test_heads_of_one_line_set_higher_than_those_in_the_middle_are_heads_too():
    (table,) = unruled(Printer(WIDTHS).print_rows([HEAD, *ROWS]))
    lifted = [
        replace(each, box=replace(each.box, top=each.box.top - 6, bottom=each.box.bottom - 6))
        if each.text in ("绩效目标", "绩效指标")
        else each
        for each in table.words
    ]

    (grid,) = find_grids([replace(table, words=tuple(lifted))])

    assert texts(grid) == [HEAD, *ROWS]


def test_a_row_cut_by_the_page_end_is_one_row():
    pages = Printer(WIDTHS, lines_on_page=3).print_rows([HEAD, *ROWS])

    (grid,) = find_grids(unruled(pages))

    assert len(pages) > 1
    assert texts(grid) == [HEAD, *ROWS]


def test_title_lines_stand_above_and_notes_below():
    (table,) = unruled(Printer(WIDTHS).print_rows([HEAD, *ROWS]))
    title, note = (
        word("支出项目绩效表", 150, 10),
        word("注：上述目标按预算编报时的情况填写，以批复为准", LEFT, 250),
    )

    (grid,) = find_grids([replace(table, words=(title, *table.words, note))])

    assert [str(line) for line in grid.heading] == ["支出项目绩效表"]
    assert [str(line) for line in grid.footing] == [note.text]
    assert texts(grid) == [HEAD, *ROWS]


def test_pages_behind_a_table_take_no_columns_from_it_and_add_no_rows():
    table = unruled(Printer(WIDTHS).print_rows([HEAD, *ROWS]))
    height, line = (
        table[0].height,
        "本部门的预算按照有关规定编制，各项收支都列在前面的表里，说明如下，以供查阅。",
    )
    chapter = page([word("第三部分 预算说明", 200, height / 2)], number=2)
    prose = [page([word(line, LEFT, TOP + 20 * row) for row in range(20)], number=n) for n in range(3, 12)]

    (grid,) = find_grids([*table, chapter, *prose])

    assert texts(grid) == [HEAD, *ROWS]


def test_running_text_about_performance_is_no_table():
    lines = ["一、绩效目标完成情况", "项目名称与指标值见附件。", "财政拨款收入比上年增长。"]

    words = [word(line, LEFT, TOP + 14 * index) for index, line in enumerate(lines)]
    assert find_grids([page(words)]) == []


def test_a_second_table_with_another_head_begins_on_its_own_page():
    other = ["项目名称", "资金总额", "年度绩效目标", "三级指标", "指标值"]
    first = Printer(WIDTHS).print_rows([HEAD, *ROWS])
    rows = [
        ["绿化", "3.00", "保持全区四季有花，草木常青，及时补种", "成活率", "≥95%"],
        ["喷泉", "1.00", "节假日开放，水质良好，设备运转正常", "开放天数", "≥90"],
    ]
    second = Printer([66, 66, 106, 66, 66]).print_rows([other, *rows])

    grids = find_grids(unruled([*first, replace(second[0], number=2)]))

    assert [texts(grid)[0] for grid in grids] == [HEAD, other]


def test_a_table_below_a_title_of_its_own_is_read_too():
    first = Printer(WIDTHS).print_rows([HEAD, *ROWS])[0]
    title = word("区园林局项目支出绩效目标表", 250, 20)
    second = replace(first, number=2, words=(*first.words, title))

    grids = find_grids(unruled([first, second]))

    assert sum(texts(grid).count(row) for grid in grids for row in ROWS) == 2 * len(ROWS)


def test_what_every_page_prints_in_its_margin_belongs_to_no_row():
    pages = Printer(WIDTHS, lines_on_page=3).print_rows([HEAD, *ROWS])
    marked = [replace(each, words=(*each.words, word("区园林局部门预算", LEFT, 1, em=6))) for each in pages]

    (grid,) = find_grids(unruled(marked))

    assert texts(grid) == [HEAD, *ROWS]


def test_marks_that_hang_over_their_column_close_no_gutter():
    goal = "保持全区桥梁畅通整洁及时处置各类病害做到应修尽修"
    (table,) = Printer([66, 66, 66, 100, 146]).print_rows([HEAD, ["桥梁养护", "12.50", "", goal, "≥12次"]])
    hanging = [
        word(f"{each.text}，", each.box.x0, each.box.top) if each.text in (goal[:9], goal[9:18]) else each
        for each in table.words
    ]

    (grid,) = find_grids(unruled([replace(table, words=tuple(hanging))]))

    assert texts(grid)[1][3:] == [f"{goal[:9]}，{goal[9:18]}，{goal[18:]}", "≥12次"]


def test_two_pages_printed_side_by_side_are_two():
    pages = unruled(Printer(WIDTHS, lines_on_page=6).print_rows([HEAD, *ROWS, *ROWS]))
    first, second = pages

    (grid,) = find_grids([put_on_one(first, second, right=first.width)])

    assert texts(grid) == texts(find_grids(pages)[0])


def framed(sheet: Page) -> Page:
    levels = sorted(rule.box.top for rule in sheet.rules if rule.box.x1 - rule.box.x0 > 10)
    kept = (levels[0], levels[1], levels[-1])
    upright = [rule for rule in sheet.rules if rule.box.x1 - rule.box.x0 < 10]
    level = [rule for rule in sheet.rules if rule not in upright and rule.box.top in kept]
    return replace(sheet, rules=(*upright, *level))


def test_rows_in_a_frame_that_rules_only_columns_and_head_are_told_by_white():
    pages = Printer(WIDTHS, lines_on_page=9).print_rows([HEAD, *ROWS * 3])

    (grid,) = find_grids([framed(each) for each in pages])

    assert len(pages) > 1
    assert texts(grid) == [HEAD, *ROWS * 3]


def test_a_ruled_row_of_many_lines_stays_one_row():
    row = ["桥梁养护", "12.50", "12.50", ROWS[0][3], "1、巡查次数：≥12次。2、处置率：≥95%。3、完好率：≥98%"]

    (grid,) = find_grids(Printer(WIDTHS).print_rows([HEAD, row]))

    assert texts(grid) == [HEAD, row]

"""Workbooks: the cells say themselves where they are."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from services.parse.document import read_document
from services.parse.readers.spreadsheet import read_workbook
from shared.contracts.errors import DamagedDocument, TableTooLarge
from shared.contracts.media import XLSX
from tests.builders.workbooks import MONEY, PERCENT, Number, hide, xlsx

BLOCK = """
| 项目支出绩效目标表 | < | < | < |
| （2026年度） | < | < | < |
| 项目名称 | 湿地巡护 | < | < |
| 项目资金（万元） | 年度资金总额 | 120.00 | < |
| 年度目标 | 完成巡护 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 巡护次数 | ≥48次 |
| ^ | 质量指标 | 记录完整率 | ≥95% |
"""


def read(content):
    return read_document(content, file_name="表.xlsx", media_type=XLSX)


def texts(grid, row):
    return [cell.text for cell in grid.row(row)]


def test_a_block_in_a_sheet_is_read_like_one_on_paper():
    document = read(xlsx({"Sheet1": BLOCK}))

    (table,) = document.tables
    (project,) = table.projects
    assert (table.form, table.title, document.fiscal_year) == ("levelled_block", "项目支出绩效目标表", 2026)
    assert (project.name, project.goal, project.amounts.total) == ("湿地巡护", "完成巡护", "120.00")
    assert [(each.level1, each.name) for each in project.indicators] == [
        ("产出指标", "巡护次数"),
        ("产出指标", "记录完整率"),
    ]


def test_every_field_lies_where_its_words_are_drawn():
    content = xlsx({"Sheet1": BLOCK})
    pages = read_workbook(content).pages

    (indicator, _) = read(content).tables[0].projects[0].indicators

    (box,) = indicator.boxes["name"]
    (word,) = [word for word in pages[0].words if word.text == "巡护次数"]
    assert (box.page, box.x0, box.top, box.x1) == (1, word.box.x0, word.box.top, word.box.x1)


def test_each_sheet_has_pages_of_its_own_and_its_name_above_it():
    drawing = read_workbook(xlsx({"甲": "| 一 | 二 |", "乙": "| 三 | 四 |"}))

    assert [grid.first_page for grid in drawing.grids] == [1, 2]
    assert [line.text for line in drawing.grids[1].heading] == ["乙"]
    assert texts(drawing.grids[1], 0) == ["三", "四"]


def test_hidden_sheets_are_not_what_a_reader_sees():
    drawing = read_workbook(xlsx({"甲": "| 一 |", "码表": "| 二 |"}, hidden=["码表"]))

    assert [texts(grid, 0) for grid in drawing.grids] == [["一"]]


def test_merged_cells_cover_their_positions_and_blank_ones_stay_cells():
    (grid,) = read_workbook(xlsx({"甲": "| 一 | < | 二 |\n| ^ | < |  |\n| 三 |  |  |"})).grids

    assert (grid.row_count, grid.column_count) == (3, 3)
    assert grid.at(1, 1).text == "一"
    assert (grid.at(1, 2).text, grid.at(1, 2).parts != ()) == ("", True)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Number(0.95, PERCENT), "95.0%"),
        (Number(1391.466, MONEY), "1,391.47"),
        (Number(48), "48"),
        (Number(0.1 + 0.2), "0.3"),
        (Number(12345678901234), "12345678901234"),
        (Number(1e20), "100000000000000000000"),
    ],
)
def test_numbers_are_printed_as_their_cells_show_them(number, shown):
    (grid,) = read_workbook(xlsx({"甲": [["值", number]]})).grids

    assert grid.at(0, 1).text == shown


def test_what_stands_far_from_the_corner_begins_the_table():
    rows = [["", "", ""], ["", "", ""], ["", "", "一"], ["", "", "二"]]

    (grid,) = read_workbook(xlsx({"甲": rows})).grids

    assert (grid.row_count, grid.column_count, texts(grid, 0)) == (2, 1, ["一"])


def test_a_long_sheet_goes_on_over_pages_and_is_one_table():
    drawing = read_workbook(xlsx({"甲": [["目", f"第{number}行"] for number in range(300)]}))

    (grid,) = drawing.grids
    assert (grid.first_page, grid.last_page) == (1, len(drawing.pages))
    assert len(drawing.pages) > 1
    assert texts(grid, 299) == ["目", "第299行"]


def test_a_cell_merged_over_a_page_end_has_a_part_on_each_page():
    rows = [["总", "第0行"], *([["^", f"第{number}行"] for number in range(1, 150)])]

    (grid,) = read_workbook(xlsx({"甲": rows})).grids

    assert [part.page for part in grid.at(149, 0).parts] == [1, 2]


def test_an_empty_workbook_has_no_table():
    document = read(xlsx({"甲": "|  |"}))

    assert [finding.code for finding in document.findings] == ["no_table"]


def test_a_zip_that_is_no_workbook_is_damaged():
    with pytest.raises(DamagedDocument):
        read_workbook(b"PK\x03\x04 nothing")


def test_a_table_beyond_the_limit_is_refused_before_it_is_drawn():
    from services.parse.readers.flow import FlowCell, fill_table

    with pytest.raises(TableTooLarge):
        fill_table([FlowCell(0, 0, 1000, 1000, ("x",))])


def test_fractions_of_a_workbook_whose_formats_are_not_known_are_doubted():
    formatted = xlsx({"甲": [["绩效指标名称", "指标值"], ["完成率", Number(0.95, PERCENT)]]})
    stripped = BytesIO()
    with ZipFile(BytesIO(formatted)) as package, ZipFile(stripped, "w") as target:
        for name in package.namelist():
            if name != "xl/styles.xml":
                target.writestr(name, package.read(name))

    assert "number_format_unknown" not in [finding.code for finding in read(formatted).findings]
    (finding,) = [each for each in read(stripped.getvalue()).findings if each.severity == "doubt"]
    assert finding.code == "number_format_unknown"
    assert "甲" in finding.message


def test_a_value_of_a_sheet_may_stand_apart_from_its_label_but_no_amount():
    document = read(
        xlsx(
            {
                "甲": """
                | 部门整体绩效目标表 | | | |
                | 部门名称 | | 湖畔市植物园 | |
                | 年度资金总额（万元） | | 120 | |
                | 一级指标 | 二级指标 | 三级指标 | 指标值 |
                | 产出指标 | 数量指标 | 引种 | ≥60种 |
                """
            }
        )
    )

    (project,) = document.tables[0].projects
    assert (project.name, project.amounts.total) == ("湖畔市植物园", None)


def test_hidden_rows_are_not_read_and_the_document_says_so():
    document = read(hide(xlsx({"Sheet1": BLOCK}), rows=[7]))

    (table,) = document.tables
    assert [(each.level1, each.name) for each in table.projects[0].indicators] == [("产出指标", "记录完整率")]
    (finding,) = [finding for finding in document.findings if finding.code == "hidden_cells"]
    assert finding.found == "3"


def test_a_hidden_column_beside_the_values_is_not_taken_for_one_of_them():
    wider = BLOCK.replace(" |\n", " | 旧 |\n").replace("指标值 | 旧", "指标值 | 指标值")
    content = hide(xlsx({"Sheet1": wider}), columns=[5])

    document = read(content)

    assert [each.name for each in document.tables[0].projects[0].indicators] == ["巡护次数", "记录完整率"]
    targets = [each.annual_target.text for each in document.tables[0].projects[0].indicators]
    assert targets == ["≥48次", "≥95%"]
    assert "hidden_cells" in {finding.code for finding in document.findings}


def test_a_merged_cell_that_begins_in_a_hidden_row_is_still_seen():
    grid = read_workbook(hide(xlsx({"甲": "| 产出 | 一 |\n| ^ | 二 |\n| 效益 | 三 |"}), rows=[1])).grids[0]

    assert [texts(grid, row) for row in range(grid.row_count)] == [["产出", "二"], ["效益", "三"]]


def test_hidden_rows_that_hold_nothing_are_no_finding():
    document = read(hide(xlsx({"Sheet1": BLOCK}), rows=[20], columns=[9]))

    assert "hidden_cells" not in {finding.code for finding in document.findings}

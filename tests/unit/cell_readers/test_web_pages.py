"""Web pages: tables, and the text above them."""

import pytest

from services.parse.document import read_document
from services.parse.readers.flow import FlowTable
from services.parse.readers.web import flow_of, read_web_page
from shared.contracts.errors import UnknownEncoding
from shared.contracts.media import HTML
from tests.builders.workbooks import html

BLOCK = """
| 项目名称 | 湿地巡护 | < | < |
| 年度目标 | 完成巡护 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 巡护次数 | ≥48次 |
| ^ | 质量指标 | 记录完整率 | ≥95% |
"""


def read(markup, encoding="utf-8"):
    return read_document(markup.encode(encoding), file_name="a.html", media_type=HTML)


def flow(markup):
    return list(flow_of(markup.encode()))


def table_of(markup):
    (grid,) = read_web_page(markup.encode()).grids
    return [[cell.text for cell in grid.row(row)] for row in range(grid.row_count)]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_block_in_a_page_is_read_with_the_title_above_it(encoding):
    page = html(BLOCK, before="<p>首页 &gt; 公开</p><h1>项目支出绩效目标表</h1><p>（2026年度）</p>")

    document = read(page, encoding)

    (table,) = document.tables
    assert (table.form, table.title, document.fiscal_year) == ("levelled_block", "项目支出绩效目标表", 2026)
    assert [(each.level1, each.name) for each in table.projects[0].indicators] == [
        ("产出指标", "巡护次数"),
        ("产出指标", "记录完整率"),
    ]


def test_a_table_around_tables_is_layout():
    inner = "<table><tr><td>一</td><td>二</td></tr></table>"
    page = f"<body><table><tr><td>导航</td><td><p>题</p>{inner}</td></tr></table></body>"

    parts = flow(page)

    assert [part for part in parts if isinstance(part, str)] == ["导航", "题"]
    assert [type(part) for part in parts][-1] is FlowTable


def test_what_a_browser_does_not_show_is_not_read():
    page = html("| 一 |", before='<script>var a="x"</script><p style="display: none">藏</p><p hidden>隐</p>')

    assert [part for part in flow(page) if isinstance(part, str)] == []


def test_lines_of_a_cell_are_kept_and_blanks_of_the_markup_are_not():
    (grid,) = read_web_page(
        "<table><tr><td><p>保护\n 湿地，</p><p>方便<span>群众</span><br>。</p></td></tr></table>".encode()
    ).grids

    assert [line.text for line in grid.at(0, 0).lines] == ["保护 湿地，", "方便群众", "。"]


def test_spans_that_lie_do_no_harm():
    page = (
        '<table><tr><td rowspan="99999">一</td><td colspan="x">二</td></tr>'
        '<tr><td rowspan="0">三</td><td colspan="0">四</td></tr></table>'
    )

    assert table_of(page) == [["一", "二"], ["一", "三", "四"]] or table_of(page)[1][0] == "一"


def test_rows_of_unequal_length_are_filled():
    page = "<table><tr><td>一</td></tr><tr><td>二</td><td>三</td></tr></table>"

    assert table_of(page) == [["一", ""], ["二", "三"]]


def test_several_tables_each_have_the_lines_before_them():
    page = "<p>甲</p><table><tr><td>一</td></tr></table><p>乙</p><table><tr><td>二</td></tr></table>"

    grids = read_web_page(page.encode()).grids

    assert [[line.text for line in grid.heading] for grid in grids] == [["甲"], ["乙"]]


def test_broken_markup_is_read_as_far_as_it_goes():
    assert table_of("<table><tr><td>一<td>二<tr><td>三") == [["一", "二"], ["三", ""]]


def test_a_page_without_tables_says_so():
    assert [finding.code for finding in read("<html><p>您访问的页面不存在</p></html>").findings] == [
        "no_table"
    ]


@pytest.mark.parametrize(("declared", "encoding"), [("gb2312", "gb18030"), ("utf-8", "utf-8")])
def test_a_wrong_byte_does_not_hide_the_page(declared, encoding):
    page = f'<meta charset="{declared}"><p>题</p><table><tr><td>巡护</td></tr></table><p>'.encode(encoding)

    grids = read_web_page(page + b"\xff\xff\x80</p>").grids

    assert [cell.text for cell in grids[0].row(0)] == ["巡护"]


def test_an_encoding_nobody_knows_is_told():
    with pytest.raises(UnknownEncoding):
        read_web_page(b'<meta charset="nonsense-9"><p>\xff\xff\x80</p>')


REST = """
| | 时效指标 | 办结时限 | 30日内 |
| 满意度指标 | 服务对象满意度 | 游客满意度 | ≥90% |
"""


def second(between=""):
    return between + html(REST).removeprefix("<html><head><title>页</title></head><body>")


def test_a_table_that_a_page_parts_without_a_word_between_is_one():
    document = read(html(BLOCK, before="<h1>项目支出绩效目标表</h1>", after=second("<p>&nbsp;</p>")))

    (table,) = document.tables
    assert [each.name for each in table.projects[0].indicators] == [
        *("巡护次数", "记录完整率", "办结时限", "游客满意度")
    ]
    assert table.projects[0].indicators[2].level1 is None
    assert table.projects[0].indicators[2].level1_inferred == "产出"


def test_a_table_below_words_of_its_own_is_another():
    document = read(html(BLOCK, before="<h1>项目支出绩效目标表</h1>", after=second("<p>附：联络表</p>")))

    assert [len(table.projects[0].indicators) for table in document.tables] == [2]


def test_a_caption_stands_above_its_table():
    caption = "<caption>项目支出绩效目标表<br>（2026年度）</caption>"

    document = read(html(BLOCK).replace("border=1>", f"border=1>{caption}"))

    assert document.tables[0].title == "项目支出绩效目标表"
    assert document.fiscal_year == 2026


def test_a_table_under_a_title_that_was_not_understood_is_not_called_prose():
    rows = "| 年度绩效目标 | 巡护48次 | < |\n| 产出指标 | 巡护次数 | ≥48次 |\n| 产出指标 | 站点 | 12个 |"

    (finding,) = read(html(rows, before="<h1>项目绩效目标表</h1>")).findings

    assert (finding.code, finding.severity, finding.found) == ("no_table", "doubt", "项目绩效目标表")

"""A page whose table is said to be empty is an empty form, not one that was not understood."""

import pytest

from services.parse.document import explain_document, read_document
from services.parse.empty_remarks import says_empty
from tests.builders.workbooks import html

BLOCK = """
| 项目名称 | 巡护 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 次数 | ≥4次 |
"""
TITLE = "<p>专项资金绩效目标表</p><p>（2026年度）</p>"


@pytest.mark.parametrize(
    "remark",
    [
        "空表",
        "本表为空表",
        "（此表无数据）",
        "本部门无此项支出",
        "注：我单位无重点项目，已公开空表。",
        "说明：本单位2026年度没有政府性基金预算支出，故本表为空。",
        "备注：本部门不涉及专项资金，故此表无数据",
        "2026年本部门无专项资金预算",
        "无此项内容",
    ],
)
def test_a_remark_that_there_is_nothing_is_understood(remark):
    assert says_empty(remark)


@pytest.mark.parametrize(
    "line",
    [
        "本部门整体支出绩效目标表",
        "本单位无法确定绩效目标",
        "保障本部门运转，没有发生事故",
        "完成无障碍改造",
        "",
    ],
)
def test_other_lines_are_no_such_remarks(line):
    assert not says_empty(line)


def read(table="| 空表 |"):
    page = html(table, before=TITLE).encode()
    shown = explain_document(page, file_name="表.html", media_type="text/html")
    return read_document(page, file_name="表.html", media_type="text/html"), shown


def test_a_title_with_nothing_but_the_remark_is_an_empty_form():
    document, shown = read()

    assert [(finding.code, finding.found) for finding in document.findings] == [
        ("empty_form", "专项资金绩效目标表")
    ]
    assert [(table.is_sought, table.is_empty) for table in shown.tables] == [(True, True)]


def test_a_page_that_also_holds_something_else_is_still_not_understood():
    document, shown = read("| 空表 |\n| 防洪工程三百万元 |")

    assert [finding.code for finding in document.findings] == ["no_table"]
    assert not shown.tables[0].is_empty


def test_a_document_with_tables_reports_the_empty_one_beside_them():
    filled = html(BLOCK, before="<p>项目绩效目标表</p>").removesuffix("</body></html>")
    pages = (
        filled
        + "".join(f"<p>第{n}段说明文字</p>" for n in range(120))
        + TITLE
        + "<p>本部门无此项支出</p></body></html>"
    )

    document = read_document(pages.encode(), file_name="表.html", media_type="text/html")

    assert len(document.tables) == 1
    assert [finding.code for finding in document.findings] == ["empty_form"]

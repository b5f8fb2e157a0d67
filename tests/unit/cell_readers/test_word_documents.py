"""Word documents."""

import zipfile
from io import BytesIO

import pytest

from services.parse.document import read_document
from services.parse.readers.word import read_word_document
from shared.contracts.errors import DamagedDocument
from shared.contracts.media import DOCX
from tests.builders.workbooks import docx

BLOCK = """
| 项目名称 | 湿地巡护 | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 |
| 产出指标 | 数量指标 | 巡护次数 | ≥48次 |
| ^ | 质量指标 | 记录完整率 | ≥95% |
"""
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


@pytest.mark.parametrize("namespace", [{}, {"namespace": STRICT}], ids=["usual", "strict"])
def test_a_block_is_read_with_its_title_and_merged_levels(namespace):
    content = docx(BLOCK, before=["附件1", "项目支出绩效目标表"], **namespace)

    document = read_document(content, file_name="a.docx", media_type=DOCX)

    (table,) = document.tables
    assert (table.form, table.title) == ("levelled_block", "项目支出绩效目标表")
    assert [(each.level1, each.name) for each in table.projects[0].indicators] == [
        ("产出指标", "巡护次数"),
        ("产出指标", "记录完整率"),
    ]


def test_merged_cells_are_one_cell():
    (grid,) = read_word_document(docx("| 一 | 二 | < |\n| ^ | 三 | 四 |")).grids

    assert grid.at(1, 0) is grid.at(0, 0)
    assert grid.at(0, 2) is grid.at(0, 1)
    assert [cell.text for cell in grid.row(1)] == ["一", "三", "四"]


def test_a_package_without_a_document_is_damaged():
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/other.xml", "<a/>")

    with pytest.raises(DamagedDocument):
        read_word_document(target.getvalue())


def test_a_document_of_entities_is_not_unfolded():
    bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><d><p><r><t>&b;</t></r></p></d>'
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("word/document.xml", bomb)

    drawing = read_word_document(target.getvalue())

    assert all("aaa" not in word.text for page in drawing.pages for word in page.words)

"""OFD files are read as PDF files are: words and rules with their places."""

import pytest

from services.parse.document import read_document
from services.parse.readers.ofd import read_ofd
from shared.contracts.errors import DamagedDocument
from shared.contracts.media import OFD
from tests.builders.ofd_files import ofd, table, text

ROWS = [
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "巡查次数", "≥12次"],
    ["效益指标", "社会效益指标", "知晓率", "≥90%"],
]
WIDTHS = [40, 40, 60, 40]


def words_of(content):
    return [word for page in read_ofd(content).pages for word in page.words]


def test_a_table_gives_its_records_with_their_places():
    content = ofd(text("项目支出绩效目标表", 70, 15) + table(ROWS, WIDTHS))

    document = read_document(content, file_name="表.ofd", media_type=OFD)

    (project,) = document.tables[0].projects
    assert [(each.level1, each.name, each.annual_target.text) for each in project.indicators] == [
        ("产出指标", "巡查次数", "≥12次"),
        ("效益指标", "知晓率", "≥90%"),
    ]
    (box,) = project.indicators[0].boxes["name"]
    assert (box.page, round(box.x0), round(box.top)) == (1, 258, 113)
    assert document.reader_versions.keys() == {"lxml"}


def test_a_page_begins_with_what_its_template_draws():
    assert [word.text for word in words_of(ofd(text("内容", 20, 50), template=text("眉题", 20, 10)))] == [
        "眉题",
        "内容",
    ]


def test_characters_stand_where_their_distances_say():
    (word,) = words_of(ofd(text("绩效目标", 20, 50, delta="4 g 2 4.2")))

    steps = [(right - left) * 25.4 / 72 for left, right in zip(word.edges, word.edges[1:], strict=False)]
    assert [round(step, 1) for step in steps] == [4.0, 4.2, 4.2, 4.0]


def test_what_is_hidden_is_not_read():
    assert words_of(ofd(text("隐藏", 20, 50, more='Visible="false"'))) == []


def test_a_matrix_moves_and_enlarges_text():
    (word,) = words_of(ofd(text("大", 20, 50, more='CTM="2 0 0 2 10 0"')))

    assert round(word.box.x0 * 25.4 / 72) == 30
    assert round(word.box.height * 25.4 / 72) == 8


@pytest.mark.parametrize("content", [b"PK\x05\x06" + b"\0" * 18, b"no zip"])
def test_a_package_without_a_document_is_damaged(content):
    with pytest.raises(DamagedDocument):
        read_ofd(content)

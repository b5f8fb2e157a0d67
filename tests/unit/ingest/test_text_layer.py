"""Which text layers are believed."""

from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from services.ingest.survey import survey_content
from services.ingest.text_layer import is_garbled
from tests.builders.pdf_files import pdf, show

BUDGET = "项目支出绩效目标表：保障口岸查验单位满意度不低于百分之九十五，单位万元，共计三百二十万元整。" * 2


def scanned_page(text, *, hidden=False, at=(20, 200)):
    target = BytesIO()
    canvas = Canvas(target, pagesize=(300, 300), invariant=1)
    canvas.drawImage(ImageReader(Image.new("L", (60, 60), 200)), 0, 0, 300, 300)
    line = canvas.beginText(*at)
    line.setTextRenderMode(3 if hidden else 0)
    line.textLine(text)
    canvas.drawText(line)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def text_under_a_scan(text):
    target = BytesIO()
    canvas = Canvas(target, pagesize=(300, 300), invariant=1)
    canvas.drawString(20, 200, text)
    canvas.drawImage(ImageReader(Image.new("L", (60, 60), 200)), 0, 0, 300, 300)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def reasons(content):
    return survey_content(content, file_name="a.pdf", page_limit=9).scanned_pages


def test_a_hidden_layer_over_a_picture_is_another_engines_reading():
    assert reasons(scanned_page("what some engine has read", hidden=True)) == {1: "hidden_text_layer"}


def test_a_layer_below_the_scan_is_another_engines_reading():
    assert reasons(text_under_a_scan("what some engine has read")) == {1: "hidden_text_layer"}


def test_a_page_that_says_more_than_is_seen_is_read_from_its_picture():
    content = pdf(show("what is printed", 50, 700) + show("what is not printed", 50, 600, more="3 Tr"))

    assert reasons(content) == {1: "hidden_text_layer"}


def test_a_few_unseen_characters_leave_a_printed_page_its_text():
    content = pdf(show("what is printed " * 4, 50, 700) + show("x 1", 50, 600, more="3 Tr"))

    assert reasons(content) == {}


def test_seen_text_over_a_picture_is_believed():
    assert reasons(scanned_page("printed upon a background")) == {}


def test_text_beside_the_page_is_none():
    assert reasons(scanned_page("nobody sees this line", at=(20, 900))) == {1: "no_text_layer"}


def test_what_an_office_prints_is_not_garbled():
    assert not is_garbled(BUDGET)
    assert not is_garbled("IT运维服务≥95%，故障响应≤2小时；①完成②验收")


@pytest.mark.parametrize(
    "text",
    [
        "\ue012\ue013\ue014\ue015\ue016\ue017\ue018",
        "ƃƄƅƆƇƈƉƊ",
        "Ã¤Â¸ÂÃ¦ÂÂÃ¨",
        "".join(chr(0x9000 + 7 * step) for step in range(60)),
    ],
    ids=["private use", "no alphabet", "bytes read wrongly", "rare characters only"],
)
def test_what_nobody_prints_is_garbled(text):
    assert is_garbled(text)

"""Which text layers are believed."""

from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from services.ingest.survey import survey_content
from services.ingest.text_layer import is_garbled

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


def reasons(content):
    return survey_content(content, file_name="a.pdf", page_limit=9).scanned_pages


def test_a_hidden_layer_over_a_picture_is_another_engines_reading():
    assert reasons(scanned_page("what some engine has read", hidden=True)) == {1: "hidden_text_layer"}


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

"""Text laid under a scan is found where it is printed."""

import base64
from io import BytesIO

import pdfplumber
import pytest
from PIL import Image

from services.search.documents.image_drawing import draw_image_page
from services.search.documents.text_under import lay_text_under
from shared.contracts.pages import Box, Page, Word
from tests.builders.files import pdf


def word(text, x0, top, x1, bottom):
    return Word(text, Box(x0, top, x1, bottom), (x0, x1), 0.9)


def chars(content, pages):
    with pdfplumber.open(BytesIO(base64.b64decode(lay_text_under(content, pages)))) as document:
        return document.pages[0].chars


def test_text_is_found_at_its_place_and_not_seen():
    page = Page(1, 300, 300, "ocr", "no_text_layer", words=(word("满意度≥95%", 100, 50, 170, 62),))

    found = chars(pdf("", picture=True), {1: page})

    assert "".join(each["text"] for each in found) == "满意度≥95%"
    first = found[0]
    assert (first["x0"], first["x1"]) == pytest.approx((100, 110), abs=0.5)
    assert (first["top"], first["bottom"]) == pytest.approx((50, 62), abs=1)


def test_text_of_a_page_that_was_turned_to_be_read_lies_along_the_print():
    turned = Page(
        1, 300, 300, "ocr", "no_text_layer",
        words=(word("合计", 100, 50, 120, 60),), rotation=90, to_shown=(0, -1, 1, 0, 0, 300),
    )  # fmt: skip

    found = chars(pdf("", picture=True), {1: turned})

    assert (found[0]["x0"], found[0]["bottom"]) == pytest.approx((50, 200), abs=1.5)
    assert found[1]["bottom"] == pytest.approx(190, abs=1.5)


def test_pictures_become_a_pdf_of_a_page_each():
    written = BytesIO()
    frames = [Image.new("L", (400, 560), 255), Image.new("1", (400, 560), 1)]
    frames[0].save(written, "TIFF", save_all=True, append_images=frames[1:])
    pages = {
        n: Page(n, 595, 833, "ocr", "no_text_layer", words=(word("目标", 50, 50, 70, 60),)) for n in (1, 2)
    }

    with pdfplumber.open(BytesIO(base64.b64decode(lay_text_under(written.getvalue(), pages)))) as document:
        assert [page.extract_text() for page in document.pages] == ["目标", "目标"]
    assert draw_image_page(written.getvalue(), 2, 1.0)
    assert draw_image_page(written.getvalue(), 3, 1.0) is None

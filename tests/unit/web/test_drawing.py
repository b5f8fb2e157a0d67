import base64
import io
from xml.etree import ElementTree

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from services.search.documents.page_drawing import MOST_PIXELS, draw_pdf_page
from services.search.documents.text_drawing import draw_text_page
from shared.contracts.errors import DamagedDocument, EncryptedDocument
from tests.builders.web import text_page


def pdf(
    *,
    width: float = 300,
    height: float = 200,
    rotation: int = 0,
    password: str = "",
    colour: tuple[float, float, float] = (0, 0, 0),
) -> bytes:
    written = io.BytesIO()
    encryption = StandardEncryption(password) if password else None
    canvas = Canvas(written, pagesize=(width, height), encrypt=encryption)
    canvas.setFillColorRGB(*colour)
    canvas.rect(0, height - 20, 40, 20, fill=1)
    canvas.save()
    return turned(written.getvalue(), rotation) if rotation else written.getvalue()


def turned(content: bytes, rotation: int) -> bytes:
    document, written = pypdfium2.PdfDocument(content), io.BytesIO()
    document[0].set_rotation(rotation)
    document.save(written)
    return written.getvalue()


def drawn(content: bytes, page: int = 1) -> Image.Image:
    encoded = draw_pdf_page(content, page, 2.0)
    assert encoded is not None
    return Image.open(io.BytesIO(base64.b64decode(encoded)))


def test_a_page_is_drawn_at_the_scale_asked_for() -> None:
    picture = drawn(pdf())

    assert picture.size == (600, 400)
    assert picture.getpixel((20, 10)) == 0
    assert picture.getpixel((500, 300)) == 255


def test_a_seal_keeps_its_colour() -> None:
    picture = drawn(pdf(colour=(1, 0, 0)))

    assert picture.getpixel((20, 10)) == (255, 0, 0)


def test_a_turned_page_is_drawn_as_it_is_shown() -> None:
    picture = drawn(pdf(rotation=90))

    assert picture.size == (400, 600)
    assert picture.getpixel((390, 20)) == 0


def test_a_page_of_poster_size_is_drawn_coarser() -> None:
    picture = drawn(pdf(width=14_000, height=14_000))

    assert picture.width * picture.height <= MOST_PIXELS * 1.01


def test_a_page_that_is_not_there_is_none() -> None:
    assert draw_pdf_page(pdf(), 2, 2.0) is None


def test_damaged_bytes_are_a_rejection() -> None:
    with pytest.raises(DamagedDocument):
        draw_pdf_page(b"%PDF-1.7 and nothing more", 1, 2.0)


def test_a_document_with_a_password_is_a_rejection() -> None:
    with pytest.raises(EncryptedDocument):
        draw_pdf_page(pdf(password="secret"), 1, 2.0)


@given(st.lists(st.text(min_size=1, max_size=12), max_size=4))
def test_any_text_is_drawn_as_well_formed_svg(texts: list[str]) -> None:
    root = ElementTree.fromstring(draw_text_page(text_page(*texts)))  # noqa: S314 (our own drawing)

    words = [text for text in texts if text.strip()]
    assert len(root.findall("{http://www.w3.org/2000/svg}text")) == len(words)


def test_a_word_is_drawn_as_wide_as_its_box() -> None:
    root = ElementTree.fromstring(draw_text_page(text_page("满意度")))  # noqa: S314 (our own drawing)

    word = root.find("{http://www.w3.org/2000/svg}text")
    assert word is not None
    assert (word.text, word.get("x"), word.get("textLength")) == ("满意度", "50", "30")

"""What parse says about where a word is printed, seen on the picture that search draws of the page."""

import base64
import io

import pypdfium2
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from services.parse.readers.pdf import read_pages
from services.search.documents.page_drawing import draw_pdf_page
from shared.contracts.pages import Box

WIDTH, HEIGHT = 400, 300
PIXELS_PER_POINT = 2.0


def sheet(*, rotation: int, crop: tuple[float, float, float, float] | None) -> bytes:
    """A page with one word beside its middle, turned and cropped as told."""
    written = io.BytesIO()
    canvas = Canvas(written, pagesize=(WIDTH, HEIGHT))
    canvas.setFont("Helvetica-Bold", 20)
    canvas.translate(310, 205)
    canvas.rotate(rotation)  # the page is turned back as it is shown: the word stands upright then
    canvas.drawCentredString(0, 0, "HHHHHH")
    canvas.save()
    document = pypdfium2.PdfDocument(written.getvalue())
    if crop:
        document[0].set_cropbox(*crop)
    document[0].set_rotation(rotation)
    changed = io.BytesIO()
    document.save(changed)
    return changed.getvalue()


def ink(picture: Image.Image, box: Box, *, around: float = 0) -> float:
    """How much of a box is dark."""
    corners = (box.x0 - around, box.top - around, box.x1 + around, box.bottom + around)
    part = picture.crop([round(value * PIXELS_PER_POINT) for value in corners]).convert("L")
    return sum(part.histogram()[:128]) / (part.width * part.height)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (200, 150, 390, 280)], ids=["whole", "cropped"])
def test_a_word_is_marked_where_its_ink_is(
    rotation: int, crop: tuple[float, float, float, float] | None
) -> None:
    content = sheet(rotation=rotation, crop=crop)
    (page,) = read_pages(content)
    drawn = draw_pdf_page(content, 1, PIXELS_PER_POINT)
    assert drawn is not None
    picture = Image.open(io.BytesIO(base64.b64decode(drawn)))

    (word,) = page.words

    assert (round(page.width), round(page.height)) == (picture.width / 2, picture.height / 2)
    assert ink(picture, word.box) > 0.25
    everywhere = Box(0, 0, page.width, page.height)
    inside = ink(picture, word.box, around=1) * (word.box.width + 2) * (word.box.height + 2)
    assert inside == pytest.approx(ink(picture, everywhere) * page.width * page.height, rel=0.02)

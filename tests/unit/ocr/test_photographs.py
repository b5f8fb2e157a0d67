"""Paper that was photographed askew, at an angle, in bad light."""

import io

import cv2
import numpy as np
import pdfplumber
import pypdfium2
import pytest
from PIL import Image

from samples.photographs import Camera, corners_on_photograph, photographed
from samples.pictures import Scanner, drawn, scanned
from services.ocr.images import picture_of_image
from services.ocr.page_reading import read_page
from services.ocr.photograph import find_paper
from services.ocr.picture import picture_of_page
from shared.contracts.pages import apply
from tests.builders.scans import folded, printed_lines, rapid, small_sample, text_of

CAMERAS = {
    "askew": Camera(),
    "far askew": Camera(turned_degrees=-8, tilt=0.1, shadow=0.45, seed=2),
}
NEAR_POINTS = 4


@pytest.mark.parametrize("camera", CAMERAS.values(), ids=CAMERAS)
def test_a_photograph_is_read_and_its_words_lie_where_they_are_seen(camera):
    pdf, answer = small_sample()
    page = read_page(
        picture_of_image(photographed(pdf, camera), 1), rapid(), number=1, reason="no_text_layer"
    )

    missing = [line for line in printed_lines(pdf) if line not in text_of(page)]
    assert len(missing) <= 1, missing
    name = answer["indicators"][0]["name"]
    word = next(word for word in page.words if folded(word.text) == name)
    seen = apply(page.to_shown, (word.box.x0 + word.box.x1) / 2, word.box.middle)
    assert seen == pytest.approx(place_on_photograph(pdf, name, camera, page.shown_size), abs=NEAR_POINTS)


def place_on_photograph(pdf, text, camera, shown_size):
    """Where the middle of a printed text lies on the photograph, in points of the page as shown."""
    paper = drawn(pdf, camera.dpi)[0]
    corners, (columns, _) = corners_on_photograph(paper, camera)
    width, height = paper.size
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    onto = cv2.getPerspectiveTransform(flat, np.array(corners, np.float32))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        words = document.pages[0].extract_words()
    word = next(word for word in words if folded(word["text"]) == text)
    middle = (
        np.array([[[(word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2]]]) * camera.dpi / 72
    )
    return tuple(cv2.perspectiveTransform(middle, onto)[0, 0] * shown_size[0] / columns)


def test_a_scan_is_no_photograph():
    scan = scanned(small_sample()[0], Scanner(dpi=150, skew_degrees=1.5, noise=5))

    assert find_paper(picture_of_page(pypdfium2.PdfDocument(scan)[0]).grey) is None


def test_a_picture_with_nothing_on_it_is_no_photograph_of_paper():
    assert find_paper(np.asarray(Image.new("L", (400, 300), 255))) is None

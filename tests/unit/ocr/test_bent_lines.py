"""Paper that is bent: lines are followed along their core, and read as if they were level."""

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from samples.ink import load_font
from services.ocr.bent_lines import find_bent_lines
from services.ocr.engines.installed import installed_engines
from services.ocr.page_reading import read_page
from services.ocr.picture import Picture
from shared.contracts.pages import UNCHANGED
from tests.builders.scans import rapid, text_of

PRINTED = [
    f"第{number}条：完善公共服务设施，受益群众满意度不低于百分之九十五，资金支付及时。"
    for number in "一二三四五六"
]


def bent_page(depth):
    """A page without any ruling, bent like the pages of an open book."""
    font = ImageFont.truetype(str(load_font()), 26)
    paper = Image.new("L", (1250, 620), 255)
    for number, line in enumerate(PRINTED):
        ImageDraw.Draw(paper).text((90, 100 + 70 * number), line, font=font, fill=20)
    rows, columns = np.mgrid[0 : paper.height, 0 : paper.width].astype(np.float32)
    bent = rows + depth * np.sin(columns / paper.width * 1.5 * np.pi)
    return cv2.remap(np.asarray(paper), columns, bent.astype(np.float32), cv2.INTER_CUBIC, borderValue=255)


class Core:
    """A detector that sees one core, which rises to the right."""

    def line_cores(self, grey):
        likely = np.zeros((100, 200), np.float32)
        for column in range(20, 180):
            middle = 60 - column // 10
            likely[middle - 3 : middle + 4, column] = 0.9
        return likely


@pytest.mark.parametrize("depth", [25, 45])
def test_lines_on_bent_paper_are_read(depth):
    if not installed_engines("rapidocr"):
        pytest.skip("RapidOCR is not installed")
    from services.ocr.engines.line_detector import LineDetector

    picture = Picture(bent_page(depth), UNCHANGED, 200)
    page = read_page(picture, rapid(), number=1, reason="no_text_layer", detector=LineDetector(threads=2))

    read = "".join(word.text for word in page.words).replace(":", "：").replace(",", "，")
    assert sum(line in read for line in PRINTED) >= len(PRINTED) - 1, text_of(page)


def test_a_rising_line_is_cut_out_level():
    grey = np.full((200, 400), 255, np.uint8)
    for column in range(40, 360):
        middle = 2 * (60 - column // 20)
        grey[middle - 6 : middle + 6, column] = 0

    (line,) = find_bent_lines(grey, Core())

    dark_rows = [np.flatnonzero(line.strip[:, column] < 128).mean() for column in (60, 160, 260)]
    assert max(dark_rows) - min(dark_rows) < 3
    assert line.strip.shape[1] == line.area.width


def test_a_page_on_which_nothing_is_seen_has_no_lines():
    class Nothing:
        def line_cores(self, grey):
            return np.zeros((50, 50), np.float32)

    assert find_bent_lines(np.full((100, 100), 255, np.uint8), Nothing()) == []

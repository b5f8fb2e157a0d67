"""What is a ruling, and what is print that ran together."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from samples.ink import load_font
from services.ocr.ink import find_ink, find_rulings

SMALL_PRINT = "实施周期指标值100年度指标值100质量指标时效指标"
SCALE = 0.75  # 150 dpi


def paper(text="", *, across=None, thickness=3, touching=False):
    """A piece of a page at 150 dpi, with lines of small print and a ruling ``across`` at this height."""
    page = Image.new("L", (600, 200), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(load_font()), 17)
    for top in range(10, 180, 23):
        pen.text((20, top), text, font=font, fill=30)
    if across is not None:
        pen.line((10, across, 590, across), fill=30, width=thickness)
        for left in range(40, 560, 40) if touching else ():
            pen.line((left, across - 14, left, across), fill=30, width=2)
    return find_ink(np.asarray(page), scale=SCALE)


def test_strokes_of_small_print_that_ran_together_are_no_rulings():
    for broken in (False, True):
        rulings = find_rulings(paper(SMALL_PRINT), scale=SCALE, broken=broken)

        assert not rulings.across.any()
        assert not rulings.down.any()


def test_a_ruling_among_print_is_found():
    assert find_rulings(paper(SMALL_PRINT, across=195), scale=SCALE).across.any()


def test_a_thick_ruling_is_one():
    assert find_rulings(paper(across=100, thickness=6), scale=SCALE).across.any()


def test_a_ruling_that_print_touches_is_one():
    assert find_rulings(paper(across=100, touching=True), scale=SCALE).across.any()

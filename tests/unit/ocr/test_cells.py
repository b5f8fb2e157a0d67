"""Cells are found whatever has become of their rulings."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from services.ocr.cells import find_cells
from services.ocr.ink import find_ink, find_rulings
from tests.builders.ruled_paper import merged_cells, ruled_paper

NEAR_PIXELS = 9


def cells(paper):
    return find_cells(paper, find_rulings(find_ink(paper))).areas


def share_as_drawn(found):
    drawn = merged_cells()
    boxes = sorted((cell.left, cell.top, cell.right, cell.bottom) for cell in found)
    right = sum(
        any(max(abs(a - b) for a, b in zip(box, other, strict=True)) <= NEAR_PIXELS for other in boxes)
        for box in drawn
    )
    return right / max(len(drawn), len(boxes))


def are_as_drawn(found):
    return share_as_drawn(found) == 1


@pytest.mark.parametrize("fading", [0.0, 0.5, 0.7])
@pytest.mark.parametrize("gaps", [0, 1, 3])
def test_cells_are_found_behind_gaps_and_in_faint_print(gaps, fading):
    for seed in range(3):
        assert are_as_drawn(cells(ruled_paper(gaps=gaps, fading=fading, seed=seed))), seed


@pytest.mark.parametrize(("gaps", "least"), [(12, 0.9), (60, 0.7)])
def test_most_cells_are_found_where_every_other_ruling_is_broken(gaps, least):
    for seed in range(3):
        assert share_as_drawn(cells(ruled_paper(gaps=gaps, seed=seed))) >= least, seed


def test_a_page_without_rulings_has_no_cells():
    paper = ruled_paper(fading=1.0)

    assert cells(paper) == []


def test_underlines_to_write_on_part_no_cell():
    paper = Image.fromarray(ruled_paper())
    ImageDraw.Draw(paper).line((460, 680, 660, 680), fill=20, width=3)

    assert are_as_drawn(cells(np.asarray(paper)))


def test_a_seal_over_rulings_parts_no_cell():
    paper = Image.fromarray(ruled_paper())
    pen = ImageDraw.Draw(paper)
    pen.ellipse((300, 100, 520, 320), outline=60, width=10)
    pen.regular_polygon((410, 210, 40), 5, fill=60)

    assert are_as_drawn(cells(np.asarray(paper)))


def test_a_row_that_goes_on_over_the_page_is_cells_without_a_ruling_at_the_page_end():
    paper = ruled_paper()
    paper[690:] = 255

    found = find_cells(paper, find_rulings(find_ink(paper)))

    assert len(found.areas) == len(merged_cells())
    (end,) = found.open_ends
    assert end.is_at(690)
    assert (end.left, end.right) == pytest.approx((60, 1240), abs=NEAR_PIXELS)

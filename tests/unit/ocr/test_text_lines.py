"""Where the lines of a cell are."""

import numpy as np

from services.ocr.rulings import Area
from services.ocr.text_lines import find_lines

CELL = Area(0, 0, 600, 160)


def cell(*lines, ruling=None):
    """Ink of glyphs, 20 pixels high with white between them; ``ruling`` is the top of a stroke all along."""
    ink = np.zeros((160, 600), np.uint8)
    for top in lines:
        for left in range(40, 520, 26):
            ink[top : top + 20, left : left + 16] = 255
    if ruling is not None:
        ink[ruling : ruling + 5, 5:590] = 255
    return ink


def test_rows_without_ink_part_the_lines():
    assert [
        line.top < top < line.bottom
        for line, top in zip(find_lines(cell(20, 60), CELL), (30, 70), strict=True)
    ]
    assert len(find_lines(cell(20, 60, 100), CELL)) == 3


def test_a_piece_of_ruling_in_a_cell_is_no_line():
    assert len(find_lines(cell(20, 60, ruling=130), CELL)) == 2


def test_a_一_is_a_line():
    ink = cell(20, 60)
    ink[110:114, 40:58] = 255

    assert len(find_lines(ink, CELL)) == 3


def test_a_blank_cell_has_no_lines():
    assert find_lines(cell(), CELL) == []


def test_an_upright_ruling_that_leans_into_a_cell_is_no_print():
    ink = cell(20, 100)
    for row in range(160):
        ink[row, 2 + row // 20 : 6 + row // 20] = 255

    lines = find_lines(ink, CELL)

    assert len(lines) == 2
    assert all(line.left > 15 for line in lines)


def test_a_slender_figure_is_print():
    ink = np.zeros((160, 600), np.uint8)
    for left in range(40, 300, 20):
        ink[60:84, left : left + 3] = 255

    assert len(find_lines(ink, CELL)) == 1


def test_a_speck_apart_from_its_line_is_dust():
    ink = cell(20)
    ink[30:35, 560:565] = ink[28:33, 8:13] = 255

    (line,) = find_lines(ink, CELL)

    assert (line.left > 20, line.right < 550) == (True, True)


def test_a_mark_at_the_end_of_a_line_is_print():
    ink = cell(20)
    ink[35:40, 526:531] = 255

    (line,) = find_lines(ink, CELL)

    assert line.right > 535

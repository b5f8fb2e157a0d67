"""Text outside of tables: titles, heads, notes, and pages without any ruling."""

from collections.abc import Sequence

import cv2
import numpy as np

from services.ocr.ink import Rulings, find_marks, without_specks
from services.ocr.picture import Pixels
from services.ocr.rulings import Area

_REACH = 28  # less than the white between two narrow columns, more than a mark leaves within a line
_SMALLEST = 10
_SHARED = 0.6  # of the lower one: a 一 is as low as a rule and belongs to its line
_TALLEST_LINE = 60
_MARGIN = 5
_LINE_GAP = 0.9  # of the height: a bracket leaves half a glyph, the white between two columns more than one


def find_free_text(ink: Pixels, rulings: Rulings, cells: Sequence[Area], *, scale: float = 1.0) -> list[Area]:
    """
    Find stretches of print outside ``cells``: neighbours within ``_REACH`` pixels are one stretch.

    Cells and rulings are wiped out first, so that a frame is never taken for print.
    """
    outside = rulings.taken_from(without_specks(ink))
    for cell in cells:
        outside[cell.top : cell.bottom, cell.left : cell.right] = 0
    run_together = cv2.dilate(outside, np.ones((3, round(_REACH * scale)), np.uint8))
    _, stats = find_marks(run_together, least=round(_REACH * scale))
    least = _SMALLEST * scale
    stretches = [
        _grown(Area(left, top, left + wide, top + high), ink.shape, round(_MARGIN * scale))
        for left, top, wide, high, _ in stats[1:].tolist()
        if high >= least and wide >= least
    ]
    lines = _rejoined(_merged(stretches), scale)
    return sorted(lines, key=lambda area: (area.top, area.left))


def _rejoined(stretches: list[Area], scale: float) -> list[Area]:
    """Join pieces of one line of large type: its brackets and blanks are wider than the reach."""
    joined: list[Area] = []
    for area in sorted(stretches, key=lambda area: area.left):
        before = next((each for each in joined if _is_one_line(each, area, scale)), None)
        if before is None:
            joined.append(area)
        else:
            joined.remove(before)
            top, bottom = min(before.top, area.top), max(before.bottom, area.bottom)
            joined.append(Area(before.left, top, max(before.right, area.right), bottom))
    return joined


def _is_one_line(left: Area, right: Area, scale: float) -> bool:
    """Say whether the white between two stretches (which reach into it) is narrower than a glyph."""
    low, high = sorted(area.height - 2 * _MARGIN * scale for area in (left, right))
    white = right.left - left.right + _REACH * scale
    shared = min(left.bottom, right.bottom) - max(left.top, right.top)
    return shared > _SHARED * low and high <= _TALLEST_LINE * scale and white < _LINE_GAP * high


def _grown(area: Area, shape: tuple[int, ...], margin: int) -> Area:
    return Area(
        max(0, area.left),
        max(0, area.top - margin),
        min(shape[1], area.right),
        min(shape[0], area.bottom + margin),
    )


def _merged(stretches: list[Area]) -> list[Area]:
    """Make one of stretches that lie within each other."""
    kept: list[Area] = []
    for area in sorted(stretches, key=lambda area: area.width * area.height, reverse=True):
        middle = (area.left + area.right) / 2, (area.top + area.bottom) / 2
        if not any(other.holds(*middle) for other in kept):
            kept.append(area)
    return kept

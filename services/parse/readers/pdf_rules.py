"""Ruling lines out of the paths that a PDF page paints."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from services.parse.readers.pdf_drawing import Path
from services.parse.readers.pdf_sheet import Sheet, intersect
from shared.contracts.pages import Box, Rule

THICKEST_RULE_POINTS = 3.5
_LEVEL_POINTS = 1.0


def read_rules(paths: Iterable[Path], sheet: Sheet) -> list[Rule]:
    """
    List the ruling lines: strokes along an edge of the sheet, and areas thin enough to be one.

    Offices print rules in every way there is: as strokes, as outlines of rectangles, as thin
    rectangles, dashed as many short pieces. Joining the pieces is left to those who read them.
    """
    rules: list[Rule] = []
    for path in paths:
        window = sheet.window(path.clip)
        visible = (intersect(box, window) for box in _boxes_of(path, sheet))
        rules += [Rule(box) for box in visible if box.width >= 0 and box.height >= 0]
    return rules


def read_fills(paths: Iterable[Path], sheet: Sheet) -> list[Box]:
    """List the areas painted with something else than white: on them white text can be seen."""
    boxes = (sheet.cover(path.points) for path in paths if path.is_filled)
    return [box for box in boxes if min(box.width, box.height) > THICKEST_RULE_POINTS]


def _boxes_of(path: Path, sheet: Sheet) -> Iterator[Box]:
    box = sheet.cover(path.points)
    if min(box.width, box.height) <= THICKEST_RULE_POINTS:
        yield _thicken(box, path.line_width) if path.is_stroked else box
        return
    if not path.is_stroked:
        return
    for side in pairwise(path.points):
        line = sheet.cover(side)
        if min(line.width, line.height) <= _LEVEL_POINTS:
            yield _thicken(line, path.line_width)


def _thicken(box: Box, line_width: float) -> Box:
    """Give a stroke its width, across only: how far its ends stick out does not matter here."""
    half = min(line_width, THICKEST_RULE_POINTS) / 2
    if box.width >= box.height:
        return Box(box.x0, box.top - half, box.x1, box.bottom + half)
    return Box(box.x0 - half, box.top, box.x1 + half, box.bottom)

"""Ruling lines out of the paths that a PDF page paints."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise, starmap

from services.parse.readers.pdf_drawing import Path
from services.parse.readers.pdf_runs import Point
from services.parse.readers.pdf_sheet import Sheet, Windows
from shared.contracts.pages import Box, Rule

THICKEST_RULE_POINTS = 3.5
_LEVEL_POINTS = 1.0

_Edges = tuple[float, float, float, float]
"""Left, top, right and bottom: forms are drawn with many lines, and boxes of them take time to make."""


def read_rules(paths: Iterable[Path], sheet: Sheet) -> list[Rule]:
    """
    List the ruling lines: strokes along an edge of the sheet, and areas thin enough to be one.

    Offices print rules in every way there is: as strokes, as outlines of rectangles, as thin
    rectangles, dashed as many short pieces. Joining the pieces is left to those who read them.
    """
    windows = Windows(sheet)
    rules: list[Rule] = []
    for path in paths:
        window = windows[path.clip]
        opening = window.x0, window.top, window.x1, window.bottom
        rules += filter(None, [_rule(line, opening) for line in _lines_of(path, sheet)])
    return rules


@lru_cache(maxsize=4096)
def _rule(line: _Edges, opening: _Edges) -> Rule | None:
    """
    Give what of a line is seen through an opening.

    Neighbouring cells draw their common side twice, and a form is drawn alike on each page.
    """
    x0, top = max(line[0], opening[0]), max(line[1], opening[1])
    x1, bottom = min(line[2], opening[2]), min(line[3], opening[3])
    return Rule(Box(x0, top, x1, bottom)) if x1 - x0 >= 0 and bottom - top >= 0 else None


def read_fills(paths: Iterable[Path], sheet: Sheet) -> list[Box]:
    """List the areas painted with something else than white: on them white text can be seen."""
    boxes = (sheet.cover(path.points) for path in paths if path.is_filled)
    return [box for box in boxes if min(box.width, box.height) > THICKEST_RULE_POINTS]


def _lines_of(path: Path, sheet: Sheet) -> Iterator[_Edges]:
    points = sheet.place_all(path.points)
    whole = _around(points)
    if _is_thin(whole, THICKEST_RULE_POINTS):
        yield _thicken(whole, path.line_width) if path.is_stroked else whole
    elif path.is_stroked:
        for side in starmap(_between, pairwise(points)):
            if _is_thin(side, _LEVEL_POINTS):
                yield _thicken(side, path.line_width)


def _around(points: Iterable[Point]) -> _Edges:
    xs, tops = zip(*points, strict=True)
    return min(xs), min(tops), max(xs), max(tops)


def _between(start: Point, end: Point) -> _Edges:
    (x0, top), (x1, bottom) = start, end
    if x0 > x1:
        x0, x1 = x1, x0
    return (x0, top, x1, bottom) if top <= bottom else (x0, bottom, x1, top)


def _is_thin(edges: _Edges, points: float) -> bool:
    x0, top, x1, bottom = edges
    return x1 - x0 <= points or bottom - top <= points


def _thicken(edges: _Edges, line_width: float) -> _Edges:
    """Give a stroke its width, across only: how far its ends stick out does not matter here."""
    x0, top, x1, bottom = edges
    half = min(line_width, THICKEST_RULE_POINTS) / 2
    if x1 - x0 >= bottom - top:
        return x0, top - half, x1, bottom + half
    return x0 - half, top, x1 + half, bottom

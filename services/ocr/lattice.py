"""Tables whose rulings are broken or faded: a lattice of lines that are mostly there."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from services.ocr.ink import find_marks
from services.ocr.picture import Pixels
from services.ocr.rulings import Area

_BRIDGED = 41  # pixels between strokes of one table
_CLOSED = 17  # pixels of a gap that is closed along its ruling: a lower row would be bridged
_SAME_LINE = 10
_REACH = 5
_COVERED = 0.55
_LEAST_SHARE = 0.02
_LONG_SHARE = 0.3
_FULL = 0.97
_WALL = 3


@dataclass(frozen=True, slots=True)
class _Lines:
    """Where the rulings of one direction lie, and which pixels they cover, gaps closed."""

    places: list[int]
    covered: Pixels

    def share(self, place: int, start: int, end: int) -> float:
        """Say how much of a stretch along a ruling is covered."""
        band = self.covered[max(0, place - _REACH) : place + _REACH + 1, start:end]
        return float((band > 0).any(axis=0).mean()) if band.size else 0.0

    def crossing(self, across: list[int]) -> "_Lines":
        """
        Keep the lines that run through much of the table, or all the way from one crossing to the next.

        Strokes of glyphs and seals do neither.
        """
        kept = [
            place
            for place in self.places
            if self.share(place, 0, self.covered.shape[1]) >= _LONG_SHARE
            or any(self.share(place, start, end) >= _FULL for start, end in pairwise(across))
        ]
        return _Lines(kept, self.covered)

    def is_covered(self, place: int, start: int, end: int) -> bool:
        """Say whether a stretch along a ruling is mostly covered."""
        return self.share(place, start, end) >= _COVERED


def find_lattice(across: Pixels, down: Pixels, *, scale: float = 1.0) -> list[Area]:
    """
    Find the cells of tables whose rulings have gaps.

    Rulings run through all of a table: each stretch between two crossings is a wall where most
    of it is covered, so that merged cells stay merged.
    """
    areas: list[Area] = []
    for table in _tables(across, down, scale):
        rows = slice(table.top, table.bottom), slice(table.left, table.right)
        level = _lines(across[rows], scale)
        upright = _lines(np.ascontiguousarray(down[rows].T), scale).crossing(level.places)
        level = level.crossing(upright.places)
        areas += [_moved(cell, table) for cell in _cells(level, upright)]
    return sorted(areas, key=lambda area: (area.top, area.left))


def _tables(across: Pixels, down: Pixels, scale: float) -> Iterator[Area]:
    """Group strokes that would touch were their gaps closed."""
    reach = round(_BRIDGED * scale)
    near = cv2.dilate(cv2.max(across, down), np.ones((reach, reach), np.uint8))
    labels, stats = find_marks(near, least=reach)
    for label in range(1, len(stats)):
        ys, xs = np.nonzero((labels == label) & (cv2.max(across, down) > 0))
        if ys.size:
            yield Area(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)


def _lines(strokes: Pixels, scale: float) -> _Lines:
    covered = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((3, round(_CLOSED * scale) | 1), np.uint8))
    profile = (cv2.dilate(covered, np.ones((3, 1), np.uint8)) > 0).mean(axis=1)
    inked = np.flatnonzero(profile >= _LEAST_SHARE)
    groups = np.split(inked, np.flatnonzero(np.diff(inked) > _SAME_LINE * scale) + 1) if inked.size else []
    places = [round(float(np.average(group, weights=profile[group]))) for group in groups]
    return _Lines(places, covered)


def _cells(level: _Lines, upright: _Lines) -> Iterator[Area]:
    """Join the squares that no wall parts; a group that is no rectangle is cut into its rows."""
    ys, xs = level.places, upright.places
    if min(len(ys), len(xs)) < 2:
        return
    groups = np.arange((len(ys) - 1) * (len(xs) - 1)).reshape(len(ys) - 1, -1)
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            here = groups[row, column]
            if column + 2 < len(xs) and not upright.is_covered(xs[column + 1], *_inside(ys, row)):
                groups[groups == groups[row, column + 1]] = here
            if row + 2 < len(ys) and not level.is_covered(ys[row + 1], *_inside(xs, column)):
                groups[groups == groups[row + 1, column]] = here
    for group in np.unique(groups):
        yield from _rectangles(np.argwhere(groups == group), ys, xs)


def _inside(stops: list[int], index: int) -> tuple[int, int]:
    start, end = stops[index], stops[index + 1]
    margin = min(_SAME_LINE, (end - start) // 4)
    return start + margin, end - margin


def _rectangles(squares: np.ndarray, ys: list[int], xs: list[int]) -> Iterator[Area]:
    top, left = squares.min(axis=0)
    bottom, right = squares.max(axis=0) + 1
    if len(squares) == (bottom - top) * (right - left):
        yield Area(xs[left] + _WALL, ys[top] + _WALL, xs[right] - _WALL, ys[bottom] - _WALL)
        return
    for row in range(top, bottom):
        columns = np.sort(squares[squares[:, 0] == row, 1])
        for run in np.split(columns, np.flatnonzero(np.diff(columns) > 1) + 1):
            yield Area(xs[run[0]] + _WALL, ys[row] + _WALL, xs[run[-1] + 1] - _WALL, ys[row + 1] - _WALL)


def _moved(cell: Area, table: Area) -> Area:
    return Area(
        cell.left + table.left, cell.top + table.top, cell.right + table.left, cell.bottom + table.top
    )

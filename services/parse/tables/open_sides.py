"""Tables without sides: no upright rule holds together what a row over the whole width parts."""

from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import Final

from services.parse.tables.rulings import Line

_TOUCH_POINTS: Final = 3.0
_OPEN_SIDE_POINTS: Final = 6.0
_TALLEST_ROWS: Final = 1.6
"""A taller stretch between two tables holds the title of the lower one."""

Lines = tuple[list[Line], list[Line]]
"""Level and upright rules that hang together."""


def rows_across_joined(groups: Iterable[Lines]) -> list[Lines]:
    """
    Put groups together that stand right below each other and are equally wide, and leave out mere lines.

    Between them is a row of one cell: a level over the whole width, a label with its value behind it.
    """
    joined: list[Lines] = []
    for level, upright in sorted(groups, key=_top):
        if joined and _goes_on(joined[-1], (level, upright)):
            joined[-1] = (joined[-1][0] + level, joined[-1][1] + upright)
        else:
            joined.append((level, upright))
    return [group for group in joined if all(group)]


def _top(group: Lines) -> float:
    return min(line.position for line in group[0])


def _goes_on(above: Lines, below: Lines) -> bool:
    if not (_is_open(above) and _is_open(below)):
        return False
    upper = max(above[0], key=lambda line: line.position)
    lower = min(below[0], key=lambda line: line.position)
    is_even = max(abs(upper.start - lower.start), abs(upper.end - lower.end)) <= _TOUCH_POINTS
    heights = [*_heights(above), *_heights(below)]
    return is_even and bool(heights) and lower.position - upper.position <= _TALLEST_ROWS * median(heights)


def _is_open(group: Lines) -> bool:
    """Say whether the level rules stick out on both sides of the upright ones."""
    level, upright = group
    start, end = min(line.start for line in level), max(line.end for line in level)
    return all(start + _OPEN_SIDE_POINTS < line.position < end - _OPEN_SIDE_POINTS for line in upright)


def _heights(group: Lines) -> list[float]:
    places = sorted(line.position for line in group[0])
    return [below - above for above, below in pairwise(places)]

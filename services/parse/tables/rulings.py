"""Ruling lines joined from the pieces that they are printed in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf
from operator import itemgetter
from typing import TypeVar

from shared.contracts.pages import Rule

_Item = TypeVar("_Item")

# Rules closer than this are one: the sides of a thick rule, a double rule, or cells that
# each draw their own border. Rows and columns of text are several times as far apart.
SNAP_POINTS = 2.5
_GAP_POINTS = 3.5
_DASH_POINTS = 10.0
_DASH_GAP_POINTS = 6.0
_SHORTEST_POINTS = 4.0

_Piece = tuple[float, float, float]
"""A rule before it is joined with others: its position, start and end, bare because pages have thousands."""
_POSITION = itemgetter(0)
_EXTENT = itemgetter(1, 2)


@dataclass(frozen=True, slots=True)
class Line:
    """A ruling line: its height (or distance from the left), and where it starts and ends."""

    position: float
    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Rulings:
    """The ruling lines of a page, each in one piece."""

    horizontal: tuple[Line, ...]
    vertical: tuple[Line, ...]


def join_rules(rules: Iterable[Rule]) -> Rulings:
    """Join rules that lie on one line and touch or nearly touch each other."""
    level: list[_Piece] = []
    upright: list[_Piece] = []
    for rule in rules:
        box = rule.box
        x0, top, x1, bottom = box.x0, box.top, box.x1, box.bottom
        is_level = x1 - x0 >= bottom - top
        if is_level:
            level.append(((top + bottom) / 2, x0, x1))
        if not is_level or x1 - x0 <= SNAP_POINTS:
            upright.append(((x0 + x1) / 2, top, bottom))
    return Rulings(_join(level), _join(upright))


def _join(pieces: list[_Piece]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for group in cluster(pieces, key=_POSITION, within=SNAP_POINTS):
        position = _weighted(group)
        lines += [
            Line(position, start, end) for start, end in _spans(group) if end - start >= _SHORTEST_POINTS
        ]
    return tuple(lines)


def _weighted(group: list[_Piece]) -> float:
    """Let the longest pieces say where a line lies."""
    weights = [end - start + 0.01 for _, start, end in group]
    whole = sum([piece[0] * weight for piece, weight in zip(group, weights, strict=True)])
    return round(whole / sum(weights), 3)


def _spans(group: list[_Piece]) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    last_length = 0.0
    for _, start, end in sorted(group, key=_EXTENT):
        length = end - start
        if spans and start - spans[-1][1] <= _gap(last_length, length):
            spans[-1] = spans[-1][0], max(spans[-1][1], end)
        else:
            spans.append((start, end))
        last_length = length
    return spans


def _gap(before: float, after: float) -> float:
    is_dashed = max(before, after) <= _DASH_POINTS
    return _DASH_GAP_POINTS if is_dashed else _GAP_POINTS


def cluster(items: Iterable[_Item], *, key: Callable[[_Item], float], within: float) -> list[list[_Item]]:
    """Group items whose keys follow each other closely and lie within a short stretch together."""
    groups: list[list[_Item]] = []
    first = last = -inf
    for item in sorted(items, key=key):
        place = key(item)
        if place - last <= within and place - first <= 2 * within:
            groups[-1].append(item)
        else:
            groups.append([item])
            first = place
        last = place
    return groups

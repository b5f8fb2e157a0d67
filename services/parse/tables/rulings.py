"""Ruling lines joined from the pieces that they are printed in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
    level, upright = [], []
    for rule in rules:
        box = rule.box
        if rule.is_horizontal:
            level.append(Line(box.middle, box.x0, box.x1))
        if not rule.is_horizontal or box.width <= SNAP_POINTS:
            upright.append(Line(box.centre, box.top, box.bottom))
    return Rulings(_join(level), _join(upright))


def _join(pieces: list[Line]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for group in cluster(pieces, key=lambda piece: piece.position, within=SNAP_POINTS):
        position = _weighted(group)
        lines += [Line(position, start, end) for start, end in _spans(group)]
    return tuple(line for line in lines if line.length >= _SHORTEST_POINTS)


def _weighted(group: list[Line]) -> float:
    """Let the longest pieces say where a line lies."""
    weight = sum(piece.length + 0.01 for piece in group)
    return round(sum(piece.position * (piece.length + 0.01) for piece in group) / weight, 3)


def _spans(group: list[Line]) -> list[tuple[float, float]]:
    spans: list[tuple[float, float]] = []
    last_length = 0.0
    for piece in sorted(group, key=lambda piece: (piece.start, piece.end)):
        if spans and piece.start - spans[-1][1] <= _gap(last_length, piece.length):
            spans[-1] = spans[-1][0], max(spans[-1][1], piece.end)
        else:
            spans.append((piece.start, piece.end))
        last_length = piece.length
    return spans


def _gap(before: float, after: float) -> float:
    is_dashed = max(before, after) <= _DASH_POINTS
    return _DASH_GAP_POINTS if is_dashed else _GAP_POINTS


def cluster(items: Iterable[_Item], *, key: Callable[[_Item], float], within: float) -> list[list[_Item]]:
    """Group items whose keys follow each other closely and lie within a short stretch together."""
    groups: list[list[_Item]] = []
    for item in sorted(items, key=key):
        if (
            groups
            and key(item) - key(groups[-1][-1]) <= within
            and key(item) - key(groups[-1][0]) <= 2 * within
        ):
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups

"""Texts and paths of an OFD page as runs and subpaths in points from its lower left corner."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from math import hypot
from typing import Final

from lxml import etree

from services.parse.readers.pdf_drawing import Path
from services.parse.readers.pdf_runs import Hand, Point, Run

_TOKEN: Final = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_NUMBER: Final = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE]-?\d+)?")
_OPERANDS: Final = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_LINE_WIDTH_MM: Final = 0.353
_WIDEST_STEP: Final = 1.1
"""Ems to the next character; one further away leaves white between."""
_MOST_REPEATS: Final = 10_000
_WIDE: Final = frozenset("WFA")


def numbers(text: str | None) -> list[float]:
    """List the numbers of an attribute; nothing where there is none."""
    return [float(each) for each in _NUMBER.findall(text or "")]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where an object lies: the corner of its boundary and its matrix, in millimetres from the top left."""

    left: float
    top: float
    matrix: list[float]
    height: float
    points: float

    def place(self, x: float, y: float) -> Point:
        a, b, c, d, e, f = self.matrix
        across, down = a * x + c * y + e + self.left, b * x + d * y + f + self.top
        return across * self.points, self.height - down * self.points

    @property
    def direction(self) -> Point:
        a, b = self.matrix[:2]
        length = hypot(a, b)
        return a / length, -b / length

    def along(self, distance: float) -> float:
        return distance * hypot(*self.matrix[:2]) * self.points

    def across(self, distance: float) -> float:
        return distance * hypot(*self.matrix[2:4]) * self.points


def read_runs(text: etree._Element, placement: Placement) -> Iterator[Run]:
    """Give a run for each TextCode; characters that each go down a line are runs of their own."""
    size = next(iter(numbers(text.get("Size"))), 0.0)
    x = y = 0.0
    for code in text.iter("{*}TextCode"):
        x = next(iter(numbers(code.get("X"))), x)
        y = next(iter(numbers(code.get("Y"))), y)
        characters = (code.text or "").strip("\r\n")
        if not characters or size <= 0:
            continue
        rights = _steps(code.get("DeltaX"), len(characters))
        downs = _steps(code.get("DeltaY"), len(characters))
        if any(downs):
            for character, right, down in zip(characters, rights, downs, strict=True):
                yield _run(text, character, (x + right, y + down), [0.0], size, placement)
        else:
            yield _run(text, characters, (x, y), rights, size, placement)


def _run(
    text: etree._Element,
    characters: str,
    origin: Point,
    starts: list[float],
    size: float,
    placement: Placement,
) -> Run:
    widths = [size if unicodedata.east_asian_width(each) in _WIDE else size / 2 for each in characters]
    if not any(starts[1:]):
        starts = list(accumulate(widths[:-1], initial=0.0))
    following = [*starts[1:], starts[-1] + widths[-1]]
    ends = [
        end if start < end <= start + _WIDEST_STEP * size else start + width
        for start, width, end in zip(starts, widths, following, strict=True)
    ]
    return Run(
        text=characters,
        origin=placement.place(*origin),
        starts=tuple(placement.along(each) for each in starts),
        ends=tuple(placement.along(each) for each in ends),
        hand=Hand(
            direction=placement.direction,
            em=placement.across(size),
            paleness=_paleness(text),
            is_hidden=text.get("Visible") == "false",
        ),
    )


def _steps(deltas: str | None, count: int) -> list[float]:
    """Unroll distances between characters (``g 3 5.2`` is three times 5.2) into places from the first."""
    steps: list[float] = []
    written = iter((deltas or "").split())
    for each in written:
        if each == "g":
            repeats, step = numbers(next(written, "")), numbers(next(written, ""))
            if repeats and step:
                steps += step[:1] * int(min(max(repeats[0], 0), _MOST_REPEATS))
        else:
            steps += numbers(each)[:1]
    steps = (steps + [0.0] * count)[: count - 1]
    return list(accumulate(steps, initial=0.0))


def _paleness(text: etree._Element) -> float:
    color = next(text.iter("{*}FillColor"), None)
    values = numbers(color.get("Value")) if color is not None else []
    return sum(values) / (255 * len(values)) if len(values) in (1, 3) else 0.0


def read_paths(path: etree._Element, placement: Placement) -> Iterator[Path]:
    """Give the straight subpaths; curves part them, because no rule is curved."""
    if path.get("Visible") == "false":
        return
    width = next(iter(numbers(path.get("LineWidth"))), _LINE_WIDTH_MM)
    is_filled, is_stroked = path.get("Fill") == "true", path.get("Stroke") != "false"
    data = "".join(each.text or "" for each in path.iter("{*}AbbreviatedData"))
    for points in _subpaths(data):
        placed = tuple(placement.place(x, y) for x, y in points)
        yield Path(placed, placement.across(width), is_stroked, is_filled)


def _subpaths(data: str) -> Iterator[list[Point]]:
    points: list[Point] = []
    for operator, operands in _operators(data):
        if operator == "L":
            points.append((operands[0], operands[1]))
        elif operator == "C" and points:
            points.append(points[0])
        else:
            if len(points) > 1:
                yield points
            points = [(operands[-2], operands[-1])] if len(operands) > 1 else []
    if len(points) > 1:
        yield points


def _operators(data: str) -> Iterator[tuple[str, list[float]]]:
    tokens = _TOKEN.findall(data)
    position = 0
    while position < len(tokens):
        operator = tokens[position]
        count = _OPERANDS.get(operator)
        operands = tokens[position + 1 : position + 1 + (count or 0)]
        position += 1
        if count is None or len(operands) < count or any(each.isalpha() for each in operands):
            continue
        position += count
        yield operator, [float(each) for each in operands]

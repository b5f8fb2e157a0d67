"""Lines as they were read become words on the page, in points."""

from collections.abc import Iterator

import numpy as np

from services.ocr.marks import Repair
from services.ocr.recogniser import LineReading
from services.ocr.rulings import Area
from shared.contracts.pages import Box, Word

_DOUBTED = 0.5  # of the confidence is left where a rule changed a figure or its point
_GAP_WIDTHS = 3.0
_WHITE_SHARE = 0.17  # of a line as it is cut out, above and below its print


def words_of_line(line: Area, repair: Repair, points: float) -> Iterator[Word]:
    """Part a line where the white between two characters is wide, or at a blank; ``points`` to a pixel."""
    reading = repair.reading
    left = doubted(repair)
    white = _WHITE_SHARE * line.height
    top, bottom = round((line.top + white) * points, 2), round((line.bottom - white) * points, 2)
    for start, end in _runs(reading):
        edges = tuple(round((line.left + edge) * points, 2) for edge in reading.edges[start : end + 1])
        confidences = tuple(round(each * left, 4) for each in reading.confidences[start:end])
        yield Word(
            reading.text[start:end],
            Box(edges[0], top, edges[-1], bottom),
            edges,
            min(confidences),
            _before(repair, start, end),
            confidences,
        )


def doubted(repair: Repair) -> float:
    """Say how much of the engine's confidence is left after the rules."""
    return _DOUBTED if repair.is_doubtful else 1.0


def _before(repair: Repair, start: int, end: int) -> str | None:
    before = repair.read_as[start:end] if repair.read_as else None
    return before if before and before != repair.reading.text[start:end] else None


def _runs(reading: LineReading) -> list[tuple[int, int]]:
    widths = np.diff(reading.edges)
    usual = float(np.median(widths)) if len(widths) else 0.0
    runs: list[tuple[int, int]] = []
    start = 0
    for position, character in enumerate(reading.text):
        if character.isspace():
            runs.append((start, position))
            start = position + 1
        elif widths[position] > _GAP_WIDTHS * usual and position > start:
            runs.append((start, position))
            start = position
    return [(first, last) for first, last in [*runs, (start, len(reading.text))] if last > first]

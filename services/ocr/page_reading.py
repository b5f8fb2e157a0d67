"""From the picture of a page to its words and rules: the whole of OCR, in steps with names."""

from collections.abc import Iterable, Sequence

import numpy as np

from services.ocr.cells import Cells
from services.ocr.marks import Repair, repair_cell
from services.ocr.picture import Picture
from services.ocr.recogniser import LineReading, Recogniser
from services.ocr.rulings import Area, cell_borders
from services.ocr.second_reader import AmountReader, disagree, is_amount
from services.ocr.sheet import Sheet, upright_sheet
from shared.contracts.pages import Box, Disagreement, Page, Rule, Word, compose

_POINTS_PER_INCH = 72
_DOUBTED = 0.5  # of the confidence is left where a rule changed a figure or its point
_BELIEVED = 0.6
_BELIEVED_IF_SMALL = 0.95
_LEAST_LINE = 22  # pixels of a crop, with the white above and below a glyph of five points
_GAP_WIDTHS = 3.0
_WHITE_SHARE = 0.17  # of a line as it is cut out, above and below its print


Readings = list[tuple[Area, Repair]]


def read_page(
    picture: Picture,
    recogniser: Recogniser,
    *,
    number: int,
    reason: str,
    second: AmountReader | None = None,
) -> Page:
    """
    Recognise a page: turn it upright, level it, find cells, cut lines, read each line.

    Words and rules lie on the upright page, in points; ``to_shown`` leads back to the page
    as it was scanned. ``confidence`` is the mean of all characters. Where a ``second`` reader
    makes another amount of the same figures, both readings are told.
    """
    sheet = upright_sheet(picture, recogniser)
    readings = [each for lines in sheet.stretches for each in _read_stretch(sheet, lines, recogniser)]
    points = _POINTS_PER_INCH / sheet.picture.dpi
    words = [word for line, repair in readings for word in _words(line, repair, points)]
    rows, columns = sheet.picture.grey.shape
    return Page(
        number=number,
        width=columns * points,
        height=rows * points,
        source="ocr",
        reason=reason,
        words=tuple(words),
        rules=tuple(_rules(sheet.cells, points)),
        confidence=_mean_confidence(repair.reading for _, repair in readings),
        rotation=sheet.quarters * 90,
        engine=f"{recogniser.version}, amounts {second.version}" if second else recogniser.version,
        disagreements=tuple(_disagreements(sheet, readings, second, points)) if second else (),
        to_shown=compose((1 / points, 0.0, 0.0, 1 / points, 0.0, 0.0), sheet.picture.to_page),
    )


def _disagreements(
    sheet: Sheet, readings: Readings, second: AmountReader, points: float
) -> Iterable[Disagreement]:
    amounts = [(line, repair.reading.text) for line, repair in readings if is_amount(repair.reading.text)]
    others = second.read_amounts([sheet.crop(line) for line, _ in amounts])
    for (line, text), other in zip(amounts, others, strict=True):
        if disagree(text, other):
            edges = (line.left, line.top, line.right, line.bottom)
            yield Disagreement(Box(*(round(edge * points, 2) for edge in edges)), text, other, second.version)


def _read_stretch(sheet: Sheet, lines: Sequence[Area], recogniser: Recogniser) -> Readings:
    readings = [sheet.read(line, recogniser) for line in lines]
    if all(_is_dust(line, reading, sheet.scale) for line, reading in zip(lines, readings, strict=True)):
        return []
    return list(zip(lines, repair_cell(readings), strict=True))


def _is_dust(line: Area, reading: LineReading, scale: float) -> bool:
    """
    Say whether what was taken for a line is a speck or the edge of a seal.

    It is then a lone mark, or a lone character that is too small or that the engine itself
    hardly believes in.
    """
    if len(reading.text.strip()) > 1:
        return False
    least = _BELIEVED_IF_SMALL if line.height < _LEAST_LINE * scale else _BELIEVED
    return not reading.text.isalnum() or reading.confidence < least


def _words(line: Area, repair: Repair, points: float) -> Iterable[Word]:
    """Make words of a line: parted where the white between two characters is wide, or at a blank."""
    reading, read_as = repair.reading, repair.read_as
    for start, end in _runs(reading):
        edges = tuple(round((line.left + edge) * points, 2) for edge in reading.edges[start : end + 1])
        white = _WHITE_SHARE * line.height
        box = Box(
            edges[0],
            round((line.top + white) * points, 2),
            edges[-1],
            round((line.bottom - white) * points, 2),
        )
        confidence = min(reading.confidences[start:end]) * (_DOUBTED if repair.is_doubtful else 1.0)
        before = read_as[start:end] if read_as and read_as[start:end] != reading.text[start:end] else None
        yield Word(reading.text[start:end], box, edges, round(confidence, 4), before)


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


def _rules(cells: Cells, points: float) -> Iterable[Rule]:
    """Give the rulings around cells; where a table breaks off none is printed."""
    for x0, top, x1, bottom in cell_borders(cells.areas):
        if top == bottom and any(end.is_at(top) for end in cells.open_ends):
            continue
        yield Rule(Box(*(round(edge * points, 2) for edge in (x0, top, x1, bottom))))


def _mean_confidence(readings: Iterable[LineReading]) -> float:
    chances = [chance for reading in readings for chance in reading.confidences]
    return round(float(np.mean(chances)), 4) if chances else 1.0

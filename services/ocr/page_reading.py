"""From the picture of a page to its words and rules: the whole of OCR, in steps with names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from services.ocr.cells import Cells, find_cells
from services.ocr.free_text import find_free_text
from services.ocr.ink import find_ink, find_rulings
from services.ocr.marks import Repair, repair_cell
from services.ocr.picture import Picture, Pixels
from services.ocr.recogniser import LineReading, Recogniser
from services.ocr.rulings import Area, cell_borders
from services.ocr.second_reader import AmountReader, disagree, is_amount
from services.ocr.text_lines import find_lines
from services.ocr.upright import levelled, lines_run_down, skew_degrees, turned
from shared.contracts.pages import Box, Disagreement, Page, Rule, Word, compose

_POINTS_PER_INCH = 72
_TRIAL_LINES = 5
_TRIAL_CHARACTERS = 6
_SURE = 0.9
_DOUBTED = 0.5  # of the confidence is left where a rule changed a figure or its point
_BELIEVED = 0.6
_BELIEVED_IF_SMALL = 0.95
_LEAST_LINE = 22  # pixels of a crop, with the white above and below a glyph of five points
_GAP_WIDTHS = 3.0
_WHITE_SHARE = 0.17  # of a line as it is cut out, above and below its print
_MEASURED_DPI = 200


@dataclass(frozen=True, slots=True)
class _Sheet:
    """An upright, level picture, cut into cells, and each cell and stretch of free text into lines."""

    picture: Picture
    quarters: int
    cells: Cells
    stretches: tuple[tuple[Area, ...], ...]


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
    sheet, readings = _upright_sheet(picture, recogniser)
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
        disagreements=tuple(_disagreements(sheet.picture, readings, second, points)) if second else (),
        to_shown=compose((1 / points, 0.0, 0.0, 1 / points, 0.0, 0.0), sheet.picture.to_page),
    )


def _disagreements(
    picture: Picture, readings: "Readings", second: AmountReader, points: float
) -> Iterable[Disagreement]:
    amounts = [(line, repair.reading.text) for line, repair in readings if is_amount(repair.reading.text)]
    others = second.read_amounts([_crop(picture.grey, line) for line, _ in amounts])
    for (line, text), other in zip(amounts, others, strict=True):
        if disagree(text, other):
            edges = (line.left, line.top, line.right, line.bottom)
            yield Disagreement(Box(*(round(edge * points, 2) for edge in edges)), text, other, second.version)


Readings = list[tuple[Area, Repair]]


def _upright_sheet(picture: Picture, recogniser: Recogniser) -> tuple[_Sheet, Readings]:
    """
    Read a few lines first, and turn the page round when they make little sense.

    Which way the lines run is seen from the ink; which end is up only reading tells.
    """
    quarters = 1 if lines_run_down(picture.grey, scale=picture.dpi / _MEASURED_DPI) else 0
    best, best_trial = _sheet(picture, quarters), 0.0
    for turn in (0, 2, 1, 3):
        sheet = best if turn == 0 else _sheet(picture, (quarters + turn) % 4)
        trial = _trial(sheet, recogniser)
        if trial > best_trial:
            best, best_trial = sheet, trial
        if best_trial >= _SURE:
            break
    return best, [each for lines in best.stretches for each in _read_stretch(best.picture, lines, recogniser)]


def _read_stretch(picture: Picture, lines: Sequence[Area], recogniser: Recogniser) -> Readings:
    grey, scale = picture.grey, picture.dpi / _MEASURED_DPI
    readings = [recogniser.read_line(_crop(grey, line)) for line in lines]
    if all(_is_dust(line, reading, scale) for line, reading in zip(lines, readings, strict=True)):
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


def _sheet(picture: Picture, quarters: int) -> _Sheet:
    upright = turned(picture, quarters)
    scale = upright.dpi / _MEASURED_DPI
    level = levelled(upright, skew_degrees(upright.grey, scale=scale))
    ink = find_ink(level.grey, scale=scale)
    rulings = find_rulings(ink, scale=scale)
    cells = find_cells(level.grey, rulings, scale=scale)
    areas = [*cells.areas, *find_free_text(ink, rulings, cells.areas, scale=scale)]
    stretches = tuple(tuple(find_lines(ink, area)) for area in areas)
    return _Sheet(level, quarters, cells, stretches)


def _trial(sheet: _Sheet, recogniser: Recogniser) -> float:
    """
    Read the longest lines: how sure the engine is, short readings counting for less.

    Single glyphs are known whichever way they lie; only a line makes sense one way.
    """
    lines = [line for stretch in sheet.stretches for line in stretch]
    longest = sorted(lines, key=lambda line: line.width, reverse=True)[:_TRIAL_LINES]
    readings = [recogniser.read_line(_crop(sheet.picture.grey, line)) for line in longest]
    sense = [each.confidence * min(1.0, len(each.text) / _TRIAL_CHARACTERS) for each in readings]
    return float(np.mean(sense)) if sense else 1.0


def _crop(grey: Pixels, line: Area) -> Pixels:
    return grey[line.top : line.bottom, line.left : line.right]


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

"""From the picture of a page to its words and rules: the whole of OCR, in steps with names."""

from collections.abc import Iterable, Sequence

import numpy as np

from services.ocr.bent_lines import Detector
from services.ocr.cells import Cells
from services.ocr.marks import Repair, repair_cell
from services.ocr.page_words import words_of_line
from services.ocr.picture import Picture
from services.ocr.recogniser import LineReading, Recogniser
from services.ocr.rulings import Area, cell_borders
from services.ocr.second_reader import SecondReader
from services.ocr.sheet import Sheet, upright_sheet
from shared.contracts.pages import Box, Disagreement, Page, Rule, apply, compose

_POINTS_PER_INCH = 72
_BELIEVED = 0.6
_BELIEVED_IF_SMALL = 0.95
_LINE_PITCH = 1.5  # heights of a crop, which is higher than its print
_LEAST_LINE = 22  # pixels of a crop, with the white above and below a glyph of five points


Readings = list[tuple[Area, Repair]]


def read_page(
    picture: Picture,
    recogniser: Recogniser,
    *,
    number: int,
    reason: str,
    second: SecondReader | None = None,
    detector: Detector | None = None,
) -> Page:
    """
    Recognise a page: turn it upright, level it, find cells, cut lines, read each line.

    Words and rules lie on the upright page, in points; ``to_shown`` leads back to the page
    as it was scanned. ``confidence`` is the mean of all characters. Where a ``second`` reader
    makes another amount of the same figures, or another word where the first engine doubts, both
    readings are told. A ``detector`` finds lines where neither a grid nor level lines can be seen.
    """
    sheet = upright_sheet(picture, recogniser, detector)
    sheet.read([line for lines in sheet.stretches for line in lines], recogniser)
    readings = [each for lines in sheet.stretches for each in _read_stretch(sheet, lines, recogniser)]
    points = _POINTS_PER_INCH / sheet.picture.dpi
    words = [word for line, repair in readings for word in words_of_line(line, repair, points)]
    rows, columns = sheet.picture.grey.shape
    to_shown = compose((1 / points, 0.0, 0.0, 1 / points, 0.0, 0.0), sheet.picture.to_page)
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
        engine=f"{recogniser.version}, again {second.version}" if second else recogniser.version,
        disagreements=tuple(_disagreements(sheet, readings, second, points)) if second else (),
        to_shown=to_shown,
        photograph_size=None if len(to_shown) == 6 else _size(picture),
    )


def _size(picture: Picture) -> tuple[float, float]:
    rows, columns = picture.grey.shape
    return apply(picture.to_page, columns, rows)


def _disagreements(
    sheet: Sheet, readings: Readings, second: SecondReader, points: float
) -> Iterable[Disagreement]:
    firsts = [repair.reading for _, repair in readings]
    for place, other in second.other_readings(firsts, [sheet.crop(line) for line, _ in readings]):
        line = readings[place][0]
        edges = (line.left, line.top, line.right, line.bottom)
        box = Box(*(round(edge * points, 2) for edge in edges))
        yield Disagreement(box, firsts[place].text, other, second.version)


def _read_stretch(sheet: Sheet, lines: Sequence[Area], recogniser: Recogniser) -> Readings:
    readings = sheet.read(lines, recogniser)
    dusty = [_is_dust(line, reading, sheet.scale) for line, reading in zip(lines, readings, strict=True)]
    if all(dusty):
        return []
    kept = [place for place, dust in enumerate(dusty) if not dust or _ends_stretch(place, lines)]
    repaired = repair_cell([readings[place] for place in kept])
    return [(lines[place], repair) for place, repair in zip(kept, repaired, strict=True)]


def _ends_stretch(place: int, lines: Sequence[Area]) -> bool:
    """Say whether a lone mark may be what the line above had no room for: it stands right below its start."""
    if place == 0 or place < len(lines) - 1:
        return False
    above, line = lines[place - 1], lines[place]
    is_below = line.centre[1] - above.centre[1] < _LINE_PITCH * above.height
    begins = min(abs(line.left - above.left), abs(line.centre[0] - above.centre[0]))
    return is_below and begins < above.height


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


def _rules(cells: Cells, points: float) -> Iterable[Rule]:
    """Give the rulings around cells; where a table breaks off none is printed."""
    for x0, top, x1, bottom in cell_borders(cells.areas):
        if top == bottom and any(end.is_at(top) for end in cells.open_ends):
            continue
        yield Rule(Box(*(round(edge * points, 2) for edge in (x0, top, x1, bottom))))


def _mean_confidence(readings: Iterable[LineReading]) -> float:
    chances = [chance for reading in readings for chance in reading.confidences]
    return round(float(np.mean(chances)), 4) if chances else 1.0

"""A page turned upright and levelled, cut into cells and lines, with what was read on the way there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from services.ocr.bent_lines import Detector, find_bent_lines
from services.ocr.cells import Cells, find_cells
from services.ocr.free_text import find_free_text
from services.ocr.ink import find_ink, find_rulings
from services.ocr.photograph import laid_flat
from services.ocr.picture import Picture, Pixels
from services.ocr.recogniser import LineReading, Recogniser
from services.ocr.rulings import Area
from services.ocr.text_lines import find_lines
from services.ocr.upright import levelled, lines_run_down, skew_degrees, turned

MEASURED_DPI = 200
_TRIAL_LINES = 5
_TRIAL_CHARACTERS = 6
_SURE = 0.9
_MANY_MORE = 1.1


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    An upright, level picture, cut into cells, and each cell and stretch of free text into lines.

    Lines that had to be read to know which end is up are in ``tried``: nothing is read twice. Lines
    that are not level are in ``strips`` as if they were.
    """

    picture: Picture
    quarters: int
    cells: Cells
    stretches: tuple[tuple[Area, ...], ...]
    tried: dict[Area, LineReading] = field(default_factory=dict)
    strips: dict[Area, Pixels] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """The resolution over 200 dpi, for which sizes were measured."""
        return self.picture.dpi / MEASURED_DPI

    def crop(self, line: Area) -> Pixels:
        """Cut out the picture of a line."""
        if line in self.strips:
            return self.strips[line]
        return self.picture.grey[line.top : line.bottom, line.left : line.right]

    def read(self, lines: Sequence[Area], recogniser: Recogniser) -> list[LineReading]:
        """Read lines, each once."""
        new = [line for line in dict.fromkeys(lines) if line not in self.tried]
        self.tried.update(zip(new, recogniser.read_lines([self.crop(line) for line in new]), strict=True))
        return [self.tried[line] for line in lines]


def upright_sheet(picture: Picture, recogniser: Recogniser, detector: Detector | None = None) -> Sheet:
    """
    Read a few lines first, and turn the page round when they make little sense.

    Which way the lines run is seen from the ink; which end is up only reading tells. Where the
    lines make no sense whichever way the page lies, a ``detector`` looks for them.
    """
    picture = laid_flat(picture)
    quarters = 1 if lines_run_down(picture.grey, scale=picture.dpi / MEASURED_DPI) else 0
    turns = [(quarters + turn) % 4 for turn in (0, 2, 1, 3)]
    best, trial = _surest((_sheet(picture, turn) for turn in turns), recogniser)
    if trial >= _SURE or detector is None:
        return best
    bent, bent_trial = _surest((_with_bent_lines(picture, turn, detector) for turn in turns), recogniser)
    if bent_trial <= trial:
        return best
    return bent if _believed(bent, recogniser) > _MANY_MORE * _believed(best, recogniser) else best


def _believed(sheet: Sheet, recogniser: Recogniser) -> int:
    """Count the characters of which the engine is sure: a few long lines do not tell a whole page."""
    readings = sheet.read([line for stretch in sheet.stretches for line in stretch], recogniser)
    return sum(confidence >= _SURE for reading in readings for confidence in reading.confidences)


def _surest(sheets: Iterable[Sheet], recogniser: Recogniser) -> tuple[Sheet, float]:
    """Give the first sheet that makes sense, or the one that makes most."""
    tried = []
    for sheet in sheets:
        tried.append((sheet, _trial(sheet, recogniser)))
        if tried[-1][1] >= _SURE:
            break
    return max(tried, key=lambda each: each[1])


def _sheet(picture: Picture, quarters: int) -> Sheet:
    upright = turned(picture, quarters)
    scale = upright.dpi / MEASURED_DPI
    level = levelled(upright, skew_degrees(upright.grey, scale=scale))
    ink = find_ink(level.grey, scale=scale)
    rulings = find_rulings(ink, scale=scale)
    cells = find_cells(level.grey, rulings, scale=scale)
    areas = [*cells.areas, *find_free_text(ink, rulings, cells.areas, scale=scale)]
    stretches = tuple(tuple(find_lines(ink, area)) for area in areas)
    return Sheet(level, quarters, cells, stretches)


def _with_bent_lines(picture: Picture, quarters: int, detector: Detector) -> Sheet:
    """Keep the cells of a page, and put into them the lines that a detector sees."""
    sheet = _sheet(picture, quarters)
    lines = {line.area: line.strip for line in find_bent_lines(sheet.picture.grey, detector)}
    inside = [tuple(line for line in lines if cell.holds(*line.centre)) for cell in sheet.cells.areas]
    held = {line for stretch in inside for line in stretch}
    outside = [(line,) for line in lines if line not in held]
    return Sheet(sheet.picture, quarters, sheet.cells, (*filter(None, inside), *outside), strips=lines)


def _trial(sheet: Sheet, recogniser: Recogniser) -> float:
    """
    Read the longest lines: how sure the engine is, short readings counting for less.

    Single glyphs are known whichever way they lie; only a line makes sense one way.
    """
    lines = [line for stretch in sheet.stretches for line in stretch]
    longest = sorted(lines, key=lambda line: line.width, reverse=True)[:_TRIAL_LINES]
    readings = sheet.read(longest, recogniser)
    sense = [each.confidence * min(1.0, len(each.text) / _TRIAL_CHARACTERS) for each in readings]
    return float(np.mean(sense)) if sense else 1.0

"""A page turned upright and levelled, cut into cells and lines, with what was read on the way there."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

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


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    An upright, level picture, cut into cells, and each cell and stretch of free text into lines.

    Lines that had to be read to know which end is up are in ``tried``: nothing is read twice.
    """

    picture: Picture
    quarters: int
    cells: Cells
    stretches: tuple[tuple[Area, ...], ...]
    tried: dict[Area, LineReading] = field(default_factory=dict)

    @property
    def scale(self) -> float:
        """The resolution over 200 dpi, for which sizes were measured."""
        return self.picture.dpi / MEASURED_DPI

    def crop(self, line: Area) -> Pixels:
        """Cut out the picture of a line."""
        return self.picture.grey[line.top : line.bottom, line.left : line.right]

    def read(self, lines: Sequence[Area], recogniser: Recogniser) -> list[LineReading]:
        """Read lines, each once."""
        new = [line for line in dict.fromkeys(lines) if line not in self.tried]
        self.tried.update(zip(new, recogniser.read_lines([self.crop(line) for line in new]), strict=True))
        return [self.tried[line] for line in lines]


def upright_sheet(picture: Picture, recogniser: Recogniser) -> Sheet:
    """
    Read a few lines first, and turn the page round when they make little sense.

    Which way the lines run is seen from the ink; which end is up only reading tells.
    """
    picture = laid_flat(picture)
    quarters = 1 if lines_run_down(picture.grey, scale=picture.dpi / MEASURED_DPI) else 0
    best, best_trial = _sheet(picture, quarters), 0.0
    for turn in (0, 2, 1, 3):
        sheet = best if turn == 0 else _sheet(picture, (quarters + turn) % 4)
        trial = _trial(sheet, recogniser)
        if trial > best_trial:
            best, best_trial = sheet, trial
        if best_trial >= _SURE:
            break
    return best


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

"""Finds the cells of a page, whatever has become of its rulings."""

from dataclasses import dataclass

from services.ocr.ink import Rulings, find_ink, find_rulings
from services.ocr.lattice import find_lattice
from services.ocr.page_ends import OpenEnd, closed, find_open_ends
from services.ocr.picture import Pixels
from services.ocr.rulings import Area, find_enclosed, find_gaps, find_sound

_FAINT_CONTRAST = 8
_FEWEST_CELLS = 4


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a page, and where tables break off at its end without a ruling."""

    areas: list[Area]
    open_ends: list[OpenEnd]


def find_cells(grey: Pixels, rulings: Rulings, *, scale: float = 1.0) -> Cells:
    """Find the cells of ruled tables, also those that go on over the end of the page."""
    ends = find_open_ends(rulings, scale=scale)
    return Cells(_find_areas(grey, closed(rulings, ends), ends, scale), ends)


def _find_areas(grey: Pixels, rulings: Rulings, ends: list[OpenEnd], scale: float) -> list[Area]:
    """
    Find the cells of ruled tables, merged ones included.

    What rulings enclose is exact where they are whole, even on bent paper. Where they are broken
    or a seal lies over them, they are looked for again with an eye for faint print, and the
    cells there are those of a lattice.
    """
    cells = find_enclosed(rulings.across, rulings.down, scale=scale)
    gaps = find_gaps(cells, rulings.across, rulings.down)
    sound = find_sound(cells, gaps)
    if len(sound) == len(cells) and not gaps.any():
        return cells
    ink = find_ink(grey, contrast=_FAINT_CONTRAST, scale=scale)
    faint = closed(find_rulings(ink, scale=scale, broken=True), ends)
    mended = find_lattice(faint.across, faint.down, scale=scale)
    if len(mended) < _FEWEST_CELLS:
        return cells
    sound = [cell for cell in sound if sum(cell.holds(*each.centre) for each in mended) < 2]
    found = [*sound, *(cell for cell in mended if not _is_among(cell, sound))]
    return sorted(found, key=lambda area: (area.top, area.left))


def _is_among(cell: Area, others: list[Area]) -> bool:
    """Say whether the middle of a cell lies in another, or the other's in it."""
    return any(other.holds(*cell.centre) or cell.holds(*other.centre) for other in others)

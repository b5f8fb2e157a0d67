"""The grid on a scan: cells between ruling lines, and where rulings are broken, the lines themselves."""

from dataclasses import dataclass

import cv2
import numpy as np

from services.ocr.ink import find_ink, find_rulings
from services.ocr.picture import Pixels

_COVERAGE = 0.5
_FAINT_CONTRAST = 8


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels; ``right`` and ``bottom`` are exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies inside."""
        return self.left <= x < self.right and self.top <= y < self.bottom


def find_cells(grey: Pixels, *, scale: float = 1.0) -> list[Area]:
    """
    Find the cells of ruled tables, merged ones included, top to bottom and left to right.

    Cells are what rulings enclose: connected paper between them. Where a ruling is broken the
    paper of two cells is connected, so a lattice of well-covered lines is drawn first when
    the strokes do not close (see ``_mended``).
    """
    ink = find_ink(grey, scale=scale)
    across, down = find_rulings(ink, scale=scale)
    cells = _enclosed(across, down, scale)
    if _looks_whole(cells, across, down):
        return cells
    faint = find_ink(grey, contrast=_FAINT_CONTRAST, scale=scale)
    mended = _enclosed(*_mended(*find_rulings(faint, scale=scale)), scale)
    return mended if len(mended) > len(cells) else cells


def _enclosed(across: Pixels, down: Pixels, scale: float) -> list[Area]:
    rulings = cv2.dilate(cv2.max(across, down), np.ones((7, 7), np.uint8))
    paper = cv2.bitwise_not(rulings)
    height, width = paper.shape
    _, _, stats, _ = cv2.connectedComponentsWithStats(paper, connectivity=4)
    areas = []
    for left, top, wide, high, _ in stats[1:].tolist():
        touches_edge = left <= 1 or top <= 1 or left + wide >= width - 1 or top + high >= height - 1
        if not touches_edge and wide >= 12 * scale and high >= 12 * scale:
            areas.append(Area(left, top, left + wide, top + high))
    return sorted(areas, key=lambda area: (area.top, area.left))


def _looks_whole(cells: list[Area], across: Pixels, down: Pixels) -> bool:
    """Rulings that enclose nothing, or cells that are not rectangles of paper, mean broken lines."""
    if not cells:
        return not (across.any() and down.any())
    enclosed = np.zeros(across.shape, np.uint8)
    for cell in cells:
        enclosed[cell.top : cell.bottom, cell.left : cell.right] += 1
    inside = cv2.max(across, down)[enclosed > 1].size
    return bool(enclosed.max() <= 1) and inside == 0


def _mended(across: Pixels, down: Pixels) -> tuple[Pixels, Pixels]:
    """Draw each ruling that covers half of the table's extent from end to end."""
    rows = np.flatnonzero(across.any(axis=1))
    columns = np.flatnonzero(down.any(axis=0))
    if not rows.size or not columns.size:
        return across, down
    return (
        _full_lines(across, columns[0], columns[-1]),
        np.ascontiguousarray(_full_lines(np.ascontiguousarray(down.T), rows[0], rows[-1]).T),
    )


def _full_lines(strokes: Pixels, first: int, last: int) -> Pixels:
    joined = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, np.ones((3, 41), np.uint8))
    coverage = (cv2.dilate(joined, np.ones((5, 1), np.uint8)) > 0)[:, first : last + 1].mean(axis=1)
    drawn = joined.copy()
    drawn[coverage >= _COVERAGE, first : last + 1] = 255
    return drawn


def cell_borders(cells: list[Area], *, reach: int = 14) -> list[tuple[float, float, float, float]]:
    """
    Give the rulings around cells as lines (x0, top, x1, bottom), one for both neighbours.

    Borders of cells that lie within ``reach`` pixels are the two sides of one ruling: both
    are moved to its middle.
    """
    across = _snapped([edge for cell in cells for edge in (cell.top, cell.bottom)], reach)
    down = _snapped([edge for cell in cells for edge in (cell.left, cell.right)], reach)
    lines = set()
    for cell in cells:
        x0, x1 = down[cell.left], down[cell.right]
        top, bottom = across[cell.top], across[cell.bottom]
        lines |= {(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)}
    return sorted(lines)


def _snapped(edges: list[int], reach: int) -> dict[int, float]:
    groups: list[list[int]] = []
    for edge in sorted(set(edges)):
        if groups and edge - groups[-1][-1] <= reach:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return {edge: (group[0] + group[-1]) / 2 for group in groups for edge in group}

"""The cells of ruled tables on a scan: what rulings enclose."""

from dataclasses import dataclass

import cv2
import numpy as np

from services.ocr.ink import find_marks, marked
from services.ocr.picture import Pixels

_WALL = 7  # pixels by which rulings are thickened, so that hairline gaps close
_LEAST_SIDE = 12
_STRAY_LENGTH = 18
_NEAR = 39
_BORDER = 26
_LONG = 60


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

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies inside."""
        return self.left <= x < self.right and self.top <= y < self.bottom

    def overlaps(self, other: "Area") -> bool:
        """Say whether two rectangles share a point."""
        across = min(self.right, other.right) > max(self.left, other.left)
        return across and min(self.bottom, other.bottom) > max(self.top, other.top)


def find_enclosed(across: Pixels, down: Pixels, *, scale: float = 1.0) -> list[Area]:
    """
    Find what rulings enclose: connected paper between them, top to bottom and left to right.

    Merged cells come free, and slightly bent rulings do no harm.
    """
    rulings = cv2.dilate(cv2.max(across, down), np.ones((_WALL, _WALL), np.uint8))
    paper = cv2.bitwise_not(rulings)
    height, width = paper.shape
    _, stats = find_marks(paper, connectivity=4)
    least = _LEAST_SIDE * scale
    areas = [
        Area(left, top, left + wide, top + high)
        for left, top, wide, high, _ in stats[1:].tolist()
        if left > 1 and top > 1 and left + wide < width - 1 and top + high < height - 1
        if wide >= least and high >= least
    ]
    return sorted(areas, key=lambda area: (area.top, area.left))


def find_gaps(cells: list[Area], across: Pixels, down: Pixels) -> Pixels:
    """
    Mark pieces of rulings that part nothing: near them a ruling has a gap.

    Through a gap the paper of two cells, or of a cell and all outside, is one. Only pieces that
    begin at another ruling count: an underline does not.
    """
    borders = np.zeros(across.shape, np.uint8)
    for cell in cells:
        cv2.rectangle(borders, (cell.left, cell.top), (cell.right - 1, cell.bottom - 1), 255, _BORDER)
    return cv2.max(_strays(across, down, borders), _strays(down, across, borders))


def find_sound(cells: list[Area], gaps: Pixels) -> list[Area]:
    """Keep the cells that hold no piece of a broken ruling, and lie neither in nor around another."""
    return [
        cell
        for cell in cells
        if not gaps[cell.top : cell.bottom, cell.left : cell.right].any()
        and not any(cell.overlaps(other) for other in cells if other is not cell)
    ]


def _strays(strokes: Pixels, others: Pixels, borders: Pixels) -> Pixels:
    """Look only where something is left: nearly all pages have no gap, and no stroke beside their borders."""
    strays = cv2.subtract(strokes, borders)
    left, top, wide, high = cv2.boundingRect(strays)
    if wide:
        reach = _LONG + _NEAR
        window = (
            slice(max(0, top - reach), top + high + reach),
            slice(max(0, left - reach), left + wide + reach),
        )
        strays[window] = _strays_near(strays[window], others[window])
    return strays


def _strays_near(strays: Pixels, others: Pixels) -> Pixels:
    stray = _longer(strays, _STRAY_LENGTH)
    if not stray.any():
        return stray
    near = cv2.dilate(_longer(others, _LONG), np.ones((_NEAR, _NEAR), np.uint8))
    _, labels = cv2.connectedComponents(stray, connectivity=8)
    begins = np.unique(labels[(stray & near) > 0])
    return np.where(np.isin(labels, begins[begins > 0]), np.uint8(255), np.uint8(0))


def _longer(strokes: Pixels, pixels: float) -> Pixels:
    """Keep the pieces that are at least so long."""
    labels, stats = find_marks(strokes)
    keep = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1) >= pixels
    keep[0] = False
    return marked(labels, keep)


Border = tuple[float, float, float, float]


def cell_borders(cells: list[Area], *, reach: int = 14) -> list[Border]:
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

"""Tables that go on over the end of a page: their last or first row has no ruling at the page's end."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from services.ocr.ink import Rulings, find_marks
from services.ocr.picture import Pixels

_LEAST_LENGTH = 30
_LEAST_STROKE = 14  # pixels of the shortest stroke, at 100 dpi
_NEAR = 12
_FEWEST = 3
_THICK = 3


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """Where the columns of a table break off: no ruling is printed here."""

    y: int
    left: int
    right: int

    def is_at(self, y: float) -> bool:
        """Say whether a border lies here."""
        return abs(y - self.y) <= _NEAR


def find_open_ends(rulings: Rulings, *, scale: float = 1.0) -> list[OpenEnd]:
    """Find where three or more upright rulings that begin at a level one end side by side and meet none."""
    _, stats = find_marks(rulings.down, least=_LEAST_STROKE)
    near = cv2.dilate(rulings.across, np.ones((2 * _NEAR + 1, 2 * _NEAR + 1), np.uint8))
    ends = []
    for left, top, wide, high, _ in stats[1:].tolist():
        columns = slice(left, left + wide)
        meets = {y: bool(near[y, columns].any()) for y in (top, top + high - 1)}
        if high >= _LEAST_LENGTH * scale and any(meets.values()):
            ends += [(y, left + wide // 2) for y in meets if not meets[y]]
    return list(_side_by_side(sorted(ends), rulings.down.shape[1] / 10))


def closed(rulings: Rulings, ends: list[OpenEnd]) -> Rulings:
    """Draw a line where columns break off, so that what is between them is a cell."""
    across: Pixels = rulings.across.copy()
    for end in ends:
        cv2.line(across, (end.left, end.y), (end.right, end.y), 255.0, _THICK)
    return Rulings(across, rulings.down)


def _side_by_side(ends: list[tuple[int, int]], least_width: float) -> Iterator[OpenEnd]:
    group: list[tuple[int, int]] = []
    for end in [*ends, (1 << 30, 0)]:
        if group and end[0] - group[0][0] > _NEAR:
            xs = [x for _, x in group]
            if len(group) >= _FEWEST and max(xs) - min(xs) >= least_width:
                yield OpenEnd(round(float(np.median([y for y, _ in group]))), min(xs), max(xs))
            group = []
        group.append(end)

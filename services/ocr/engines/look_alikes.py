"""Signs that the engine takes for one another, told apart by a second look at the pixels."""

from itertools import pairwise
from typing import Any

import numpy as np

from services.ocr.picture import Pixels

DOUBLED = {"≥": "≧", "≤": "≦"}
"""The engine nearly always reads ≧ as ≥, but gives ≧ a chance that it denies to a true ≥."""

LEAST_CHANCE = 5e-4
"""Of ≧ over that of ≥: on rendered scans true ≧ had 8e-4 and more, true ≥ 3e-4 at most."""

_BAR = 0.68  # a bar that lies between two rows of pixels is paler than its twin; a wedge has 0.6
_VALLEY = 0.85


def has_two_bars(sign: Pixels) -> bool:
    """
    Say whether two level bars stand in the lower half of a sign, as in ≧ and ≦.

    Ink is summed along each row: two bars are two peaks of nearly the sign's darkest row, with
    lighter paper between. The slanted bar of ⩾ gives one broad rise, the bar of ≥ one peak.
    """
    darkness = 255.0 - sign.astype(np.float64)
    rows = (darkness - np.median(darkness)).clip(0).sum(axis=1)
    if not rows.any():
        return False
    printed = np.flatnonzero(rows > 0.2 * rows.max())
    lower = rows[(printed[0] + printed[-1]) // 2 : printed[-1] + 1]
    peaks = [at for at in range(1, len(lower) - 1) if lower[at - 1] < lower[at] >= lower[at + 1]]
    bars = [at for at in [*peaks, *_last_row(lower)] if lower[at] >= _BAR * rows.max()]
    return any(
        lower[above : below + 1].min() < _VALLEY * min(lower[above], lower[below])
        for above, below in pairwise(bars)
    )


def _last_row(rows: np.ndarray[Any, Any]) -> list[int]:
    return [len(rows) - 1] if len(rows) > 1 and rows[-1] > rows[-2] else []

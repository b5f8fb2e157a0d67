"""Signs that the engine takes for one another, told apart by a second look at its chances and the pixels."""

from itertools import pairwise
from typing import Any

import cv2
import numpy as np

from services.ocr.picture import Pixels

DOUBLED = {"≥": "≧", "≤": "≦"}
"""The engine nearly always reads ≧ as ≥, but gives ≧ a chance that it denies to a true ≥."""

LEAST_CHANCE = 5e-4
"""Of ≧ over that of ≥: on rendered scans true ≧ had 8e-4 and more, true ≥ 3e-4 at most."""

LEAST_IF_CLEAR = 3e-5
"""In a short line the engine gives a true ≧ no more than 8e-5: it is believed where both bars are clear."""

RARER = {"“": ('"', 0.08), "”": ('"', 0.08), "一": ("—", 0.06)}
"""
What the engine takes for a more usual sign, and the least chance of it over that of the sign read.

Of true curly marks straight ones had 0.03 at most, of a true 一 the dash had 0.015, in six
typefaces and three sizes; of straight marks they had 0.3 and more, but less in black and white.
"""

_BAR = 0.68  # a bar that lies between two rows of pixels is paler than its twin; a wedge has 0.6
_VALLEY = 0.85
_CLEAR_BAR = 0.8  # of the darkest row; two bars had 0.88 and more, the arm of a true ≥ beside a colon 0.7
_CLEAR_VALLEY = 0.6  # of the paler bar; between the two slanted strokes of a ⩽ cut in half it was 0.71
_ROWS = 36  # of the picture of a line at 200 dpi


def has_two_bars(sign: Pixels, *, clear: bool = False) -> bool:
    """
    Say whether two level bars stand in the lower half of a sign, as in ≧ and ≦; ``clear`` asks for more.

    Ink is summed along each row: two bars are two peaks of nearly the sign's darkest row with lighter
    paper between. The slanted bar of ⩾ gives one broad rise, the bar of ≥ one peak.
    A larger picture is shrunk first, so that a bar is one peak however thick it is printed.
    """
    least, valley = (_CLEAR_BAR, _CLEAR_VALLEY) if clear else (_BAR, _VALLEY)
    darkness = 255.0 - _shrunk(sign).astype(np.float64)
    rows = (darkness - np.median(darkness)).clip(0).sum(axis=1)
    if not rows.any():
        return False
    printed = np.flatnonzero(rows > 0.2 * rows.max())
    lower = rows[(printed[0] + printed[-1]) // 2 : printed[-1] + 1]
    peaks = [at for at in range(1, len(lower) - 1) if lower[at - 1] < lower[at] >= lower[at + 1]]
    bars = [at for at in [*peaks, *_last_row(lower)] if lower[at] >= least * rows.max()]
    return any(
        lower[above : below + 1].min() < valley * min(lower[above], lower[below])
        for above, below in pairwise(bars)
    )


def _shrunk(sign: Pixels) -> Pixels:
    ratio = _ROWS / max(1, sign.shape[0])
    return cv2.resize(sign, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA) if ratio < 1 else sign


def _last_row(rows: np.ndarray[Any, Any]) -> list[int]:
    return [len(rows) - 1] if len(rows) > 1 and rows[-1] > rows[-2] else []

"""Ink on paper: which pixels are print, and which of it is ruling lines."""

import cv2
import numpy as np

from services.ocr.picture import Pixels

_BLOCK = 41
_CONTRAST = 18
_SPECK_PIXELS = 6


def find_ink(grey: Pixels, *, contrast: int = _CONTRAST, scale: float = 1.0) -> Pixels:
    """
    Mark print as 255 on 0: darker than its neighbourhood by ``contrast`` grey levels.

    ``scale`` is the resolution over 200 dpi, for which the sizes were measured.
    """
    block = _odd(_BLOCK * scale)
    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    return cv2.adaptiveThreshold(
        smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, contrast
    )


def without_specks(ink: Pixels, *, smallest: int = _SPECK_PIXELS) -> Pixels:
    """Drop connected marks of fewer than ``smallest`` pixels: dust."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    keep = stats[:, cv2.CC_STAT_AREA] >= smallest
    keep[0] = False
    return (keep[labels] * np.uint8(255)) if count > 1 else ink


def find_rulings(ink: Pixels, *, scale: float = 1.0) -> tuple[Pixels, Pixels]:
    """Separate the long horizontal and the long vertical strokes."""
    thick = cv2.dilate(ink, np.ones((3, 3), np.uint8))
    across = _strokes(thick, (_odd(45 * scale), 1), join=(_odd(15 * scale), 1), length=100 * scale)
    down = _strokes(thick, (1, _odd(31 * scale)), join=(1, _odd(15 * scale)), length=28 * scale)
    return across, down


def _strokes(ink: Pixels, kernel: tuple[int, int], *, join: tuple[int, int], length: float) -> Pixels:
    opened = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(kernel[::-1], np.uint8))
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones(join[::-1], np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    keep = sides.max(axis=1) >= length
    keep[0] = False
    strokes: Pixels = (keep[labels] * 255).astype(np.uint8)
    return strokes


def _odd(size: float) -> int:
    return max(3, round(size) | 1)

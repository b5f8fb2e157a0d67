"""Turning a page upright: which way the lines run, and how far they are from level."""

import math

import cv2
import numpy as np

from services.ocr.ink import find_ink, find_rulings
from services.ocr.picture import Picture, Pixels
from shared.contracts.pages import Affine, compose

_BANDS = 8
_SEARCH_DEGREES = 2.5
_STEP_DEGREES = 0.05


def lines_run_down(grey: Pixels, *, scale: float = 1.0) -> bool:
    """
    Say whether the lines of print run from top to bottom, as on a page lying on its side.

    Ink summed along the lines rises and falls with each line; summed across them it hardly
    does. Strips are summed apart, because the lines of neighbouring cells are not level.
    """
    half = _half_size(grey, scale)
    ink = find_ink(half, scale=0.5)
    across, down = find_rulings(ink, scale=0.5)
    print_only = cv2.subtract(ink, cv2.dilate(cv2.max(across, down), np.ones((5, 5), np.uint8)))
    return _unevenness(print_only.T) > _unevenness(print_only)


def _half_size(grey: Pixels, scale: float) -> Pixels:
    """Shrink to 100 dpi, for which the sizes were measured; ``scale`` is the resolution over 200 dpi."""
    factor = 0.5 / scale
    return cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def _unevenness(ink: Pixels) -> float:
    energy = total = 0.0
    for strip in np.array_split(ink, _BANDS, axis=1):
        profile = strip.sum(axis=1, dtype=np.float64)
        energy += float((np.diff(profile) ** 2).sum())
        total += float((profile**2).sum())
    return energy / total if total else 0.0


def skew_degrees(grey: Pixels, *, scale: float = 1.0) -> float:
    """Find by how many degrees the lines rise to the right: where their profile is sharpest."""
    ink = find_ink(_half_size(grey, scale), scale=0.5)
    rows, columns = np.nonzero(ink)
    if len(rows) < 100:
        return 0.0
    coarse = _sharpest(rows, columns, 0.0, _SEARCH_DEGREES, _STEP_DEGREES * 5)
    return _sharpest(rows, columns, coarse, _STEP_DEGREES * 5, _STEP_DEGREES)


def _sharpest(rows: np.ndarray, columns: np.ndarray, around: float, reach: float, step: float) -> float:
    angles = np.arange(around - reach, around + reach + step / 2, step)
    return float(max(angles, key=lambda angle: _sharpness(rows, columns, angle)))


def _sharpness(rows: np.ndarray, columns: np.ndarray, degrees: float) -> float:
    levelled = rows + columns * math.tan(math.radians(degrees))
    profile = np.bincount((levelled - levelled.min()).astype(np.int64))
    return float((np.diff(profile.astype(np.float64)) ** 2).sum())


def turned(picture: Picture, quarters: int) -> Picture:
    """Turn a picture clockwise by quarters; its pixels still know their place on the page as shown."""
    rows, columns = picture.grey.shape
    back: dict[int, Affine] = {
        0: (1, 0, 0, 1, 0, 0),
        1: (0, -1, 1, 0, 0, rows),
        2: (-1, 0, 0, -1, columns, rows),
        3: (0, 1, -1, 0, columns, 0),
    }
    grey = np.ascontiguousarray(np.rot90(picture.grey, -quarters))
    return Picture(grey, compose(back[quarters % 4], picture.to_page), picture.dpi)


def levelled(picture: Picture, degrees: float) -> Picture:
    """Rotate a picture so that lines that rose by ``degrees`` are level."""
    if abs(degrees) < _STEP_DEGREES:
        return picture
    rows, columns = picture.grey.shape
    forth = cv2.getRotationMatrix2D((columns / 2, rows / 2), -degrees, 1.0)
    grey = cv2.warpAffine(picture.grey, forth, (columns, rows), flags=cv2.INTER_CUBIC, borderValue=255)
    a, c, e, b, d, f = cv2.invertAffineTransform(forth).ravel().tolist()
    return Picture(grey, compose((a, b, c, d, e, f), picture.to_page), picture.dpi)

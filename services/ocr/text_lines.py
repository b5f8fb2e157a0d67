"""Lines of print inside a cell or a stretch of free text."""

import cv2
import numpy as np

from services.ocr.ink import find_marks, marked
from services.ocr.picture import Pixels
from services.ocr.rulings import Area

_SPECK_SIDE = 4
_UPRIGHT = 6  # times as high as wide
_TALL = 3  # times as high as its neighbours
_CROP_HEIGHT = 1.6
_LOW = 0.6  # of a glyph
_LONG_GLYPHS = 3
_INKED = 0.75  # of its length; of a line of print half is white
_APART = 0.8  # glyphs between a line and a speck behind it; a mark in the middle of its square leaves 0.5
_APART_BEFORE = 1.0  # a mark that begins a line leaves 0.8
_SPECK = 0.3  # of a glyph
_END_ROOM = 0.6  # the dots of a colon at the end of a line are as small as specks


def find_lines(ink: Pixels, area: Area) -> list[Area]:
    """
    Cut an area into its lines, top to bottom, each with room for accents above and below.

    Rows without ink part the lines. A speck never starts a line; a band much lower than the
    others is a mark (。 or 一) of the line it nearly touches; a band much taller is parted at a
    real valley only, never just in the middle.
    """
    inside = ink[area.top : area.bottom, area.left : area.right]
    if not inside.any():
        return []
    print_only = _print_in(inside)
    bands = _bands(print_only)
    if not bands:
        return []
    glyph = _glyph_height(bands)
    bands = [band for band in bands if not _is_ruling(print_only, band, glyph)]
    parted = [part for band in bands for part in _parted(print_only, band, glyph)]
    return [_line(print_only, area, band, glyph) for band in _joined(parted, glyph)]


def _print_in(ink: Pixels) -> Pixels:
    """Leave out specks, and the upright rulings of bent paper that reach into their cell."""
    labels, stats = find_marks(ink)
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    keep = np.maximum(widths, heights) > _SPECK_SIDE
    keep[0] = False
    if keep.any():
        keep &= ~((heights > _UPRIGHT * widths) & (heights > _TALL * np.median(heights[keep])))
    return marked(labels, keep)


def _bands(ink: Pixels) -> list[tuple[int, int]]:
    filled = np.concatenate(([0], ink.any(axis=1).astype(np.int8), [0]))
    edges = np.flatnonzero(np.diff(filled))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _is_ruling(ink: Pixels, band: tuple[int, int], glyph: float) -> bool:
    """Say whether a low band is a piece of ruling that reaches into its cell: long, and inked all along."""
    start, end = band
    if end - start > _LOW * glyph:
        return False
    columns = np.flatnonzero(ink[start:end].any(axis=0))
    long = columns[-1] - columns[0] + 1
    return bool(long > _LONG_GLYPHS * glyph and columns.size > _INKED * long)


def _glyph_height(bands: list[tuple[int, int]]) -> float:
    """The height of a line of print: the median of bands that are wider than a mark."""
    heights = [end - start for start, end in bands if end - start > 2 * _SPECK_SIDE]
    return float(np.median(heights)) if heights else float(max(end - start for start, end in bands))


def _parted(ink: Pixels, band: tuple[int, int], glyph: float) -> list[tuple[int, int]]:
    start, end = band
    if end - start < 1.7 * glyph:
        return [band]
    profile = np.count_nonzero(ink[start:end], axis=1)
    margin = int(0.5 * glyph)
    middle = profile[margin : len(profile) - margin]
    if not middle.size or middle.min() > 0.15 * profile.max():
        return [band]
    valley = start + margin + int(middle.argmin())
    return [*_parted(ink, (start, valley), glyph), *_parted(ink, (valley, end), glyph)]


def _joined(bands: list[tuple[int, int]], glyph: float) -> list[tuple[int, int]]:
    """Give a low band (a full stop, an underline of 一) to the neighbour within the same line of print."""
    joined: list[tuple[int, int]] = []
    for start, end in bands:
        if joined and end - joined[-1][0] <= 1.15 * glyph:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _line(ink: Pixels, area: Area, band: tuple[int, int], glyph: float) -> Area:
    start, end = band
    left, right = _ends(ink[start:end], glyph)
    height = max(
        _CROP_HEIGHT * min(glyph, end - start) if end - start > 0.6 * glyph else _CROP_HEIGHT * glyph, 8
    )
    height = max(height, (end - start) * 1.1)
    middle = (start + end) / 2
    side = round(0.3 * glyph)
    return Area(
        max(area.left, area.left + left - side),
        max(area.top, area.top + round(middle - height / 2)),
        min(area.right, area.left + right + 1 + round(_END_ROOM * glyph)),
        min(area.bottom, area.top + round(middle + height / 2)),
    )


def _ends(band: Pixels, glyph: float) -> tuple[int, int]:
    """Say where a line begins and ends; specks that lie apart from it are dust: no mark stands so far off."""
    columns = np.flatnonzero(band.any(axis=0))
    parts = np.split(columns, np.flatnonzero(np.diff(columns) > _APART * glyph) + 1)
    while len(parts) > 1 and _is_speck(band, parts[-1], glyph):
        parts.pop()
    while len(parts) > 1 and _is_speck(band, parts[0], glyph):
        if parts[1][0] - parts[0][-1] <= _APART_BEFORE * glyph:
            break
        parts.pop(0)
    return int(parts[0][0]), int(parts[-1][-1])


def _is_speck(band: Pixels, columns: Pixels, glyph: float) -> bool:
    rows = np.flatnonzero(band[:, columns].any(axis=1))
    return bool(max(np.ptp(columns), np.ptp(rows)) < _SPECK * glyph)

"""Photographs of paper: its edges are found, and it is laid flat and evenly lit before it is read."""

from typing import Final

import cv2
import numpy as np

from services.ocr.picture import Picture, Pixels
from shared.contracts.pages import PageMap, compose

_LOOK_PIXELS: Final = 600  # of the longer side: edges of paper are large
_PRINT_PIXELS: Final = 15
_LEAST_SHARE: Final = 0.2
_LEAST_FILLED: Final = 0.95  # of the four-sided figure is paper
_LEAST_SHIFT: Final = 0.012  # of the picture: what is nearer to its corners is a scan's own edge
_DARKER: Final = 40
_A4_INCHES: Final = 297 / 25.4
_A4_RATIOS: Final = (1.2, 1.65)
_WHITE: Final = 235.0


def laid_flat(picture: Picture) -> Picture:
    """
    Cut the paper out of a photograph as if it had been scanned; a scan is left as it is.

    Where the edges of the paper are not all seen, nothing is done. The pixels still know their
    place on the photograph.
    """
    corners = find_paper(picture.grey)
    if corners is None:
        return picture
    width, height = _size(corners)
    upright = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    forth = cv2.getPerspectiveTransform(corners, upright)
    flat = cv2.warpPerspective(
        picture.grey, forth, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return Picture(
        evenly_lit(flat),
        compose(_page_map(np.linalg.inv(forth)), picture.to_page),
        _dpi(width, height, picture.dpi),
    )


def find_paper(grey: Pixels) -> Pixels | None:
    """Find the corners of the paper, from the top left clockwise; None where no desk is seen around it."""
    scale = _LOOK_PIXELS / max(grey.shape)
    small = cv2.GaussianBlur(
        cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), (5, 5), 0
    )
    _, bright = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    paper = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((_PRINT_PIXELS, _PRINT_PIXELS), np.uint8))
    outlines, _ = cv2.findContours(paper, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    outline = cv2.convexHull(max(outlines, key=cv2.contourArea))
    corners = _four(outline)
    if corners is None or not _is_paper(corners, outline, small):
        return None
    found: Pixels = (corners / scale).astype(np.float32)
    return found


def _four(outline: Pixels) -> Pixels | None:
    figure = cv2.approxPolyDP(outline, 0.02 * cv2.arcLength(outline, closed=True), closed=True).reshape(-1, 2)
    if len(figure) != 4:
        return None
    sums, differences = figure.sum(axis=1), figure[:, 0] - figure[:, 1]
    order = [sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin()]
    return figure[order].astype(np.float32) if len(set(map(int, order))) == 4 else None


def _is_paper(corners: Pixels, outline: Pixels, small: Pixels) -> bool:
    rows, columns = small.shape
    area = cv2.contourArea(corners)
    if area < _LEAST_SHARE * small.size or cv2.contourArea(outline) < _LEAST_FILLED * area:
        return False
    own = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)], np.float32)
    if np.abs(corners - own).max() < _LEAST_SHIFT * max(small.shape):
        return False
    inside = cv2.fillConvexPoly(np.zeros_like(small), corners.astype(np.int32), 255) > 0
    if inside.all():
        return False
    return bool(np.median(small[inside]) - np.median(small[~inside]) > _DARKER)


def evenly_lit(grey: Pixels) -> Pixels:
    """Divide by the light that fell on the paper, which is seen between the print."""
    small = cv2.resize(grey, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    light = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 21)
    full = cv2.resize(light, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return cv2.divide(grey, full, scale=_WHITE)


def _size(corners: Pixels) -> tuple[int, int]:
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    return round(float(sides[0] + sides[2]) / 2), round(float(sides[1] + sides[3]) / 2)


def _dpi(width: int, height: int, otherwise: float) -> float:
    low, high = sorted((width, height))
    return high / _A4_INCHES if _A4_RATIOS[0] <= high / low <= _A4_RATIOS[1] else otherwise


def _page_map(back: Pixels) -> PageMap:
    (a, c, e), (b, d, f), (g, h, _) = (back / back[2, 2]).tolist()
    return (a, b, c, d, e, f, g, h)

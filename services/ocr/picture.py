"""A page as pixels, and where each pixel lies on the page as shown."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium

from shared.contracts.errors import PictureTooLarge
from shared.contracts.media import MAX_PICTURE_PIXELS
from shared.contracts.pages import PageMap

Pixels = np.ndarray[Any, np.dtype[Any]]
"""Rows of 8-bit pixels; OpenCV's stubs promise no closer type."""

_FULL_PAGE_SHARE = 0.9
_RENDER_DPI = 200
_COLOURED = 60  # grey levels between the brightest and the darkest channel; yellowed paper has 40
_PALE = 130


@dataclass(frozen=True, slots=True)
class Picture:
    """Grey pixels ready for reading; ``to_page`` maps pixel (x, y) to points of the page as shown."""

    grey: Pixels
    to_page: PageMap
    dpi: float


def picture_of_page(page: pypdfium2.PdfPage) -> Picture:
    """
    Take the scan that fills the page as it was embedded, else draw the page.

    The embedded picture has every pixel the scanner gave; drawing it again would blur it.
    """
    width, height = page.get_size()
    scan = _full_page_scan(page, width, height)
    colours = scan if scan is not None else _drawn(page)
    rows, columns = colours.shape[:2]
    to_page = (width / columns, 0.0, 0.0, height / rows, 0.0, 0.0)
    return Picture(without_stamps(colours), to_page, columns / width * 72)


def without_stamps(colours: Pixels) -> Pixels:
    """
    Make a grey copy in which seals and coloured stamps are paper.

    The brightest channel of a coloured pixel is pale whatever its hue, also at its edges, while
    black print is dark in every channel, also under a seal. What is pale and coloured is paper.
    """
    if colours.ndim == 2:
        return colours
    first, second, third = cv2.split(colours[:, :, :3])
    brightest = cv2.max(cv2.max(first, second), third)
    colour = cv2.subtract(brightest, cv2.min(cv2.min(first, second), third))
    stamped = (colour > _COLOURED) & (brightest > _PALE)
    if stamped.any():
        brightest[stamped] = int(np.median(brightest))
    return brightest


def _full_page_scan(page: pypdfium2.PdfPage, width: float, height: float) -> Pixels | None:
    pictures = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2))
    if len(pictures) != 1 or page.get_rotation():
        return None
    picture = pictures[0]
    _refuse_bomb(*picture.get_px_size())
    a, b, c, d, _, _ = picture.get_matrix().get()
    if min(a, d) <= 0 or max(abs(b), abs(c)) > 0.01 or a * d < _FULL_PAGE_SHARE * width * height:
        return None
    return _pixels(picture.get_bitmap())


def _drawn(page: pypdfium2.PdfPage) -> Pixels:
    width, height = page.get_size()
    scale = _RENDER_DPI / 72
    _refuse_bomb(int(width * scale), int(height * scale))
    return _pixels(page.render(scale=scale))


def _pixels(bitmap: pypdfium2.PdfBitmap) -> Pixels:
    """Copy the pixels, which end with their page; the order of the channels is PDFium's."""
    pixels: Pixels = bitmap.to_numpy().copy()
    return pixels[:, :, 0] if pixels.ndim == 3 and pixels.shape[2] == 1 else pixels


def _refuse_bomb(columns: int, rows: int) -> None:
    if columns * rows > MAX_PICTURE_PIXELS:
        raise PictureTooLarge(pixels=columns * rows, limit=MAX_PICTURE_PIXELS)

"""Text that a page holds and nobody sees: drawn invisibly, or before the picture that lies over it."""

from collections.abc import Sequence
from typing import Final

import pypdfium2 as pdfium

_INVISIBLE: Final = pdfium.raw.FPDF_TEXTRENDERMODE_INVISIBLE
_COVERING_SHARE: Final = 0.5  # of the page, as of a scan
_NESTED_FORMS: Final = 4


def hidden_characters(page: pdfium.PdfPage, *, is_picture: bool) -> int:
    """
    Count the characters, without blanks, that are on the page and cannot be seen.

    Some programs hide the reading of their engine by drawing it invisibly, others by laying the
    scan over it.
    """
    text = page.get_textpage()
    inked = list(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT], max_depth=_NESTED_FORMS))
    hidden = [each for each in inked if _mode(each) == _INVISIBLE]
    covered = [each for each in _covered(page) if _mode(each) != _INVISIBLE] if is_picture else []
    return sum(_length(each, text) for each in [*hidden, *covered])


def _covered(page: pdfium.PdfPage) -> Sequence[pdfium.PdfObject]:
    """List the pieces of text that were drawn before the last large picture, where it lies over them."""
    layers = list(page.get_objects(max_depth=1))
    covers = [place for place, each in enumerate(layers) if _is_cover(each, page)]
    if not covers:
        return []
    cover = layers[covers[-1]].get_bounds()
    earlier = layers[: covers[-1]]
    return [each for each in earlier if each.type == pdfium.raw.FPDF_PAGEOBJ_TEXT and _is_under(each, cover)]


def _is_cover(shape: pdfium.PdfObject, page: pdfium.PdfPage) -> bool:
    if shape.type != pdfium.raw.FPDF_PAGEOBJ_IMAGE or pdfium.raw.FPDFPageObj_HasTransparency(shape.raw):
        return False
    width, height = page.get_size()
    left, bottom, right, top = shape.get_bounds()
    return bool((right - left) * (top - bottom) >= _COVERING_SHARE * width * height)


def _is_under(text: pdfium.PdfObject, cover: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = text.get_bounds()
    across, up = (left + right) / 2, (bottom + top) / 2
    return bool(cover[0] <= across <= cover[2] and cover[1] <= up <= cover[3])


def _mode(text: pdfium.PdfObject) -> int:
    return int(pdfium.raw.FPDFTextObj_GetTextRenderMode(text.raw))


def _length(text: pdfium.PdfObject, page: pdfium.PdfTextPage) -> int:
    size = pdfium.raw.FPDFTextObj_GetText(text.raw, page.raw, None, 0)
    buffer = (pdfium.raw.FPDF_WCHAR * max(1, size // 2))()
    pdfium.raw.FPDFTextObj_GetText(text.raw, page.raw, buffer, size)
    return len("".join(map(chr, buffer[: max(0, size // 2 - 1)])).strip().replace(" ", ""))

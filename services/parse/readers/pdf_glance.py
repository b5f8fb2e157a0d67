"""A first look at the pages of a PDF: which of them can hold a performance table."""

import re
import unicodedata
from collections.abc import Iterator
from ctypes import c_float
from dataclasses import dataclass
from typing import Final, Literal

import pypdfium2 as pdfium
from pypdfium2 import raw

from services.parse.readers.pdf_failures import failures_named

GlanceReason = Literal["cover", "words", "goes_on", "no_text", "picture", "garbled", "damaged", "other"]

_COVER_PAGES: Final = 2
_OF_PERFORMANCE: Final = re.compile("绩效|指标值|产出指标|效益指标|成本指标|满意度")
_OF_INDICATORS: Final = re.compile("指标")
_OTHER_TABLE: Final = re.compile("(?:总|明细|情况|收支|支出|收入|预算)表")
_PROMISE: Final = re.compile("[≥≤≧≦<>=]|定性")
_HEAD_CHARACTERS: Final = 60
_FEWEST_RULES: Final = 4
_PICTURE_SHARE: Final = 0.5
_GARBLED_SHARE: Final = 0.05


@dataclass(frozen=True, slots=True)
class PageGlance:
    """What a page is at first sight; a candidate has to be read, of the others this is all there is."""

    number: int
    width: float
    height: float
    has_text: bool
    reason: GlanceReason

    @property
    def is_candidate(self) -> bool:
        return self.reason != "other"


def candidate_pages(content: bytes) -> list[PageGlance]:
    """
    Look at every page of a PDF, and say which ones have to be read with care.

    Most pages of a budget hold other tables, and reading a page takes twenty times as long
    as searching its text for a few words. Pages that cannot be judged by their text are
    candidates, so that looking never hides anything. A page behind indicators may go on with
    them if it has rules, or, in tables without rules, an operator.
    """
    with failures_named(content):
        document = pdfium.PdfDocument(content)
    try:
        return list(_glances(document))
    finally:
        document.close()


def _glances(document: pdfium.PdfDocument) -> Iterator[PageGlance]:
    before_has_indicators = False
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:
            yield PageGlance(index + 1, 0, 0, has_text=False, reason="damaged")
            continue
        try:
            text = _text_of(page)
            reason = _reason(index + 1, page, text, goes_on=before_has_indicators)
            width, height = page.get_size()
            yield PageGlance(index + 1, width, height, has_text=bool(text), reason=reason)
            is_of_table = reason in ("words", "goes_on", "no_text")
            before_has_indicators = is_of_table and (
                before_has_indicators or bool(_OF_INDICATORS.search(text))
            )
        finally:
            page.close()


def _text_of(page: pdfium.PdfPage) -> str:
    try:
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        return ""
    try:
        return unicodedata.normalize("NFKC", "".join(text_page.get_text_bounded().split()))
    finally:
        text_page.close()


def _reason(number: int, page: pdfium.PdfPage, text: str, *, goes_on: bool) -> GlanceReason:
    if not text:
        return "no_text"
    if _OF_PERFORMANCE.search(text):
        return "words"
    if _is_garbled(text):
        return "garbled"
    rules, has_picture = _look_at_objects(page)
    if has_picture:
        return "picture"
    is_table = rules >= _FEWEST_RULES or _PROMISE.search(text)
    if goes_on and is_table and not _OTHER_TABLE.search(text[:_HEAD_CHARACTERS]):
        return "goes_on"
    return "cover" if number <= _COVER_PAGES else "other"


def _is_garbled(text: str) -> bool:
    strange = sum(1 for letter in text if letter == "\ufffd" or unicodedata.category(letter) in ("Co", "Cc"))
    return strange > _GARBLED_SHARE * len(text)


def _look_at_objects(page: pdfium.PdfPage) -> tuple[int, bool]:
    """Count the paths of a page, and say whether one picture covers most of it."""
    width, height = page.get_size()
    paths = 0
    for index in range(raw.FPDFPage_CountObjects(page)):
        shape = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(shape)
        paths += kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM)
        if kind == raw.FPDF_PAGEOBJ_IMAGE and _area(shape) >= _PICTURE_SHARE * width * height:
            return paths, True
    return paths, False


def _area(shape: object) -> float:
    left, bottom, right, top = (c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
    return float((right.value - left.value) * (top.value - bottom.value))

"""Reads PDF files: pages of words and ruling lines."""

import gc
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import pdfplumber

from services.parse.readers.pdf_drawing import Drawing, DrawingDevice
from services.parse.readers.pdf_failures import failures_named
from services.parse.readers.pdf_glance import PageGlance, candidate_pages
from services.parse.readers.pdf_interpreter import PageInterpreter
from services.parse.readers.pdf_rules import read_fills, read_rules
from services.parse.readers.pdf_sheet import Sheet, turn_of
from services.parse.readers.pdf_words import WordReading, read_words
from shared.contracts.errors import DamagedDocument, DocumentRejected, TooManyPages
from shared.contracts.pages import Page, PageSource

MOST_PAGES: Final = 5_000
_PICTURE_SHARE = 0.3
_UNREADABLE_SHARE = 0.5
_DOUBTFUL_SHARE = 0.05

__all__ = ["MOST_PAGES", "PageGlance", "candidate_pages", "read_needed_pages", "read_pages"]


def read_pages(content: bytes, *, numbers: Collection[int] | None = None) -> Iterator[Page]:
    """
    Read the pages of a PDF (or those with the given numbers, from 1), one after the other.

    Nothing of a page is kept once the next one is asked for. Coordinates are those of the
    page as shown: turned as the page says, cropped, from the top left corner. A page printed
    on its side is turned once more to be read; ``to_shown`` leads back.
    """
    with failures_named(content):
        document = pdfplumber.open(BytesIO(content))
    try:
        yield from _read_all(document, content, numbers)
    finally:
        # Not document.close(), which walks through all pages again.
        document.stream.close()


def read_needed_pages(content: bytes) -> Iterator[Page]:
    """
    Read the pages that can hold a performance table; of the others, give size and source only.

    Every page is given, in order. Where a first look is not possible, all pages are read.
    """
    try:
        glances = candidate_pages(content)
    except DocumentRejected:
        yield from read_pages(content)
        return
    needed = read_pages(content, numbers={glance.number for glance in glances if glance.is_candidate})
    for glance in glances:
        if glance.is_candidate:
            # pdfium mends some page trees that pdfminer does not: it may know of more pages.
            yield next(needed, None) or _unread(glance, "none", "damaged_page")
        else:
            yield _unread(glance, "text", "no_performance_words")


def _unread(glance: PageGlance, source: PageSource, reason: str) -> Page:
    return Page(glance.number, glance.width, glance.height, source=source, reason=reason)


def _read_all(document: Any, content: bytes, numbers: Collection[int] | None) -> Iterator[Page]:
    with failures_named(content):
        pages = document.pages
    if not pages:
        raise DamagedDocument(detail="no pages")
    if len(pages) > MOST_PAGES:
        raise TooManyPages(pages=len(pages), limit=MOST_PAGES)
    interpreter = PageInterpreter(document.rsrcmgr, DrawingDevice(document.rsrcmgr))
    for page in pages:
        if numbers is None or page.page_number in numbers:
            with _collecting_later():
                with failures_named(content):
                    drawing, sheet = _draw(page, interpreter)
                read = _read(page.page_number, drawing, sheet)
            yield read
            page.close()


@contextmanager
def _collecting_later() -> Iterator[None]:
    """
    Let no garbage be looked for meanwhile.

    A page is read into many thousand small objects without a cycle: looking for one among them, and
    all that was read before, takes a tenth of the time of dense pages.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _draw(page: Any, interpreter: PageInterpreter) -> tuple[Drawing, Sheet]:
    drawing = interpreter.device.drawing = Drawing()
    sheet = interpreter.draw(page.page_obj)
    return drawing, replace(sheet, turn=_turn(drawing))


def _turn(drawing: Drawing) -> int:
    """Find how most of the page's text is turned."""
    turns: Counter[int] = Counter()
    for hand, runs in groupby(drawing.runs, key=attrgetter("hand")):
        turn = turn_of(hand.direction)
        if turn is not None:
            turns[turn] += sum(len(run.text) for run in runs)
    return turns.most_common(1)[0][0] if turns else 0


def _read(number: int, drawing: Drawing, sheet: Sheet) -> Page:
    reading = read_words(drawing.runs, sheet, read_fills(drawing.paths, sheet))
    source, reason = _judge(reading, drawing, sheet)
    return Page(
        number=number,
        width=sheet.width,
        height=sheet.height,
        source=source,
        reason=reason,
        words=tuple(reading.words) if source == "text" else (),
        rules=tuple(read_rules(drawing.paths, sheet)),
        rotation=sheet.turn,
        to_shown=sheet.to_shown,
    )


def _judge(reading: WordReading, drawing: Drawing, sheet: Sheet) -> tuple[PageSource, str]:
    """Say whether the text can be believed to be what is seen on the page."""
    if reading.readable + reading.unreadable == 0:
        if reading.left_out["hidden"]:
            return "none", "hidden_text_layer"
        return ("none", "no_text_layer") if _has_picture(drawing, sheet) else ("text", "blank")
    unreadable = reading.unreadable / (reading.readable + reading.unreadable)
    if unreadable > _UNREADABLE_SHARE:
        return "none", "garbled_text_layer"
    return "text", "garbled_text_layer" if unreadable > _DOUBTFUL_SHARE else "text_layer"


def _has_picture(drawing: Drawing, sheet: Sheet) -> bool:
    """Say whether pictures cover so much of the page that something can be read on them."""
    area = sum((x1 - x0) * (y1 - y0) for (x0, y0), (x1, y1) in drawing.pictures)
    return area > _PICTURE_SHARE * sheet.width * sheet.height or bool(drawing.paths)

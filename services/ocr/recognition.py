"""Recognises one page of a document; made to run in a child process that can be killed."""

from functools import cache

import pypdfium2

from services.ocr.engines.choice import choose_engine
from services.ocr.engines.installed import EngineName
from services.ocr.images import picture_of_image
from services.ocr.page_reading import read_page
from services.ocr.picture import Picture, picture_of_page
from services.ocr.recogniser import Recogniser
from shared.contracts.errors import DamagedDocument
from shared.contracts.pages import Page


def recognise_page(
    content: bytes, number: int, reason: str, *, engine: EngineName = "auto", threads: int = 1
) -> Page:
    """Read page ``number`` (from 1) of a PDF or an image; ``reason`` says why it needs OCR."""
    recogniser = _recogniser(engine, threads)
    return read_page(_picture(content, number), recogniser, number=number, reason=reason)


@cache
def _recogniser(engine: EngineName, threads: int) -> Recogniser:
    return choose_engine(engine, threads=threads)


def _picture(content: bytes, number: int) -> Picture:
    if b"%PDF-" not in content[:1024]:
        return picture_of_image(content, number)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise DamagedDocument(detail="PDF") from error
    try:
        return picture_of_page(document[number - 1])
    except pypdfium2.PdfiumError as error:
        raise DamagedDocument(detail=f"page {number}") from error
    finally:
        document.close()

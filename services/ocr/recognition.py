"""Recognises one page of a document; made to run in a child process that can be killed."""

from dataclasses import replace
from functools import cache
from typing import Final

import pypdfium2

from services.ocr.bent_lines import Detector
from services.ocr.engines.choice import choose_engine
from services.ocr.engines.installed import EngineName, installed_engines, tesseract_version
from services.ocr.images import picture_of_image
from services.ocr.page_reading import read_page
from services.ocr.picture import Picture, picture_of_page
from services.ocr.recogniser import Recogniser
from services.ocr.second_reader import SecondReader
from shared.contracts.errors import DamagedDocument
from shared.contracts.pages import Page

_LONGEST_LAYER: Final = 20_000


def recognise_page(
    content: bytes, number: int, reason: str, *, engine: EngineName = "auto", threads: int = 1
) -> Page:
    """Read page ``number`` (from 1) of a PDF or an image; ``reason`` says why it needs OCR."""
    recogniser = _recogniser(engine, threads)
    picture, layer = _picture(content, number)
    second = _second_reader() if recogniser.name != "tesseract" else None
    page = read_page(
        picture, recogniser, number=number, reason=reason, second=second, detector=_detector(threads)
    )
    return replace(page, distrusted_text=layer)


@cache
def _recogniser(engine: EngineName, threads: int) -> Recogniser:
    return choose_engine(engine, threads=threads)


@cache
def _second_reader() -> SecondReader | None:
    version = tesseract_version("chi_sim+eng")
    if version is None:
        return None
    from services.ocr.engines.tesseract import TesseractRecogniser  # may be absent

    figures = TesseractRecogniser(version, languages="eng", only="0123456789.,-")
    return SecondReader(figures, TesseractRecogniser(version))


@cache
def _detector(threads: int) -> Detector | None:
    if not installed_engines("rapidocr"):
        return None
    from services.ocr.engines.line_detector import LineDetector  # its runtime may be absent

    return LineDetector(threads=threads)


def _picture(content: bytes, number: int) -> tuple[Picture, str]:
    """Give the picture of a page, and the text layer that is not believed."""
    if b"%PDF-" not in content[:1024]:
        return picture_of_image(content, number), ""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise DamagedDocument(detail="PDF") from error
    try:
        page = document[number - 1]
        return picture_of_page(page), page.get_textpage().get_text_range()[:_LONGEST_LAYER]
    except pypdfium2.PdfiumError as error:
        raise DamagedDocument(detail=f"page {number}") from error
    finally:
        document.close()

"""What can be said of a document before it is read: how many pages, and which of them are scans."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import pypdfium2 as pdfium

from services.ingest.media_type import readable_media_type
from services.ingest.picture_survey import count_pictures
from services.ingest.text_layer import distrusts, text_inside
from shared.contracts.errors import DamagedDocument, EncryptedDocument, TooManyPages, TruncatedDocument
from shared.contracts.media import IMAGE_TYPES, PDF

_TAIL_BYTES: Final = 2048
_NESTED_FORMS: Final = 4
_PICTURE_SHARE: Final = 0.5  # of the page; a scan fills it, a crest or a photograph does not
_MANY_CURVES: Final = 200  # without one character: letters drawn as outlines


@dataclass(frozen=True, slots=True)
class ContentSurvey:
    """
    What the bytes are. ``scanned_pages`` says for each page that only OCR can read why so.

    ``page_count`` is 0 for text, which has no pages before it is laid out.
    """

    media_type: str
    page_count: int = 0
    scanned_pages: dict[int, str] = field(default_factory=dict)


def survey_content(content: bytes, *, file_name: str, page_limit: int) -> ContentSurvey:
    """Find out what the bytes are; raise why they cannot be read. To be run in the sandbox."""
    media_type = readable_media_type(content, file_name=file_name)
    if media_type in IMAGE_TYPES:
        count = _within(count_pictures(content), page_limit)
        return ContentSurvey(media_type, count, dict.fromkeys(range(1, count + 1), "no_text_layer"))
    if media_type != PDF:
        return ContentSurvey(media_type)
    with _opened(content) as document:
        count = _within(len(document), page_limit)
        return ContentSurvey(media_type, count, _scanned_pages(document))


def _within(pages: int, limit: int) -> int:
    if pages > limit:
        raise TooManyPages(pages=pages, limit=limit)
    return pages


@contextmanager
def _opened(content: bytes) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium.raw.FPDF_ERR_PASSWORD:
            raise EncryptedDocument() from error
        if b"%%EOF" not in content[-_TAIL_BYTES:]:
            raise TruncatedDocument() from error
        raise DamagedDocument(detail="PDF") from error
    try:
        if not len(document):
            raise DamagedDocument(detail="no pages")
        yield document
    finally:
        document.close()


def _scanned_pages(document: pdfium.PdfDocument) -> dict[int, str]:
    reasons = ((number, _reason_for_ocr(document, number - 1)) for number in range(1, len(document) + 1))
    return {number: reason for number, reason in reasons if reason}


def _reason_for_ocr(document: pdfium.PdfDocument, index: int) -> str | None:
    """
    Say why a page needs OCR, None where it has text of its own or nothing at all.

    A page that cannot be loaded is left to the reader, which says what is wrong with it.
    """
    try:
        page = document[index]
    except pdfium.PdfiumError:
        return None
    try:
        return _distrust(page)
    except pdfium.PdfiumError:
        return None
    finally:
        page.close()


def _distrust(page: pdfium.PdfPage) -> str | None:
    is_picture = _is_picture(page, has_text=bool(text_inside(page)))
    reason = distrusts(page, is_picture=is_picture)
    if reason == "no_text":
        return "no_text_layer" if is_picture else None
    return reason


def _is_picture(page: pdfium.PdfPage, *, has_text: bool) -> bool:
    width, height = page.get_size()
    curves = 0
    for shape in page.get_objects(max_depth=_NESTED_FORMS):
        if shape.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = shape.get_bounds()
            if (right - left) * (top - bottom) >= _PICTURE_SHARE * width * height:
                return True
        curves += shape.type == pdfium.raw.FPDF_PAGEOBJ_PATH
    return curves >= _MANY_CURVES and not has_text

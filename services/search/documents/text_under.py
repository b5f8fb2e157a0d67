"""Lays recognised text invisibly under the pictures of a document: runs in a process that can be killed."""

import base64
import io
from collections.abc import Mapping
from typing import Final

from PIL import Image, ImageSequence
from pypdf import PageObject, PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

from services.search.documents.glyphless import glyphless_page
from shared.contracts.errors import DamagedDocument
from shared.contracts.pages import Page

_PDF_HEADER_WITHIN: Final = 1024


def lay_text_under(content: bytes, pages: Mapping[int, Page]) -> str:
    """
    Give a document as PDF in base64, with the words of its recognised ``pages`` to be found and copied.

    The pictures stay as they were scanned. Images become a PDF of one page each.
    """
    is_pdf = b"%PDF-" in content[:_PDF_HEADER_WITHIN]
    try:
        writer = PdfWriter(clone_from=io.BytesIO(content if is_pdf else _as_pdf(content, pages)))
        for number, page in enumerate(writer.pages, start=1):
            if number in pages and pages[number].words:
                _lay(page, pages[number])
        written = io.BytesIO()
        writer.write(written)
    except (PyPdfError, OSError, ValueError, KeyError) as error:
        raise DamagedDocument(detail=type(error).__name__) from error
    return base64.b64encode(written.getvalue()).decode()


def _lay(page: PageObject, recognised: Page) -> None:
    if page.rotation:
        page.transfer_rotation_to_content()
    (overlay,) = PdfReader(io.BytesIO(glyphless_page(recognised))).pages
    left, bottom = float(page.cropbox.left), float(page.cropbox.bottom)
    page.merge_transformed_page(overlay, Transformation().translate(left, bottom), over=False)


def _as_pdf(content: bytes, pages: Mapping[int, Page]) -> bytes:
    """Put each picture on a page of the size that it was recognised with."""
    writer = PdfWriter()
    with Image.open(io.BytesIO(content)) as image:
        for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
            width, _ = pages[number].shown_size if number in pages else (595.0, 842.0)
            paper = io.BytesIO()
            frame.convert("RGB").save(paper, "PDF", resolution=frame.width / width * 72)
            writer.append(io.BytesIO(paper.getvalue()))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()

"""Recognises the scanned pages of a document, as the ocr service would."""

from collections.abc import Iterable

from shared.contracts.pages import Page
from shared.contracts.records import PageSummary


def recognise(content: bytes, pages: Iterable[PageSummary]) -> dict[int, Page]:
    """Read each page without a text layer; ImportError where no engine is installed."""
    from services.ocr.recognition import recognise_page

    waiting = [page for page in pages if page.source == "none"]
    return {page.number: recognise_page(content, page.number, page.reason) for page in waiting}

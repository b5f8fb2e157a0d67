"""What ocr does with an event: scanned pages become pages of words."""

from typing import Final, Protocol

from shared.contracts.artifacts import (
    RECOGNISED,
    SURVEY,
    ObjectStore,
    Survey,
    original_key,
    pages_not_recognised,
    reason_to_wait,
    recognised_part,
)
from shared.contracts.errors import DocumentRejected
from shared.contracts.events import Event, PagesRecognised, ScansFound
from shared.contracts.ledger import Ledger
from shared.contracts.pages import Page

PAGES_PER_BATCH: Final = 4
_A4 = (595.0, 842.0)


class PageReader(Protocol):
    """
    Reads one scanned page (from 1) of a document; ``reason`` says why the page needs it.

    ``version`` names engine and model: what one version has read is not read by it again.
    """

    @property
    def version(self) -> str: ...
    def read_page(self, content: bytes, number: int, reason: str) -> Page: ...
    def close(self) -> None: ...


def recognise_scans(
    event: ScansFound, *, store: ObjectStore, ledger: Ledger, reader: PageReader | None
) -> list[Event]:
    """
    Leave the pages that only OCR can read; those that lie there already are not read twice.

    An event that names no page means all. Many pages are parted into batches, which several
    workers may take. Without an engine the document waits, and its state says why. Each page is
    saved as soon as it is read, so that a worker that dies loses no page that was done.
    """
    survey = SURVEY.load(store, event.document_id)
    if reader is None:
        return _without_engine(survey, store=store, ledger=ledger)
    missing = pages_not_recognised(store, survey, reader.version)
    wanted = tuple(number for number in missing if number in event.pages or not event.pages)
    if len(wanted) > PAGES_PER_BATCH:
        batches = (wanted[at : at + PAGES_PER_BATCH] for at in range(0, len(wanted), PAGES_PER_BATCH))
        return [ScansFound(document_id=event.document_id, pages=batch) for batch in batches]
    if wanted:
        content = store.read(original_key(event.document_id))
        for number in wanted:
            page = read_or_leave(reader, content, number, survey.scanned_pages[number], of=survey.page_count)
            RECOGNISED.save(store, event.document_id, page, recognised_part(number, reader.version))
    if pages_not_recognised(store, survey, reader.version):
        return []
    return [PagesRecognised(document_id=event.document_id)]


def read_or_leave(reader: PageReader, content: bytes, number: int, reason: str, *, of: int) -> Page:
    """
    Read a page; one ``of`` many that cannot be read is left blank, with the code that says why.

    A document is not refused for one page: its other pages are read. Of a document that has
    only this page nothing would be left, so it is refused.
    """
    try:
        return reader.read_page(content, number, reason)
    except DocumentRejected as refusal:
        if of == 1:
            raise
        return Page(number, *_A4, source="none", reason=refusal.code, engine=reader.version)


def _without_engine(survey: Survey, *, store: ObjectStore, ledger: Ledger) -> list[Event]:
    missing = pages_not_recognised(store, survey)
    if not missing:
        return [PagesRecognised(document_id=survey.document_id)]
    ledger.set_state(survey.document_id, "waiting_for_ocr", reason=reason_to_wait(survey, missing))
    return []

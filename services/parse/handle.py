"""What parse does with an event: a document's tables are read."""

from collections.abc import Callable

from shared.contracts.artifacts import (
    PAGE,
    READING,
    RECOGNISED,
    SURVEY,
    ObjectStore,
    Survey,
    original_key,
    recognised_parts,
)
from shared.contracts.events import DocumentIdentified, DocumentParsed, Event, PagesRecognised
from shared.contracts.ledger import Ledger
from shared.contracts.media import LAID_OUT_TYPES
from shared.contracts.pages import Page
from shared.contracts.records import Document

Reader = Callable[..., Document]
PageLayouter = Callable[[bytes, str], tuple[Page, ...]]


def parse_document(
    event: DocumentIdentified | PagesRecognised,
    *,
    store: ObjectStore,
    ledger: Ledger,
    read: Reader,
    lay_out: PageLayouter,
) -> list[Event]:
    """
    Leave the reading of a document; scanned pages are read as far as OCR has left them.

    Files without paper of their own also leave the pages they were laid out on, because that is
    what the search page shows of them.
    """
    survey = SURVEY.load(store, event.document_id)
    content = store.read(original_key(event.document_id))
    if survey.media_type in LAID_OUT_TYPES:
        for page in lay_out(content, survey.media_type):
            PAGE.save(store, event.document_id, page, str(page.number))
    document = _read(survey, content, store=store, read=read)
    READING.save(store, event.document_id, document)
    ledger.set_state(event.document_id, "parsed", pages=len(document.pages))
    return [DocumentParsed(document_id=event.document_id)]


def read_stored(document_id: str, *, store: ObjectStore, read: Reader) -> Document:
    """Read a document as it would be read if it came in now, and keep nothing of it."""
    survey = SURVEY.load(store, document_id)
    return _read(survey, store.read(original_key(document_id)), store=store, read=read)


def _read(survey: Survey, content: bytes, *, store: ObjectStore, read: Reader) -> Document:
    return read(
        content,
        file_name=survey.file_name,
        media_type=survey.media_type,
        recognised=_recognised_pages(store, survey),
        hints=survey.hints,
    )


def _recognised_pages(store: ObjectStore, survey: Survey) -> dict[int, Page]:
    parts = recognised_parts(store, survey)
    return {
        number: RECOGNISED.load(store, survey.document_id, parts[number][-1])
        for number in survey.scanned_pages
        if number in parts
    }

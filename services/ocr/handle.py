"""What ocr does with an event: scanned pages become pages of words."""

from collections.abc import Callable, Iterable

from shared.contracts.artifacts import (
    PAGE,
    SURVEY,
    ObjectStore,
    original_key,
    pages_not_recognised,
    reason_to_wait,
)
from shared.contracts.events import Event, PagesRecognised, ScansFound
from shared.contracts.ledger import Ledger
from shared.contracts.pages import Page

PageEngine = Callable[[bytes, tuple[int, ...]], Iterable[Page]]


def recognise_scans(
    event: ScansFound, *, store: ObjectStore, ledger: Ledger, engine: PageEngine | None
) -> list[Event]:
    """
    Leave the pages that only OCR can read; those that lie there already are not read twice.

    An event that names no page means all. Without an engine the document waits, and its state
    says why. Each page is saved as soon as it is read, so that a worker that dies loses no page
    that was done.
    """
    survey = SURVEY.load(store, event.document_id)
    missing = pages_not_recognised(store, survey)
    if missing and engine is None:
        reason = reason_to_wait(survey, missing)
        ledger.set_state(event.document_id, "waiting_for_ocr", reason=reason)
        return []
    if missing and engine:
        wanted = tuple(number for number in missing if number in event.pages or not event.pages)
        for page in engine(store.read(original_key(event.document_id)), wanted):
            PAGE.save(store, event.document_id, page, str(page.number))
    if pages_not_recognised(store, survey):
        return []
    return [PagesRecognised(document_id=event.document_id)]

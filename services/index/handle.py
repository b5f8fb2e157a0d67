"""What index does with an event: the records of a document can be found, or no longer."""

from shared.contracts.artifacts import READING, SURVEY, ObjectStore, pages_not_recognised, reason_to_wait
from shared.contracts.events import DocumentIndexed, DocumentParsed, DocumentWithdrawn, Event
from shared.contracts.flattening import records_of
from shared.contracts.ledger import Ledger
from shared.contracts.records import Document
from shared.contracts.search import SearchIndex

_REASONS = ("table_unread", "empty_form", "prose_only", "no_table")


def index_document(
    event: DocumentParsed, *, store: ObjectStore, index: SearchIndex, ledger: Ledger
) -> list[Event]:
    """
    Replace what the index holds of a document by its latest reading, and note how it ends.

    A document whose last source was removed while it was being read is not brought back.
    """
    if not ledger.sources(event.document_id):
        return withdraw_document(DocumentWithdrawn(document_id=event.document_id), index=index, ledger=ledger)
    document = READING.load(store, event.document_id)
    records = tuple(records_of(document))
    index.replace(event.document_id, records)
    _note_end(document, len(records), store=store, ledger=ledger)
    return [DocumentIndexed(document_id=event.document_id)]


def withdraw_document(event: DocumentWithdrawn, *, index: SearchIndex, ledger: Ledger) -> list[Event]:
    """
    Take a document out of the index, unless it was uploaded again in the meantime.

    What another document replaced under its key may have been cited: it can still be opened.
    """
    if ledger.sources(event.document_id):
        return []
    index.remove(event.document_id)
    is_replaced = ledger.successor(event.document_id) is not None
    ledger.set_state(event.document_id, "superseded" if is_replaced else "removed", records=0)
    return []


def _note_end(document: Document, records: int, *, store: ObjectStore, ledger: Ledger) -> None:
    survey = SURVEY.load(store, document.document_id)
    waiting = pages_not_recognised(store, survey)
    if waiting:
        reason = reason_to_wait(survey, waiting)
        ledger.set_state(document.document_id, "waiting_for_ocr", reason=reason, records=records)
    elif records:
        ledger.set_state(document.document_id, "indexed", records=records)
    else:
        ledger.set_state(document.document_id, "no_records", reason=_why_empty(document), records=0)


def _why_empty(document: Document) -> str:
    codes = {finding.code for finding in document.findings}
    return next((code for code in _REASONS if code in codes), "no_indicators")

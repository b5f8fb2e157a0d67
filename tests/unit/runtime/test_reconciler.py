"""What was missed is found by comparing bucket, ledger and index."""

import pytest

from shared.contracts.errors import FileTooLarge
from shared.contracts.events import (
    DocumentParsed,
    DocumentUploaded,
    DocumentWithdrawn,
    ScansFound,
    UploadRemoved,
)
from shared.contracts.ledger import Source
from shared.runtime.database import open_sqlite
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.reconciler import missed_removals, missed_uploads, unfinished_work
from shared.runtime.worker import LedgerQuarantine

DOCUMENT = "d" * 64


@pytest.fixture
def ledger(tmp_path):
    ledger = DatabaseLedger(open_sqlite(tmp_path / "ledger.db"))
    source = Source(bucket="inbox", key="a.pdf", version="1", document_id=DOCUMENT)
    ledger.record_source(source, file_name="a.pdf", size_bytes=1)
    return ledger


def needed(ledger, indexed, can_recognise=False):
    return list(unfinished_work(ledger, indexed, can_recognise=can_recognise))


def test_new_and_changed_files_are_missed_uploads(ledger):
    events = missed_uploads("inbox", {"a.pdf": "2", "b.pdf": "1"}, ledger)

    assert [(event.key, event.version) for event in events] == [("a.pdf", "2"), ("b.pdf", "1")]
    assert list(missed_uploads("inbox", {"a.pdf": "1"}, ledger)) == []


def test_what_was_refused_as_it_is_stays_refused_until_it_changes(ledger):
    event = DocumentUploaded(bucket="inbox", key="huge.pdf", version="1")
    LedgerQuarantine(ledger).put(event, FileTooLarge(size_bytes=2, limit_bytes=1))

    assert list(missed_uploads("inbox", {"huge.pdf": "1"}, ledger)) == []
    assert len(list(missed_uploads("inbox", {"huge.pdf": "2"}, ledger))) == 1


def test_keys_that_are_gone_are_missed_removals(ledger):
    assert list(missed_removals("inbox", [], ledger)) == [UploadRemoved(bucket="inbox", key="a.pdf")]
    assert list(missed_removals("inbox", ["a.pdf"], ledger)) == []


def test_a_document_whose_work_was_lost_begins_again(ledger):
    (event,) = needed(ledger, {})

    assert event == DocumentUploaded(bucket="inbox", key="a.pdf", version="1")


@pytest.mark.parametrize(("held", "events"), [(3, 0), (2, 1), (0, 1)])
def test_a_document_is_indexed_again_when_the_index_holds_another_number_of_records(ledger, held, events):
    ledger.set_state(DOCUMENT, "indexed", records=3)

    assert needed(ledger, {DOCUMENT: held}) == [DocumentParsed(document_id=DOCUMENT)] * events


def test_scans_are_announced_once_there_is_an_engine(ledger):
    ledger.set_state(DOCUMENT, "waiting_for_ocr", reason="no_text_layer")

    assert needed(ledger, {}) == []
    assert needed(ledger, {}, can_recognise=True) == [ScansFound(document_id=DOCUMENT, pages=())]


def test_what_waits_for_a_person_is_left_alone(ledger):
    ledger.set_state(DOCUMENT, "quarantined", reason="damaged")

    assert needed(ledger, {}) == []


def test_a_document_without_a_source_is_withdrawn(ledger):
    ledger.set_state(DOCUMENT, "indexed", records=1)
    ledger.drop_source("inbox", "a.pdf")

    assert needed(ledger, {DOCUMENT: 1}) == [DocumentWithdrawn(document_id=DOCUMENT)]


def test_what_only_the_index_knows_is_withdrawn(ledger):
    ledger.set_state(DOCUMENT, "no_records", records=0)

    assert needed(ledger, {"e" * 64: 2}) == [DocumentWithdrawn(document_id="e" * 64)]

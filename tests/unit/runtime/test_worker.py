"""The three kinds of failure, and what becomes of an event in each."""

import pytest

from shared.contracts.errors import DamagedDocument, DependencyUnavailable
from shared.contracts.events import DocumentIdentified, DocumentParsed, DocumentUploaded
from shared.contracts.ledger import Source
from shared.runtime.bus import DurableBus
from shared.runtime.database import open_sqlite
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.worker import LedgerQuarantine, deliver, process

DOCUMENT = "d" * 64
EVENT = DocumentIdentified(document_id=DOCUMENT)
PARSED = DocumentParsed(document_id=DOCUMENT)


@pytest.fixture
def engine(tmp_path):
    return open_sqlite(tmp_path / "ledger.db")


@pytest.fixture
def ledger(engine):
    ledger = DatabaseLedger(engine)
    source = Source(bucket="inbox", key="a.pdf", version="1", document_id=DOCUMENT)
    ledger.record_source(source, file_name="a.pdf", media_type="application/pdf", size_bytes=1)
    return ledger


def run(ledger, handler, event=EVENT):
    announced = []
    process(event, handler, announce=announced.append, quarantine=LedgerQuarantine(ledger), ledger=ledger)
    return announced


def rejecting(event):
    raise DamagedDocument(detail="no pages")


def unanswered(event):
    raise DependencyUnavailable("index")


def buggy(event):
    raise LookupError("ours")


def test_what_follows_is_announced_after_the_work(ledger):
    assert run(ledger, lambda event: [PARSED]) == [PARSED]


def test_a_rejected_document_waits_in_quarantine_with_its_advice(ledger):
    assert run(ledger, rejecting) == []

    (entry,) = ledger.quarantined()
    assert (entry.code, entry.stage, entry.file_name) == ("damaged", "parse", "a.pdf")
    assert "已损坏" in entry.advice
    assert entry.event == {"document_id": DOCUMENT}
    assert ledger.document(DOCUMENT).state == "quarantined"


def test_the_worlds_failure_is_never_counted_against_the_document(ledger):
    for _ in range(10):
        with pytest.raises(DependencyUnavailable):
            run(ledger, unanswered)

    assert run(ledger, lambda event: [PARSED]) == [PARSED]


def test_our_own_failure_flies(ledger):
    with pytest.raises(LookupError):
        run(ledger, buggy)


def test_a_document_that_kills_its_worker_three_times_is_quarantined_untouched(ledger):
    for _ in range(3):
        ledger.begin_attempt(f"DocumentIdentified:{DOCUMENT}")  # and died

    assert run(ledger, lambda event: pytest.fail("tried a fourth time")) == []
    assert [entry.code for entry in ledger.quarantined()] == ["attempts_exhausted"]


def test_a_replayed_document_has_all_its_attempts_again(ledger):
    for _ in range(3):
        with pytest.raises(LookupError):
            run(ledger, buggy)
    run(ledger, buggy)

    assert run(ledger, lambda event: [PARSED]) == [PARSED]


def test_a_rejected_upload_is_quarantined_as_the_document_it_is(ledger):
    run(ledger, rejecting, DocumentUploaded(bucket="inbox", key="a.pdf", version="1"))

    (entry,) = ledger.quarantined()
    assert (entry.document_id, entry.stage) == (DOCUMENT, "ingest")


def test_a_rejected_new_version_is_not_held_against_the_document_it_replaces(ledger):
    run(ledger, rejecting, DocumentUploaded(bucket="inbox", key="a.pdf", version="2"))

    (entry,) = ledger.quarantined()
    assert (entry.document_id, entry.key) == (None, "a.pdf")
    assert ledger.document(DOCUMENT).state == "received"


@pytest.mark.parametrize(("handler", "left"), [(list, 0), (rejecting, 0), (unanswered, 1), (buggy, 1)])
def test_a_delivery_is_struck_out_unless_it_must_be_tried_again(engine, ledger, handler, left):
    bus = DurableBus(engine)
    bus.announce(EVENT)

    deliver(bus.take("parse"), lambda event: handler([]), bus=bus, ledger=ledger)

    assert bus.waiting().get("parse", 0) == left

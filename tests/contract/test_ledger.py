"""What every ledger promises."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DatabaseError

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.ledger import QuarantineEntry, Source
from shared.runtime.database import now, open_postgres, open_sqlite
from shared.runtime.ledger import DatabaseLedger
from tests.builders.databases import new_database
from tests.servers.process import free_port

DOCUMENT = "d" * 64
OTHER = "e" * 64


@pytest.fixture(params=["sqlite", "postgres"])
def open_engine(request, tmp_path):
    opened = []
    if request.param == "postgres":
        url = new_database(request.getfixturevalue("postgres").url)

    def open_one():
        opened.append(
            open_sqlite(tmp_path / "ledger.db") if request.param == "sqlite" else open_postgres(url)
        )
        return opened[-1]

    yield open_one
    for engine in opened:
        engine.dispose()


@pytest.fixture
def ledger(open_engine):
    return DatabaseLedger(open_engine())


def record(ledger, key="广州/表 1.pdf", document_id=DOCUMENT, **more):
    source = Source(bucket="inbox", key=key, document_id=document_id, **more)
    ledger.record_source(source, file_name=key, media_type="application/pdf", size_bytes=7)
    return source


def entry(**more):
    return QuarantineEntry.model_validate(
        {
            "entry_id": "q1",
            "document_id": DOCUMENT,
            "file_name": "a.pdf",
            "stage": "parse",
            "code": "damaged",
            "advice": "文件已损坏",
            "event_type": "DocumentIdentified",
            "event": {"document_id": DOCUMENT},
            "quarantined_at": datetime(2026, 11, 21, tzinfo=UTC),
        }
        | more
    )


def test_a_recorded_source_is_found_by_key_by_bucket_and_by_document(ledger):
    source = record(ledger, version="7", hints={"city": "广州市"})

    assert ledger.source_at("inbox", source.key) == source
    assert ledger.sources(DOCUMENT) == (source,)
    assert list(ledger.sources_in("inbox")) == [source]
    assert list(ledger.sources_in("elsewhere")) == []


def test_a_new_document_is_received(ledger):
    record(ledger)

    document = ledger.document(DOCUMENT)
    assert (document.state, document.size_bytes, document.reason) == ("received", 7, None)
    assert document.received_at.tzinfo is not None


def test_the_same_bytes_under_two_keys_are_one_document_with_two_sources(ledger):
    record(ledger, key="a.pdf")
    record(ledger, key="b.pdf")

    assert [source.key for source in ledger.sources(DOCUMENT)] == ["a.pdf", "b.pdf"]
    assert len(list(ledger.documents())) == 1


def test_an_overwritten_key_holds_the_new_document_only(ledger):
    record(ledger, version="1")
    record(ledger, version="2", document_id=OTHER)

    assert ledger.sources(DOCUMENT) == ()
    assert ledger.sources(OTHER)[0].version == "2"


def test_recording_a_source_again_keeps_the_documents_state(ledger):
    record(ledger)
    ledger.set_state(DOCUMENT, "indexed", records=3)

    record(ledger, key="again.pdf")

    assert ledger.document(DOCUMENT).state == "indexed"


def test_dropping_a_source_says_which_document_it_held(ledger):
    source = record(ledger)

    assert ledger.drop_source("inbox", source.key) == DOCUMENT
    assert ledger.drop_source("inbox", source.key) is None
    assert ledger.sources(DOCUMENT) == ()


def test_a_state_keeps_the_pages_and_records_known_before(ledger):
    record(ledger)
    ledger.set_state(DOCUMENT, "received", pages=12)
    ledger.set_state(DOCUMENT, "no_records", reason="no_table", records=0)

    document = ledger.document(DOCUMENT)
    assert (document.pages, document.records, document.reason) == (12, 0, "no_table")


def test_a_reason_goes_with_its_state(ledger):
    record(ledger)
    ledger.set_state(DOCUMENT, "waiting_for_ocr", reason="no_text_layer")
    ledger.set_state(DOCUMENT, "parsed")

    assert ledger.document(DOCUMENT).reason is None


def test_the_state_of_an_unknown_document_is_nobodys(ledger):
    ledger.set_state(OTHER, "indexed")

    assert ledger.document(OTHER) is None


def test_documents_are_listed_and_counted_by_state(ledger):
    record(ledger, key="a")
    record(ledger, key="b", document_id=OTHER)
    ledger.set_state(OTHER, "indexed")

    assert [document.document_id for document in ledger.documents("indexed")] == [OTHER]
    assert ledger.counts() == {"received": 1, "indexed": 1}


def test_attempts_count_up_until_one_ends(ledger):
    assert [ledger.begin_attempt("parse:x") for _ in range(3)] == [1, 2, 3]
    assert ledger.begin_attempt("parse:y") == 1

    ledger.end_attempt("parse:x")
    assert ledger.begin_attempt("parse:x") == 1


def test_a_quarantined_document_waits_with_code_and_advice(ledger):
    record(ledger)
    ledger.put_quarantine(entry())

    assert ledger.quarantine("q1") == entry()
    assert list(ledger.quarantined()) == [entry()]
    assert (ledger.document(DOCUMENT).state, ledger.document(DOCUMENT).reason) == ("quarantined", "damaged")


def test_quarantining_twice_leaves_one_entry(ledger):
    ledger.put_quarantine(entry())
    ledger.put_quarantine(entry(code="truncated"))

    assert [waiting.code for waiting in ledger.quarantined()] == ["truncated"]


def test_a_document_that_moves_on_leaves_the_quarantine(ledger):
    record(ledger)
    ledger.put_quarantine(entry())

    ledger.set_state(DOCUMENT, "received")

    assert list(ledger.quarantined()) == []


@pytest.mark.parametrize("change", ["replaced", "removed"])
def test_an_upload_that_became_no_document_leaves_the_quarantine_with_its_key(ledger, change):
    ledger.put_quarantine(entry(document_id=None, bucket="inbox", key="huge.pdf"))

    if change == "replaced":
        record(ledger, key="huge.pdf")
    else:
        ledger.drop_source("inbox", "huge.pdf")

    assert list(ledger.quarantined()) == []


def test_a_released_entry_is_gone(ledger):
    ledger.put_quarantine(entry())
    ledger.release("q1")

    assert ledger.quarantine("q1") is None


def test_a_forgotten_document_leaves_nothing(ledger):
    record(ledger)
    ledger.put_quarantine(entry())

    ledger.forget(DOCUMENT)

    assert ledger.document(DOCUMENT) is None
    assert ledger.sources(DOCUMENT) == ()
    assert list(ledger.quarantined()) == []


def test_what_was_noted_is_there_after_the_ledger_is_opened_again(open_engine):
    record(DatabaseLedger(open_engine()))

    assert DatabaseLedger(open_engine()).document(DOCUMENT).state == "received"


def test_many_processes_may_open_an_empty_ledger_at_once(open_engine):
    with ThreadPoolExecutor(6) as openers:
        ledgers = list(openers.map(lambda _: DatabaseLedger(open_engine()), range(6)))

    record(ledgers[0])
    assert ledgers[5].document(DOCUMENT).state == "received"


def test_attempts_begun_at_once_are_all_counted(ledger):
    with ThreadPoolExecutor(4) as workers:
        counts = list(workers.map(lambda _: ledger.begin_attempt("parse:x"), range(12)))

    assert sorted(counts) == list(range(1, 13))


def test_a_bucket_is_gone_through_by_key(ledger):
    for number, key in enumerate(["b", "B", "区/a", "a-b", "a/b", "é"]):
        record(ledger, key=key, document_id=f"{number:064d}")

    def keys(after, limit):
        return [source.key for source in ledger.sources_after("inbox", after, limit=limit)]

    assert keys("", 100) == ["B", "a-b", "a/b", "b", "é", "区/a"]
    assert keys("a-b", 2) == ["a/b", "b"]
    assert ledger.sources_after("elsewhere", "", limit=1) == ()


def test_versions_are_answered_for_the_keys_that_are_known(ledger):
    record(ledger, key="a", version="1")
    record(ledger, key="b")

    assert ledger.versions_at("inbox", ["a", "b", "c"]) == {"a": "1", "b": None}
    assert ledger.versions_at("inbox", []) == {}


def test_what_has_not_moved_for_long_is_overdue(ledger):
    record(ledger, key="a")
    record(ledger, key="b", document_id=OTHER)
    ledger.set_state(DOCUMENT, "parsed")

    def overdue(*states, limit=9):
        found = ledger.overdue(states, since=now() + timedelta(seconds=1), limit=limit)
        return [entry.document_id for entry in found]

    assert overdue("received", "parsed") == [OTHER, DOCUMENT]
    assert overdue("received", "parsed", limit=1) == [OTHER]
    assert overdue("parsed") == [DOCUMENT]
    assert ledger.overdue(["parsed"], since=now() - timedelta(minutes=1), limit=9) == ()


def test_a_database_server_that_is_gone_is_the_worlds_fault(postgres):
    url = make_url(postgres.url).set(port=free_port())

    with pytest.raises(DependencyUnavailable, match="ledger"):
        DatabaseLedger(open_postgres(url.render_as_string(hide_password=False)))


def test_a_database_that_does_not_answer_is_the_worlds_fault(tmp_path):
    (tmp_path / "ledger.db").mkdir()

    with pytest.raises(DependencyUnavailable, match="ledger"):
        DatabaseLedger(open_sqlite(tmp_path / "ledger.db"))


def test_a_database_that_is_damaged_is_not_hidden(tmp_path):
    (tmp_path / "ledger.db").write_bytes(b"not a database at all, but long enough to be looked at" * 20)

    with pytest.raises(DatabaseError):
        DatabaseLedger(open_sqlite(tmp_path / "ledger.db"))


def test_a_worker_that_starts_waits_for_no_writer(open_engine):
    busy = open_engine()
    record(DatabaseLedger(busy))

    with busy.connect() as writer, ThreadPoolExecutor(1) as starting:
        writer.execute(text("UPDATE documents SET state = 'parsed'"))
        ledger = starting.submit(DatabaseLedger, open_engine()).result(timeout=20)

        assert ledger.document(DOCUMENT).state == "received"


def test_documents_that_moved_since_a_moment_are_counted_alone(ledger):
    record(ledger)
    later = now() + timedelta(hours=1)

    assert dict(ledger.counts(since=now() - timedelta(minutes=1))) == {"received": 1}
    assert dict(ledger.counts(since=later)) == {}


def test_documents_are_counted_by_the_folder_they_were_put_into(ledger):
    folder = "2026/教育局/"
    for key, document_id in ((f"{folder}a+b.pdf", DOCUMENT), (f"{folder}c.pdf", OTHER), ("d.pdf", "f" * 64)):
        source = Source(bucket="inbox", key=key, document_id=document_id)
        ledger.record_source(source, file_name="x.pdf", size_bytes=1)
    ledger.set_state(OTHER, "indexed")
    ledger.put_quarantine(entry(document_id=None, bucket="inbox", key=f"{folder}e.pdf"))

    counted = ledger.batches(since=now() - timedelta(minutes=1))
    assert sorted((one.folder, one.state, one.documents, one.moved) for one in counted) == [
        ("", "received", 1, 1),
        (folder, "indexed", 1, 1),
        (folder, "quarantined", 1, 0),
        (folder, "received", 1, 1),
    ]
    assert max(one.changed_at for one in counted) == ledger.document(OTHER).changed_at
    assert [one.moved_from for one in counted if one.state == "quarantined"] == [None]
    assert [one.moved_from for one in counted if one.state == "indexed"] == [
        ledger.document(OTHER).changed_at
    ]


def test_holdings_are_gone_through_by_id_and_say_whether_any_source_wants_them(ledger):
    record(ledger)
    record(ledger, key="b", document_id=OTHER)
    ledger.set_state(OTHER, "indexed", records=3)
    ledger.drop_source("inbox", "广州/表 1.pdf")

    (first,) = ledger.holdings_after("", limit=1)
    (second,) = ledger.holdings_after(first.document_id, limit=9)

    assert (first.document_id, first.state, first.records, first.is_wanted) == (
        DOCUMENT,
        "received",
        0,
        False,
    )
    assert (second.document_id, second.state, second.records, second.is_wanted) == (OTHER, "indexed", 3, True)
    assert ledger.holdings_after(OTHER, limit=9) == ()


def test_documents_are_listed_as_they_came_however_many_are_fetched_at_a_time(ledger, monkeypatch):
    monkeypatch.setattr("shared.runtime.ledger._AT_A_TIME", 2)
    for number in (3, 1, 4, 5, 9):
        record(ledger, key=f"{number}", document_id=f"{number:064d}")

    assert [int(one.document_id) for one in ledger.documents()] == [3, 1, 4, 5, 9]
    assert [int(one.document_id) for one in ledger.documents("received")] == [3, 1, 4, 5, 9]


def test_what_a_service_has_done_is_counted_for_an_hour(ledger):
    for service in ("parse", "ocr", "parse"):
        ledger.begin_attempt("x")
        ledger.end_attempt("x", done_by=service)
    ledger.end_attempt("x")

    done = ledger.work_done(since=now() - timedelta(minutes=2))
    assert {service: one.count for service, one in done.items()} == {"parse": 2, "ocr": 1}
    assert now() - timedelta(minutes=2) < min(one.done_from for one in done.values()) <= now()
    assert ledger.work_done(since=now() + timedelta(minutes=2)) == {}


def test_uploads_that_became_no_document_are_known_by_their_version(ledger):
    at = {"bucket": "inbox", "event": {"version": "7"}}
    ledger.put_quarantine(entry(document_id=None, key="a", **at))
    ledger.put_quarantine(entry(entry_id="q2", key="b", **at))

    assert ledger.refused_versions("inbox", ["a", "b", "c"]) == {"a": "7"}
    assert ledger.refused_versions("elsewhere", ["a"]) == {}

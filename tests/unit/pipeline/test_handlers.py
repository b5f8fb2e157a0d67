"""What ocr, parse and index do with their events."""

import pytest

from services.index.handle import index_document, withdraw_document
from services.ocr.handle import recognise_scans
from services.parse.handle import parse_document
from shared.contracts.artifacts import (
    PAGE,
    READING,
    RECOGNISED,
    SURVEY,
    Survey,
    original_key,
    pages_not_recognised,
    recognised_part,
    recognised_parts,
)
from shared.contracts.errors import DependencyUnavailable, TimeLimitExceeded
from shared.contracts.events import (
    DocumentIdentified,
    DocumentIndexed,
    DocumentParsed,
    DocumentWithdrawn,
    PagesRecognised,
    ScansFound,
)
from shared.contracts.flattening import records_of
from shared.contracts.ledger import Source
from shared.contracts.pages import Page
from shared.contracts.records import Document, Finding
from shared.runtime.bus import subject_of
from shared.runtime.database import open_sqlite
from shared.runtime.ledger import DatabaseLedger
from tests.builders.records import indicator, project, table
from tests.fakes.engines import CrashingReader, FixedReader, fixed_page
from tests.fakes.object_store import MemoryStore
from tests.fakes.search import BruteForceIndex

DOCUMENT = "d" * 64
PARSED = DocumentParsed(document_id=DOCUMENT)
SOURCE = Source(bucket="inbox", key="a.pdf", document_id=DOCUMENT)


def page(number):
    return Page(number, 100, 100, "ocr", "no_text_layer", confidence=0.9)


def document(*tables, findings=()):
    return Document(
        document_id=DOCUMENT,
        file_name="a.pdf",
        media_type="application/pdf",
        size_bytes=1,
        parser_version="1",
        reader_versions={},
        pages=(),
        tables=tables,
        findings=findings,
    )


@pytest.fixture
def store():
    store = MemoryStore()
    store.write(original_key(DOCUMENT), b"bytes")
    return store


@pytest.fixture
def ledger(tmp_path):
    ledger = DatabaseLedger(open_sqlite(tmp_path / "ledger.db"))
    ledger.record_source(SOURCE, file_name="a.pdf", size_bytes=1)
    return ledger


def surveyed(store, media_type="application/pdf", pages=3, **scans):
    survey = Survey(
        document_id=DOCUMENT,
        file_name="a.pdf",
        media_type=media_type,
        size_bytes=1,
        page_count=pages,
        scanned_pages={int(name.removeprefix("page")): reason for name, reason in scans.items()},
        hints={"city": "广州市"},
    )
    SURVEY.save(store, DOCUMENT, survey)


def state(ledger):
    entry = ledger.document(DOCUMENT)
    return entry.state, entry.reason


class TestOcr:
    event = ScansFound(document_id=DOCUMENT, pages=(1, 2))

    def recognise(self, store, ledger, event=None, reader=None):
        return recognise_scans(event or self.event, store=store, ledger=ledger, reader=reader)

    def left(self, store, number, version="double 1"):
        return RECOGNISED.load(store, DOCUMENT, recognised_part(number, version))

    def test_without_an_engine_the_document_waits_and_says_why(self, store, ledger):
        surveyed(store, page1="no_text_layer", page2="garbled_text")

        assert self.recognise(store, ledger) == []
        assert state(ledger) == ("waiting_for_ocr", "garbled_text,no_text_layer")

    def test_pages_are_left_for_parse_and_announced(self, store, ledger):
        surveyed(store, page1="no_text_layer", page2="garbled_text")

        assert self.recognise(store, ledger, reader=FixedReader()) == [PagesRecognised(document_id=DOCUMENT)]
        assert self.left(store, 2) == fixed_page(2, "garbled_text")

    def test_no_page_is_read_twice(self, store, ledger):
        surveyed(store, page1="no_text_layer", page2="no_text_layer")
        reader = FixedReader()

        self.recognise(store, ledger, ScansFound(document_id=DOCUMENT, pages=(1,)), reader)
        self.recognise(store, ledger, self.event, reader)

        assert reader.asked == [1, 2]

    def test_a_newer_engine_reads_again_and_its_reading_is_the_one_used(self, store, ledger):
        surveyed(store, page1="no_text_layer")
        for version in ("double 2", "double 10", "tesseract 5"):
            self.recognise(store, ledger, reader=FixedReader(version))

        parts = recognised_parts(store, SURVEY.load(store, DOCUMENT))

        assert parts == {1: ["1/tesseract-5", "1/double-2", "1/double-10"]}

    def test_pages_that_lie_there_are_announced_without_any_engine(self, store, ledger):
        surveyed(store, page1="no_text_layer", page2="no_text_layer")
        self.recognise(store, ledger, reader=FixedReader())

        assert self.recognise(store, ledger) == [PagesRecognised(document_id=DOCUMENT)]

    def test_a_batch_announces_nothing_while_other_pages_are_missing(self, store, ledger):
        surveyed(store, page1="no_text_layer", page2="no_text_layer")
        batch = ScansFound(document_id=DOCUMENT, pages=(1,))

        assert self.recognise(store, ledger, batch, FixedReader()) == []
        assert self.left(store, 1).number == 1

    def test_many_pages_are_parted_into_batches_that_several_workers_may_take(self, store, ledger):
        surveyed(store, pages=9, **{f"page{number}": "no_text_layer" for number in range(1, 10)})
        reader = FixedReader()

        batches = self.recognise(store, ledger, ScansFound(document_id=DOCUMENT, pages=()), reader)

        assert [batch.pages for batch in batches] == [(1, 2, 3, 4), (5, 6, 7, 8), (9,)]
        assert reader.asked == []
        assert len({subject_of(batch) for batch in batches}) == 3

    def test_a_worker_that_dies_loses_no_page_that_was_done(self, store, ledger):
        surveyed(store, page1="no_text_layer", page2="no_text_layer")

        with pytest.raises(DependencyUnavailable):
            self.recognise(store, ledger, reader=CrashingReader(on=2, fault=DependencyUnavailable("killed")))

        assert self.left(store, 1).number == 1
        assert pages_not_recognised(store, SURVEY.load(store, DOCUMENT)) == (2,)

    def test_a_page_of_many_that_cannot_be_read_is_left_blank_with_its_code(self, store, ledger):
        surveyed(store, page1="no_text_layer", page2="no_text_layer")
        reader = CrashingReader(on=2, fault=TimeLimitExceeded(seconds=1))

        assert self.recognise(store, ledger, reader=reader) == [PagesRecognised(document_id=DOCUMENT)]
        assert (self.left(store, 2).source, self.left(store, 2).reason) == ("none", "time_limit")

    def test_a_document_whose_only_page_cannot_be_read_is_refused(self, store, ledger):
        surveyed(store, pages=1, page1="no_text_layer")

        with pytest.raises(TimeLimitExceeded):
            self.recognise(store, ledger, reader=CrashingReader(on=1, fault=TimeLimitExceeded(seconds=1)))


class TestParse:
    def parse(self, store, ledger, event=None, lay_out=lambda content: ()):
        asked = {}

        def read(content, **named):
            asked.update(named, content=content)
            return document()

        events = parse_document(
            event or DocumentIdentified(document_id=DOCUMENT),
            store=store,
            ledger=ledger,
            read=read,
            lay_out=lay_out,
        )
        assert events == [PARSED]
        return asked

    def test_a_reading_is_left_and_announced(self, store, ledger):
        surveyed(store)

        asked = self.parse(store, ledger)

        assert READING.load(store, DOCUMENT) == document()
        assert state(ledger) == ("parsed", None)
        assert (asked["content"], asked["media_type"], asked["hints"]) == (
            b"bytes",
            "application/pdf",
            {"city": "广州市"},
        )

    def test_recognised_pages_are_handed_to_the_reader_as_far_as_they_are_there(self, store, ledger):
        surveyed(store, page1="no_text_layer", page2="no_text_layer")
        RECOGNISED.save(store, DOCUMENT, page(2), recognised_part(2, "double 1"))

        assert self.parse(store, ledger)["recognised"] == {2: page(2)}

    def test_plain_text_leaves_the_pages_it_is_shown_on(self, store, ledger):
        surveyed(store, media_type="text/plain", pages=0)

        self.parse(store, ledger, lay_out=lambda content, media_type: (page(1), page(2)))

        assert PAGE.load(store, DOCUMENT, "2") == page(2)


class TestIndex:
    full = document(table(project("经费", "1", indicators=(indicator(), indicator("满意度")))))

    def index(self, store, ledger, reading):
        READING.save(store, DOCUMENT, reading)
        engine = BruteForceIndex()
        events = index_document(PARSED, store=store, index=engine, ledger=ledger)
        return events, engine.document_counts().get(DOCUMENT)

    def test_records_can_be_found_and_are_counted(self, store, ledger):
        surveyed(store)

        assert self.index(store, ledger, self.full) == ([DocumentIndexed(document_id=DOCUMENT)], 2)
        assert (state(ledger), ledger.document(DOCUMENT).records) == (("indexed", None), 2)

    def test_a_document_without_indicators_says_why(self, store, ledger):
        surveyed(store)
        finding = Finding(code="no_table", severity="info", message="没有绩效目标表")

        self.index(store, ledger, document(findings=(finding,)))

        assert state(ledger) == ("no_records", "no_table")

    def test_what_could_be_read_of_a_mixed_document_is_found_while_its_scans_wait(self, store, ledger):
        surveyed(store, page2="no_text_layer")

        _, found = self.index(store, ledger, self.full)

        assert found == 2
        assert state(ledger) == ("waiting_for_ocr", "no_text_layer")

    def test_a_document_whose_source_was_removed_meanwhile_is_not_brought_back(self, store, ledger):
        surveyed(store)
        ledger.drop_source("inbox", "a.pdf")

        assert self.index(store, ledger, self.full) == ([], None)
        assert state(ledger) == ("removed", None)

    def test_a_withdrawn_document_is_not_found(self, store, ledger):
        engine = BruteForceIndex()
        engine.replace(DOCUMENT, ())
        ledger.drop_source("inbox", "a.pdf")

        assert withdraw_document(DocumentWithdrawn(document_id=DOCUMENT), index=engine, ledger=ledger) == []
        assert engine.document_counts() == {}
        assert state(ledger) == ("removed", None)

    def test_a_document_that_another_replaced_is_not_found_but_kept_for_citation(self, store, ledger):
        engine = BruteForceIndex()
        engine.replace(DOCUMENT, ())
        newer = Source(bucket="inbox", key="a.pdf", document_id="e" * 64)
        ledger.record_source(newer, file_name="a.pdf", size_bytes=1)

        withdraw_document(DocumentWithdrawn(document_id=DOCUMENT), index=engine, ledger=ledger)

        assert engine.document_counts() == {}
        assert state(ledger) == ("superseded", None)

    def test_a_document_that_was_uploaded_again_is_not_withdrawn(self, store, ledger):
        engine = BruteForceIndex()
        engine.replace(DOCUMENT, records_of(self.full))

        withdraw_document(DocumentWithdrawn(document_id=DOCUMENT), index=engine, ledger=ledger)

        assert DOCUMENT in engine.document_counts()

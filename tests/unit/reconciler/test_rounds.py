"""What a round of the reconciler announces, and what it leaves alone."""

import time
from dataclasses import dataclass
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reconciler.rounds import Patience, Rounds
from services.reconciler.seen import SeenKeys
from services.reconciler.sweep import Sweep
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
from shared.runtime.worker import LedgerQuarantine

DOCUMENT = "d" * 64


@dataclass(frozen=True)
class Upload:
    key: str
    version: str = "1"


class Bucket:
    """Lists in parts of two, in whatever order it was given."""

    def __init__(self, *uploads):
        self.held = list(uploads)

    def uploads(self, *, after, limit):
        keys = [one.key for one in self.held]
        start = keys.index(after) + 1 if after in keys else 0
        found = self.held[start : start + limit]
        yield from (found[at : at + 2] for at in range(0, len(found), 2))


class Queues:
    def __init__(self):
        self.announced, self.bulk, self.lengths = [], [], {}

    def announce(self, event, *, bulk=False):
        self.announced.append(event)
        self.bulk.append(bulk)

    def waiting(self):
        return self.lengths

    def oldest_seconds(self):
        return {}


@pytest.fixture
def ledger(tmp_path):
    return DatabaseLedger(open_sqlite(tmp_path / "ledger.db"))


@pytest.fixture
def queues():
    return Queues()


def rounds(ledger, queues, *uploads, bucket=None, held=None, **patience):
    bucket = bucket or Bucket(*uploads)
    sweep = Sweep(bucket, "uploads", ledger, is_upload=lambda key: not key.endswith("/"))
    return Rounds(sweep, ledger, queues, lambda: iter(sorted((held or {}).items())), Patience(**patience))


def known(ledger, key, version="1", document_id=DOCUMENT):
    source = Source(bucket="uploads", key=key, version=version, document_id=document_id)
    ledger.record_source(source, file_name=key, size_bytes=1)


def test_new_and_changed_uploads_are_announced_whatever_order_the_server_lists_in(ledger, queues):
    known(ledger, "a/b")
    known(ledger, "b", version="old")

    rounds(ledger, queues, Upload("b"), Upload("a/b"), Upload("a-b"), Upload("x/")).compare(with_index=False)

    assert queues.announced == [
        DocumentUploaded(bucket="uploads", key=key, version="1") for key in ("b", "a-b")
    ]


def test_what_was_refused_as_it_is_stays_refused(ledger, queues):
    event = DocumentUploaded(bucket="uploads", key="huge", version="1")
    LedgerQuarantine(ledger).put(event, FileTooLarge(size_bytes=2, limit_bytes=1))

    rounds(ledger, queues, Upload("huge")).compare(with_index=False)

    assert queues.announced == []


def test_what_is_gone_is_told_when_the_whole_bucket_was_seen(ledger, queues):
    for number, key in enumerate("abcde"):
        known(ledger, key, document_id=f"{number:064d}")
    comparing = rounds(ledger, queues, *map(Upload, "ebdc"), listed_at_once=3)

    comparing.compare(with_index=False)
    assert queues.announced == []

    comparing.compare(with_index=False)
    assert queues.announced == [UploadRemoved(bucket="uploads", key="a")]


def test_a_sweep_begins_anew_when_it_has_ended(ledger, queues):
    bucket = Bucket(Upload("a"))
    comparing = rounds(ledger, queues, bucket=bucket)
    comparing.compare(with_index=False)
    known(ledger, "a")
    bucket.held = [Upload("a", "2")]

    comparing.compare(with_index=False)

    assert [event.version for event in queues.announced] == ["1", "2"]


@pytest.mark.parametrize(
    ("state", "event"),
    [
        ("received", DocumentUploaded(bucket="uploads", key="a", version="1")),
        ("parsed", DocumentParsed(document_id=DOCUMENT)),
        ("waiting_for_ocr", ScansFound(document_id=DOCUMENT, pages=())),
    ],
)
def test_what_did_not_move_for_long_is_pushed_once_in_that_time(ledger, queues, state, event):
    known(ledger, "a")
    ledger.set_state(DOCUMENT, state)
    comparing = rounds(ledger, queues, Upload("a"), overdue_seconds=0.5)
    time.sleep(0.6)

    comparing.compare(with_index=False)
    comparing.compare(with_index=False)

    assert queues.announced == [event]


def test_what_waits_in_a_long_queue_is_not_overdue(ledger, queues):
    known(ledger, "a")
    queues.lengths = {"ingest": 5000}

    rounds(ledger, queues, Upload("a"), Upload("b"), overdue_seconds=-1).compare(with_index=False)

    assert queues.announced == []


def test_no_more_is_announced_than_the_queues_have_room_for(ledger, queues):
    told = rounds(ledger, queues, *map(Upload, map(str, range(9))), backlog=4).compare(with_index=False)

    assert len(queues.announced) == told["DocumentUploaded"] == 4


def test_a_few_missed_uploads_are_hurried_and_many_are_not(ledger, queues):
    rounds(ledger, queues, *map(Upload, map(str, range(50)))).compare(with_index=False)

    assert queues.bulk.count(False) == 20


def test_the_index_is_made_to_hold_what_the_ledger_says(ledger, queues):
    known(ledger, "a")
    ledger.set_state(DOCUMENT, "indexed", records=3)
    comparing = rounds(ledger, queues, Upload("a"), held={DOCUMENT: 2, "e" * 64: 1})

    comparing.compare(with_index=True)

    assert queues.announced == [DocumentParsed(document_id=DOCUMENT), DocumentWithdrawn(document_id="e" * 64)]


def test_ledger_and_index_are_paired_document_by_document_however_they_interleave(ledger, queues):
    states = {"1": "indexed", "3": "removed", "5": "received", "7": "indexed", "8": "no_records"}
    for place, state in states.items():
        known(ledger, place, document_id=place * 64)
        ledger.set_state(place * 64, state, records=2)
    held = {place * 64: 2 for place in "012345679"}

    list_of = [Upload(place) for place in states]
    rounds(ledger, queues, *list_of, held=held).compare(with_index=True)

    gone = [DocumentWithdrawn(document_id=place * 64) for place in "02346"]
    missed = [DocumentParsed(document_id="8" * 64)]
    assert queues.announced == [*gone, *missed, DocumentWithdrawn(document_id="9" * 64)]


def test_what_has_no_source_any_more_is_withdrawn_whether_it_is_found_or_not(ledger, queues):
    for place in "12":
        known(ledger, place, document_id=place * 64)
        ledger.set_state(place * 64, "indexed", records=1)
        ledger.drop_source("uploads", place)

    rounds(ledger, queues, held={"1" * 64: 1}).compare(with_index=True)

    assert queues.announced == [DocumentWithdrawn(document_id=place * 64) for place in "12"]


@given(st.lists(st.text(), unique=True), st.integers(min_value=1, max_value=5))
def test_keys_that_were_seen_are_known_and_no_others(keys, loose):
    with mock.patch("services.reconciler.seen._KEPT_LOOSE", loose):
        seen = SeenKeys()
        for key in keys[::2]:
            seen.update([key, key])

        assert [key in seen for key in keys] == [place % 2 == 0 for place in range(len(keys))]

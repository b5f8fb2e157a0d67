"""A home, what is deposited in its inbox, and how uploads are followed."""

import json
import subprocess
import sys

import pytest

from jixiao.archive import open_archive
from jixiao.deposit import hand_over
from jixiao.following import Followed
from jixiao.home import INBOX, Home, HomeBusy
from shared.contracts.errors import DamagedDocument
from shared.contracts.events import DocumentUploaded
from shared.contracts.ledger import Source
from shared.runtime.worker import LedgerQuarantine

DOCUMENT = "d" * 64


@pytest.fixture
def archive(tmp_path):
    return open_archive(Home(tmp_path / "home"))


@pytest.fixture
def outside(tmp_path):
    (tmp_path / "outside").mkdir()
    return tmp_path / "outside"


def put(folder, name, content=b"bytes"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


class TestLock:
    def test_one_process_works_in_a_home_and_others_learn_who(self, tmp_path):
        home = Home(tmp_path)

        with home.locked(command="serve", address="http://127.0.0.1:1"):
            with pytest.raises(HomeBusy) as caught, home.locked():
                pytest.fail("two at once")
            assert caught.value.work["address"] == "http://127.0.0.1:1"
        assert home.worker() is None

    def test_the_lock_goes_with_its_process_however_that_ends(self, tmp_path):
        script = (
            "import os, sys; from pathlib import Path; from jixiao.home import Home\n"
            "with Home(Path(sys.argv[1])).locked(): os.kill(os.getpid(), 9)"
        )
        subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)

        with Home(tmp_path).locked():
            pass


class TestDeposit:
    def test_a_folder_keeps_its_shape(self, archive, outside):
        put(outside, "2026/广州/表.pdf")
        put(outside, "2026/.hidden")

        assert hand_over(archive, [outside / "2026"], {}) == ["2026/广州/表.pdf"]
        assert archive.inbox.read("2026/广州/表.pdf") == b"bytes"
        assert archive.bus.take("ingest").event.key == "2026/广州/表.pdf"

    def test_the_same_file_is_not_copied_again(self, archive, outside):
        file = put(outside, "表.pdf")

        assert hand_over(archive, [file], {}) == hand_over(archive, [file], {}) == ["表.pdf"]
        assert archive.bus.waiting() == {"ingest": 1}

    def test_another_file_of_the_same_name_overwrites_nothing(self, archive, outside):
        first, second = put(outside, "a/表.pdf", b"first"), put(outside, "b/表.pdf", b"second")

        assert hand_over(archive, [first, second], {}) == ["表.pdf", "表 (2).pdf"]
        assert hand_over(archive, [second], {}) == ["表 (2).pdf"]
        assert archive.inbox.read("表.pdf") == b"first"

    def test_a_file_in_the_inbox_stays_where_it_is(self, archive):
        file = put(archive.home.inbox, "2026/表.pdf")

        assert hand_over(archive, [file], {}) == ["2026/表.pdf"]
        assert list(archive.inbox.keys("")) == ["2026/表.pdf"]

    def test_hints_travel_with_the_news(self, archive, outside):
        hand_over(archive, [put(outside, "表.pdf")], {"city": "广州市"})

        assert archive.bus.take("ingest").event.hints == {"city": "广州市"}


class TestFollowing:
    @pytest.fixture
    def ends(self):
        return []

    @pytest.fixture
    def followed(self, archive, ends):
        put(archive.home.inbox, "a.pdf")
        return Followed(archive, ["a.pdf"], ends.append)

    def record(self, archive, version=None):
        version = version or archive.inbox.version("a.pdf")
        source = Source(bucket=INBOX, key="a.pdf", version=version, document_id=DOCUMENT)
        archive.ledger.record_source(source, file_name="a.pdf", size_bytes=5)

    def test_an_upload_ends_when_its_document_does(self, archive, followed, ends):
        self.record(archive)
        archive.ledger.set_state(DOCUMENT, "indexed", records=3)

        assert followed.are_done()
        assert (ends[0].state, ends[0].document.records) == ("indexed", 3)

    def test_an_upload_that_is_worked_on_has_not_ended(self, archive, followed, ends):
        self.record(archive)
        archive.ledger.set_state(DOCUMENT, "indexed")
        archive.bus.announce(DocumentUploaded(bucket=INBOX, key="a.pdf"))

        assert not followed.are_done()
        assert ends == []

    def test_an_upload_that_was_refused_says_why(self, archive, followed, ends):
        event = DocumentUploaded(bucket=INBOX, key="a.pdf", version=archive.inbox.version("a.pdf"))
        LedgerQuarantine(archive.ledger).put(event, DamagedDocument(detail="test"))

        assert followed.are_done()
        assert (ends[0].state, ends[0].refusal.code) == ("quarantined", "damaged")

    def test_a_file_that_was_replaced_while_it_was_followed_is_announced_again(self, archive, followed):
        self.record(archive, version="before")
        archive.ledger.set_state(DOCUMENT, "indexed")

        assert not followed.are_done()
        assert archive.bus.waiting() == {"ingest": 1}

    def test_a_file_that_is_taken_away_has_ended(self, archive, followed, ends):
        archive.inbox.delete("a.pdf")

        assert followed.are_done()
        assert ends[0].state == "removed"


def test_documents_are_found_by_name_or_by_the_beginning_of_their_hash(archive):
    source = Source(bucket=INBOX, key="表.pdf", document_id=DOCUMENT)
    archive.ledger.record_source(source, file_name="表.pdf", size_bytes=5)

    assert archive.documents_named("表.pdf") == archive.documents_named("DDDD")
    assert archive.documents_named("ddd") == archive.documents_named("其他") == []
    assert json.loads(archive.documents_named("dddd")[0].model_dump_json())["document_id"] == DOCUMENT

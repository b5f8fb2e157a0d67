"""The inbox: a folder whose files are uploads."""

import os
from pathlib import Path

import pytest

from jixiao.home import INBOX
from jixiao.inbox import InboxWatch, Settling, is_upload, list_uploads
from shared.contracts.events import DocumentUploaded, UploadRemoved
from shared.contracts.ledger import Source
from shared.runtime.database import open_sqlite
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.object_store import version_of
from tests.builders.command import wait_for

NOW = 1_000_000.0


def status(size=10, changed=NOW):
    moment = int(changed)
    return os.stat_result((0o100644, 0, 0, 1, 0, 0, size, moment, moment, moment))


class TestSettling:
    def test_a_file_that_was_changed_long_ago_is_settled_at_once(self):
        assert Settling(1).settled({"a": status(changed=NOW - 60)}, clock=NOW, moment=0) != {}

    def test_a_file_that_was_just_changed_must_stay_as_it_is_for_a_while(self):
        settling = Settling(1)

        assert settling.settled({"a": status()}, clock=NOW, moment=0) == {}
        assert settling.waiting == ("a",)
        assert settling.settled({"a": status()}, clock=NOW + 0.5, moment=0.5) == {}
        assert settling.settled({"a": status()}, clock=NOW + 1, moment=1) != {}
        assert settling.waiting == ()

    def test_a_file_that_grows_is_waited_for_from_its_last_change(self):
        settling = Settling(10)
        settling.settled({"a": status(10)}, clock=NOW, moment=0)
        settling.settled({"a": status(20, NOW + 9)}, clock=NOW + 9, moment=9)

        assert settling.settled({"a": status(20, NOW + 9)}, clock=NOW + 15, moment=15) == {}
        assert settling.settled({"a": status(20, NOW + 9)}, clock=NOW + 19, moment=19) != {}

    def test_a_file_from_the_future_settles_too(self):
        settling = Settling(1)
        settling.settled({"a": status(changed=NOW + 9999)}, clock=NOW, moment=0)

        assert settling.settled({"a": status(changed=NOW + 9999)}, clock=NOW + 1, moment=1) != {}


@pytest.mark.parametrize(
    "key", [".DS_Store", "2026/.hidden/a.pdf", "~$预算.docx", "a.pdf.crdownload", "b.part", ".partial/x"]
)
def test_what_a_system_leaves_in_a_folder_is_no_upload(key):
    assert not is_upload(key)


def test_uploads_are_listed_by_key(tmp_path):
    for key in ("2026/广州/表 1.pdf", "a.txt", ".partial/half"):
        (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / key).write_bytes(b"x")

    assert list(list_uploads(tmp_path)) == ["2026/广州/表 1.pdf", "a.txt"]


class TestWatch:
    @pytest.fixture
    def ledger(self, tmp_path):
        return DatabaseLedger(open_sqlite(tmp_path / "ledger.db"))

    @pytest.fixture
    def folder(self, tmp_path):
        (tmp_path / INBOX).mkdir()
        return tmp_path / INBOX

    @pytest.fixture
    def announced(self):
        return []

    @pytest.fixture
    def watch(self, folder, announced, ledger):
        return InboxWatch(folder, announce=announced.append, ledger=ledger)

    def put(self, folder, key, age_seconds=60):
        path = folder / key
        path.write_bytes(b"x")
        os.utime(path, (path.stat().st_mtime - age_seconds,) * 2)
        return path

    def known(self, ledger, key, version):
        source = Source(bucket=INBOX, key=key, version=version, document_id="d" * 64)
        ledger.record_source(source, file_name=key, size_bytes=1)

    def test_a_file_nobody_looked_at_is_announced_with_its_version(self, watch, folder, announced):
        path = self.put(folder, "a.pdf")

        watch.rescan()

        version = version_of(path.stat())
        assert announced == [DocumentUploaded(bucket=INBOX, key="a.pdf", version=version)]

    def test_a_file_that_was_looked_at_is_not_announced_again(self, watch, folder, announced, ledger):
        path = self.put(folder, "a.pdf")
        self.known(ledger, "a.pdf", version_of(path.stat()))

        watch.rescan()
        watch.look_at([path])

        assert announced == []

    def test_a_file_that_is_gone_is_announced_as_removed(self, watch, announced, ledger):
        self.known(ledger, "a.pdf", "1")

        watch.rescan()

        assert announced == [UploadRemoved(bucket=INBOX, key="a.pdf")]

    def test_a_change_is_looked_at_without_listing_the_folder(self, watch, folder, announced):
        self.put(folder, "other.pdf")
        path = self.put(folder, "a.pdf")

        watch.look_at([path])
        path.unlink()
        watch.look_at([path])

        assert [(type(event).__name__, event.key) for event in announced] == [
            ("DocumentUploaded", "a.pdf"),
            ("UploadRemoved", "a.pdf"),
        ]

    def test_a_file_that_is_being_written_is_looked_at_again_until_it_is_settled(
        self, watch, folder, announced
    ):
        path = self.put(folder, "a.pdf", age_seconds=0)
        watch.look_at([path])
        assert announced == []

        os.utime(path, (path.stat().st_mtime - 60,) * 2)
        watch.look_at([])

        assert [event.key for event in announced] == ["a.pdf"]

    @pytest.mark.parametrize("name", [INBOX, "linked"])
    def test_drops_are_noticed_in_a_folder_named_from_here_or_by_a_link(
        self, folder, announced, ledger, monkeypatch, name
    ):
        (folder.parent / "linked").symlink_to(folder)
        monkeypatch.chdir(folder.parent)
        watch = InboxWatch(Path(name), announce=announced.append, ledger=ledger)
        watch.start()
        try:
            for number in (1, 2, 3):  # the first may be met when the folder is looked through at the start
                self.put(folder, f"{number}.pdf")
                wait_for(lambda number=number: len(announced) == number, seconds=10)
        finally:
            watch.stop()

        assert [event.key for event in announced] == ["1.pdf", "2.pdf", "3.pdf"]

"""The status page and its JSON: batches and stages, with pace and time left."""

from pathlib import Path

import pytest

from services.search.overview.progress import ProgressBoard
from services.search.overview.progress_pages import duration
from shared.contracts.errors import DependencyUnavailable
from shared.contracts.ledger import Source
from tests.builders.web import WebArchive


@pytest.fixture
def archive(tmp_path: Path) -> WebArchive:
    return WebArchive(tmp_path)


def put(archive: WebArchive, folder: str, count: int, *, ended: int = 0) -> None:
    for number in range(count):
        document_id = f"{folder}{number}".encode().hex().zfill(64)
        source = Source(bucket="inbox", key=f"{folder}{number}.pdf", document_id=document_id)
        archive.ledger.record_source(source, file_name=f"{number}.pdf", size_bytes=1)
        if number < ended:
            archive.ledger.set_state(document_id, "indexed", records=1)


def queues_hold(archive: WebArchive, **lengths: int) -> None:
    archive.app.state.progress = ProgressBoard(archive.ledger, lambda: lengths)


def test_each_batch_is_told_with_states_pace_and_time_left_those_at_work_first(archive: WebArchive) -> None:
    put(archive, "2026/教育局/", 4, ended=1)
    put(archive, "2025/", 2, ended=2)

    at_work, done = archive.client.get("/api/progress").json()["batches"]

    assert (at_work["folder"], at_work["ended"], at_work["documents"]) == ("2026/教育局/", 1, 4)
    assert at_work["states"] == {"indexed": 1, "received": 3}
    assert at_work["pace"] == {"an_hour": 180, "seconds_left": 60}
    assert (done["folder"], done["pace"]["seconds_left"]) == ("2025/", None)


def test_each_stage_is_told_with_what_waits_for_it(archive: WebArchive) -> None:
    archive.ledger.end_attempt("x", done_by="parse")
    queues_hold(archive, parse=40)

    stages = archive.client.get("/api/progress").json()["stages"]

    assert [stage["service"] for stage in stages] == ["ingest", "ocr", "parse", "index"]
    assert [stage["waiting"] for stage in stages] == [0, 0, 40, 0]
    assert stages[2]["pace"]["an_hour"] > 0
    assert stages[2]["pace"]["seconds_left"] > 0


def test_queues_that_do_not_answer_leave_a_question_and_the_rest_is_told(archive: WebArchive) -> None:
    def silence() -> dict[str, int]:
        raise DependencyUnavailable("broker")

    put(archive, "甲/", 1, ended=1)
    archive.app.state.progress = ProgressBoard(archive.ledger, silence)

    assert [stage["waiting"] for stage in archive.client.get("/api/progress").json()["stages"]] == [None] * 4
    page = archive.client.get("/status").text
    assert "队列没有回答" in page
    assert "甲/" in page


def test_batches_are_paged(archive: WebArchive) -> None:
    for number in range(102):
        put(archive, f"批{number:03d}/", 1)

    first, last = (archive.client.get("/api/progress", {"offset": n, "size": 100}).json() for n in (0, 100))

    assert (len(first["batches"]), first["next"], len(last["batches"]), last["next"]) == (100, 100, 2, None)
    assert 'href="/status?page=2"' in archive.client.get("/status").text
    assert archive.client.get("/status", {"page": 2}).text.count("<progress") == 2


def test_the_page_needs_no_key_and_looks_again_without_scripts(archive: WebArchive) -> None:
    put(archive, "甲/", 1)

    page = archive.client.get("/status")

    assert page.status_code == 200
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page.text
    assert '<a href="/status" aria-current="page">进度</a>' in page.text
    assert "<script>" not in page.text


def test_who_looks_again_and_again_does_not_keep_the_ledger_busy(archive: WebArchive) -> None:
    board = ProgressBoard(archive.ledger)

    before = board.look()
    put(archive, "甲/", 1)

    assert board.look() is before


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(3, "不到 1 分钟"), (60, "1 分钟"), (600, "10 分钟"), (5400, "1.5 小时"), (129600, "1.5 天")],
)
def test_time_left_is_told_no_more_exactly_than_it_is_known(seconds: float, said: str) -> None:
    assert duration(seconds) == said

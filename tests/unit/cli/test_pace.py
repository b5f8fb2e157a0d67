"""What ``jixiao status`` says of pace and time left."""

import json
from datetime import timedelta

import pytest
from typer.testing import CliRunner

from jixiao.archive import open_archive
from jixiao.command_line import app
from jixiao.home import Home
from shared.contracts.ledger import Source
from shared.runtime.database import now
from shared.runtime.progress import batches_of, pace_of, stages_of


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.delenv("JIXIAO_DATABASE_URL", raising=False)
    return open_archive(Home(tmp_path))


def put(archive, count, *, folder="", ended=0):
    for number in range(count):
        name = f"{folder}{number}"
        source = Source(bucket="inbox", key=name, document_id=name.encode().hex().zfill(64))
        archive.ledger.record_source(source, file_name=name, size_bytes=1)
        if number < ended:
            archive.ledger.set_state(source.document_id, "indexed", records=1)


def test_what_ended_of_late_tells_how_long_the_rest_takes(archive):
    put(archive, 30, ended=20)

    pace = pace_of(archive.ledger, moment=now())

    assert pace.an_hour == 120
    assert pace.seconds_left == 300


@pytest.mark.parametrize(("count", "ended"), [(3, 0), (3, 3), (0, 0)])
def test_nothing_is_foretold_where_nothing_moves_or_nothing_is_left(archive, count, ended):
    put(archive, count, ended=ended)

    assert pace_of(archive.ledger, moment=now()).seconds_left is None


def test_what_ended_long_ago_says_nothing_of_the_pace(archive):
    put(archive, 3, ended=2)

    assert pace_of(archive.ledger, moment=now() + timedelta(hours=1)).an_hour == 0


def test_status_tells_of_each_batch(archive):
    put(archive, 2, folder="2026/教育局/", ended=1)

    told = CliRunner().invoke(app, ["--home", str(archive.home.folder), "status", "--batches"]).output
    counted = CliRunner().invoke(app, ["--home", str(archive.home.folder), "status", "--batches", "--json"])

    assert "1/2  2026/教育局/" in told
    assert "180 份/小时 an hour，约剩 left: 1 分钟 minutes" in told
    (batch,) = json.loads(counted.output)
    assert batch["states"] == {"received": 1, "indexed": 1}
    assert batch["pace"] == {"an_hour": 180, "seconds_left": 20}


def test_a_stage_has_its_own_pace_and_nothing_is_foretold_of_a_queue_that_does_not_answer(archive):
    for number in range(20):
        archive.ledger.end_attempt(str(number), done_by="parse")

    began = archive.ledger.work_done(since=now() - timedelta(minutes=5))["parse"].done_from
    moment = began + timedelta(minutes=10)
    stages = stages_of(archive.ledger, {"parse": 40}, moment=moment)
    silent = stages_of(archive.ledger, None, moment=moment)

    assert [stage.service for stage in stages] == ["ingest", "ocr", "parse", "index"]
    assert [stage.waiting for stage in stages] == [0, 0, 40, 0]
    assert stages[2].pace.model_dump() == {"an_hour": 120, "seconds_left": 1200}
    assert [(one.waiting, one.pace.seconds_left) for one in silent] == [(None, None)] * 4


def test_a_batch_that_has_just_begun_is_not_reckoned_over_the_time_before_it(archive):
    put(archive, 30, folder="新/", ended=10)

    (batch,) = batches_of(archive.ledger, moment=now() + timedelta(seconds=60))

    assert 595 <= batch.pace.an_hour <= 600
    assert 120 <= batch.pace.seconds_left <= 121

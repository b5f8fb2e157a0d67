"""The command line on real servers: the settings name them, nothing else is different."""

import json
import os
import subprocess
import sys

import pytest

from samples.__main__ import make_samples
from tests.builders.command import wait_for
from tests.builders.installation import LISTENER, Installation, Servers, minio_that_tells
from tests.builders.workers import ROOT

PAPER = "文旅局2026年项目支出绩效目标表.pdf"
OTHER = "水务局2026年部门预算.pdf"
REFUSED = "下载失败的预算.pdf"


@pytest.fixture(scope="module")
def installation(valkey, postgres, elasticsearch, tmp_path_factory):
    drawn = tmp_path_factory.mktemp("drawn")
    make_samples(drawn / "samples", drawn / "truths")
    with minio_that_tells() as (store, port):
        servers = Servers(store, valkey, postgres, elasticsearch, port, LISTENER)
        with Installation(servers).running() as installation:
            for name in (PAPER, OTHER, REFUSED):
                installation.put(f"2026 年/{name}", (drawn / "samples" / name).read_bytes())
            installation.wait_until_all_ended(3)
            yield installation


def run(installation, *arguments, **more):
    environment = {**os.environ, **installation.environment, **more}
    command = [sys.executable, "-m", "jixiao", *arguments]
    return subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=90
    )


def document(installation, name):
    return next((entry for entry in installation.ledger.documents() if entry.file_name == name), None)


def test_status_counts_documents_and_what_waits(installation):
    told = json.loads(run(installation, "status", "--json").stdout)

    assert told["documents"] == dict(installation.ledger.counts())
    assert told["to_do"] == {}


def test_status_tells_what_became_of_one_document(installation):
    told = run(installation, "status", PAPER).stdout

    assert document(installation, PAPER).document_id in told
    assert f"2026 年/{PAPER}" in told
    assert "可检索" in told


def test_an_unknown_document_is_said_to_be_unknown(installation):
    assert run(installation, "status", "没有.pdf").returncode == 1


def test_no_command_tells_a_secret(installation):
    secrets = {installation.servers.store.secret_key, installation.environment["JIXIAO_WEBHOOK_TOKEN"]}

    for arguments in (["status"], ["status", PAPER], ["doctor"], ["quarantine", "list"]):
        answer = run(installation, *arguments)
        assert not any(secret in answer.stdout + answer.stderr for secret in secrets)


def test_what_was_refused_is_listed_explained_and_tried_again(installation):
    (before,) = installation.ledger.quarantined()
    assert REFUSED in run(installation, "quarantine", "list").stdout
    assert before.advice in run(installation, "quarantine", "show", REFUSED).stdout

    replayed = run(installation, "quarantine", "replay", REFUSED)

    assert replayed.returncode == 0, replayed.stderr
    wait_for(lambda: any(e.quarantined_at > before.quarantined_at for e in installation.ledger.quarantined()))


def test_doctor_finds_all_servers_well(installation):
    answer = run(installation, "doctor")

    assert answer.returncode == 0, answer.stderr
    assert answer.stderr.count("✓") == 5


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ({"JIXIAO_S3_SECRET_KEY": "wrong"}, "uploads"),
        ({"JIXIAO_BROKER_URL": "redis://127.0.0.1:1/0"}, "queues"),
        ({"JIXIAO_INDEX_URL": "http://127.0.0.1:1"}, "index"),
        ({"JIXIAO_DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/none"}, "ledger"),
    ],
)
def test_doctor_says_which_server_is_not_well(installation, broken, name):
    answer = run(installation, "doctor", **broken)

    unwell = [line for line in answer.stderr.splitlines() if line.startswith("✗")]
    assert answer.returncode == 4
    assert any(name in line for line in unwell)
    assert "Traceback" not in answer.stderr


def test_a_forgotten_document_is_gone_everywhere(installation):
    gone = document(installation, OTHER).document_id

    answer = run(installation, "forget", OTHER, "--yes")

    assert answer.returncode == 0, answer.stderr
    assert document(installation, OTHER) is None
    assert not any(gone in line for line in installation.records())
    for bucket in (installation.uploads, "archive"):
        names = [one.object_name for one in installation.bucket.list_objects(bucket, recursive=True)]
        assert not any(gone in name or OTHER in name for name in names)
    assert document(installation, PAPER)


def test_a_server_that_is_away_is_no_traceback(installation):
    answer = run(installation, "status", JIXIAO_BROKER_URL="redis://127.0.0.1:1/0")

    assert answer.returncode == 4
    assert "Traceback" not in answer.stderr


def test_a_new_version_supersedes_the_old_one_which_can_still_be_read(installation):
    key, before = f"2026 年/{PAPER}", document(installation, PAPER).document_id
    content = installation.bucket.get_object(installation.uploads, key).read()

    installation.put(key, content + b"\n%a later version\n")

    wait_for(lambda: installation.ledger.document(before).state == "superseded")
    after = installation.ledger.successor(before)
    wait_for(lambda: installation.ledger.document(after).state == "indexed")
    assert not any(before in line for line in installation.records())
    kept = [one.object_name for one in installation.bucket.list_objects("archive", recursive=True)]
    assert any(before in name for name in kept)
    assert "已被新版本取代" in run(installation, "status", before[:12]).stdout

"""Every service on real servers tells Prometheus what the dashboard and the alerts ask for."""

import json
import re
import sys
import time
from contextlib import contextmanager, suppress
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from samples.__main__ import make_samples
from tests.builders.command import wait_for
from tests.builders.installation import LISTENER, STAGES, Installation, Servers, minio_that_tells
from tests.builders.workers import Service
from tests.servers.process import free_port
from tests.unit.runtime.test_metrics import DEPLOY

PAPER = "文旅局2026年项目支出绩效目标表.pdf"
SCAN = "城管局2024年项目支出绩效目标表（扫描件）.pdf"


@pytest.fixture(scope="module")
def installation(valkey, postgres, elasticsearch, tmp_path_factory):
    """An installation that has read a paper and a scan, and refused a file that is none."""
    drawn = tmp_path_factory.mktemp("drawn")
    make_samples(drawn / "samples", drawn / "truths")
    with minio_that_tells() as (store, port):
        servers = Servers(store, valkey, postgres, elasticsearch, port, LISTENER)
        with_ocr = {"JIXIAO_OCR_ENGINE": "auto", "JIXIAO_TASK_SECONDS": "120"}  # a busy machine reads slowly
        with Installation(servers, more=with_ocr, with_metrics=True).running() as installation:
            for name in (PAPER, SCAN):
                installation.put(name, (drawn / "samples" / name).read_bytes())
            installation.put("不是文件.pdf", b"\0\1\2 nothing that anybody could read")
            installation.wait_until_all_ended(3, seconds=240)
            time.sleep(float(installation.environment["JIXIAO_RECONCILER_EVERY_SECONDS"]) * 2)
            with searching(installation) as installation.search_port:
                yield installation


@contextmanager
def searching(installation):
    """Start the search service on a port of its own, and ask it a few things."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "services.search.start:open_app"]
    where = ["--host", "127.0.0.1", "--port", str(port)]
    with Service([*command, *where], installation.environment_of("search"), ready="startup complete"):
        for path in ("/api/search?q=1", "/api/search?q=(", "/status", "/api/documents/nobody"):
            with suppress(HTTPError):
                urlopen(f"http://127.0.0.1:{port}{path}", timeout=30).close()
        yield port


def figures(installation, service):
    with urlopen(f"http://127.0.0.1:{installation.metrics_ports[service]}/metrics", timeout=10) as answer:
        families = list(text_string_to_metric_families(answer.read().decode()))
    return [sample for family in families for sample in family.samples]


def total(samples, name, **labels):
    found = [one.value for one in samples if one.name == name and labels.items() <= one.labels.items()]
    assert found, f"{name} {labels} is not told"
    return sum(found)


@pytest.mark.parametrize("stage", STAGES)
def test_a_worker_tells_how_long_its_children_worked_and_how_that_ended(installation, stage):
    told = figures(installation, stage)

    assert total(told, "jixiao_task_seconds_count", service=stage, outcome="done") > 0
    assert total(told, "jixiao_task_seconds_sum", service=stage) > 0


@pytest.mark.parametrize("stage", ["parse", "ocr"])
def test_who_reads_pages_counts_them(installation, stage):
    assert total(figures(installation, stage), "jixiao_pages_total", service=stage) > 0


def test_refusals_are_counted_by_code_each_time_that_the_queue_delivers_them(installation):
    (refused,) = installation.ledger.quarantined()

    assert total(figures(installation, refused.stage), "jixiao_quarantined_total", code=refused.code) >= 1


def test_the_webhook_counts_what_it_was_told(installation):
    assert total(figures(installation, "webhook"), "jixiao_notifications_total", answer="taken") >= 3


def test_search_tells_how_its_answers_ended_and_never_what_was_asked(installation):
    told = figures(installation, "search")
    counted, searched = "jixiao_request_seconds_count", {"route": "/api/search"}

    assert total(told, counted, outcome="done", **searched) == 1
    assert total(told, counted, outcome="refused", **searched) == 1
    assert total(told, counted, outcome="refused", route="/api/documents/{document_id}") == 1
    assert total(told, "jixiao_request_seconds_sum", **searched) > 0


def test_the_status_page_of_servers_knows_what_every_stage_has_done_and_what_waits(installation):
    with urlopen(f"http://127.0.0.1:{installation.search_port}/api/progress", timeout=30) as answer:
        told = json.load(answer)

    assert [stage["waiting"] for stage in told["stages"]] == [0] * len(STAGES)
    assert all(stage["pace"]["an_hour"] > 0 for stage in told["stages"])
    assert [(batch["documents"], batch["ended"]) for batch in told["batches"]] == [(3, 3)]


def test_the_reconciler_tells_of_documents_queues_and_differences(installation):
    told = figures(installation, "reconciler")

    assert total(told, "jixiao_documents", state="indexed") == 2
    for stage in STAGES:
        assert total(told, "jixiao_waiting_events", service=stage) == 0
        assert total(told, "jixiao_oldest_waiting_seconds", service=stage) == 0
    for pair in ("bucket-ledger", "ledger-index"):
        assert total(told, "jixiao_difference", between=pair) == 0
    assert time.time() - total(told, "jixiao_round_timestamp_seconds") < 30


@pytest.mark.parametrize("path", ["grafana/jixiao.json", "prometheus/alerts.yml"])
def test_all_that_dashboard_and_alerts_ask_for_is_really_told(installation, path):
    asked = set(re.findall(r"\bjixiao_\w+", (DEPLOY / path).read_text()))
    told = {one.name for service in installation.metrics_ports for one in figures(installation, service)}

    assert asked
    assert asked <= told


def test_what_waits_long_is_told_with_its_age(installation):
    installation.services["parse"].kill()
    try:
        installation.put("又一份.txt", "项目支出绩效目标表\n".encode())
        aged = "jixiao_oldest_waiting_seconds"
        wait_for(lambda: total(figures(installation, "reconciler"), aged, service="parse") > 2)
    finally:
        installation.services["parse"].start()

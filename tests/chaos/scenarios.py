"""What may go wrong. Each puts a batch into the bucket and disturbs; nobody cleans up afterwards."""

import shutil
import threading
import time
from urllib.request import Request, urlopen

import pytest
from minio.error import S3Error

from shared.contracts.events import ScansFound
from shared.runtime.bus import subject_of
from tests.builders.command import wait_for
from tests.builders.installation import WORD
from tests.builders.notifications import notification, record
from tests.builders.workers import Service
from tests.chaos.trial import document_id

SCAN_ENDS = "扫描件.pdf"


def a_child_is_killed(trial, stage):
    trial.put_all()
    for _ in range(3):
        wait_for(lambda: trial.installation.services[stage].children())
        time.sleep(trial.chance.uniform(0.1, 0.8))
        trial.installation.kill_child(stage)


def a_worker_is_killed(trial, stage):
    trial.put_all()
    time.sleep(trial.chance.uniform(0.3, 1.0))
    trial.installation.restart(stage)


def work_on_the_scan(trial):
    scan = next(content for key, content in trial.files.items() if key.endswith(SCAN_ENDS))
    return f"ScansFound:{subject_of(ScansFound(document_id=document_id(scan), pages=(1,)))}"


def a_child_is_killed_that_recognises(trial):
    trial.put_all()
    for begun in (1, 2):
        wait_for(lambda begun=begun: trial.installation.attempts(work_on_the_scan(trial)) >= begun)
        time.sleep(trial.chance.uniform(0.1, 0.6))
        trial.installation.kill_child("ocr")


def a_worker_is_killed_that_recognises(trial):
    trial.put_all()
    wait_for(lambda: trial.installation.attempts(work_on_the_scan(trial)))
    time.sleep(trial.chance.uniform(0.1, 0.6))
    trial.installation.restart("ocr")


def half_of_each_bulk_is_refused(trial):
    before = trial.proxy.refused
    with trial.proxy.refusing():
        trial.put_all()
        wait_for(lambda: trial.proxy.refused > before)
        time.sleep(5)


def the_disk_is_full(trial):
    if trial.disk is None:
        pytest.skip("a small disk cannot be mounted here")
    trial.put_all()
    time.sleep(0.3)
    trial.disk.fill()
    late = next(iter(trial.files))
    with pytest.raises(S3Error, match="XMinioStorageFull"):
        trial.installation.put(late, bytes(200_000))
    time.sleep(5)
    trial.disk.empty()
    wait_for(lambda: is_taken(trial, late))


def is_taken(trial, key):
    """Try again what was refused, as its uploader would."""
    try:
        trial.installation.put(key, trial.files[key])
    except S3Error:
        return False
    return True


def the_queues_are_emptied(trial):
    trial.put_all()
    time.sleep(1)
    with trial.installation.bus._app.connection_for_write() as connection:
        connection.default_channel.client.flushall()


def the_broker_loses_its_data(trial):
    broker = trial.installation.servers.broker.process
    trial.put_all()
    time.sleep(0.5)
    broker.kill()
    shutil.rmtree(broker.folder / "appendonlydir", ignore_errors=True)
    time.sleep(2)
    broker.start()


def the_broker_hangs(trial):
    broker = trial.installation.servers.broker.process
    trial.put_all()
    broker.pause()
    time.sleep(5)
    broker.resume()


def the_search_engine_is_down(trial):
    engine = trial.installation.servers.search.process
    engine.kill()
    trial.put_all()
    time.sleep(5)
    engine.start()


def the_object_store_is_down(trial):
    store = trial.installation.servers.store.process
    trial.put_all()
    time.sleep(0.5)
    store.kill()
    time.sleep(5)
    store.start()


def the_database_restarts(trial):
    database = trial.installation.servers.database.process
    trial.put_all()
    time.sleep(1)
    database.kill()
    time.sleep(2)
    database.start()


def notifications_are_lost(trial):
    trial.installation.bucket.delete_bucket_notification(trial.installation.uploads)
    trial.put_all()


def notifications_are_doubled_and_shuffled(trial):
    trial.installation.bucket.delete_bucket_notification(trial.installation.uploads)
    trial.put_all()
    told = [record(key, bucket=trial.installation.uploads, etag="old") for key in trial.files] * 3
    gone = [
        record(key, bucket=trial.installation.uploads, event="s3:ObjectRemoved:Delete") for key in trial.files
    ]
    told += gone
    trial.chance.shuffle(told)
    for one in told:
        tell(trial, notification(one))


def tell(trial, body):
    url = f"http://127.0.0.1:{trial.installation.servers.webhook_port}/notifications"
    with urlopen(Request(url, body, {"Authorization": f"Bearer {WORD}"}), timeout=10) as answer:
        assert answer.status == 204


def a_document_kills_its_worker_each_time(trial):
    poison = next(key for key in trial.files if key.endswith(".pdf"))
    trial.expect(poison, "quarantined")
    work = f"DocumentIdentified:{document_id(trial.files[poison])}"
    with assassin(trial, work):
        trial.put_all()
        wait_for(lambda: trial.state_of(poison) == "quarantined", seconds=60)


class assassin:  # noqa: N801 (reads as a sentence where it is used)
    """Kills the children of parse whenever an attempt at some work begins."""

    def __init__(self, trial, work):
        self._trial, self._work, self._stopping = trial, work, threading.Event()

    def __enter__(self):
        self._thread = threading.Thread(target=self._lurk, daemon=True)
        self._thread.start()

    def __exit__(self, *_):
        self._stopping.set()
        self._thread.join()

    def _lurk(self):
        killed = 0
        while not self._stopping.wait(0.01):
            begun = self._trial.installation.attempts(self._work)
            if begun > killed:
                killed = begun
                self._trial.installation.kill_child("parse")


def two_reconcilers_compare_at_once(trial):
    first = trial.installation.services["reconciler"]
    with Service(first._command, trial.installation.environment, ready="round_done"):
        trial.installation.bucket.delete_bucket_notification(trial.installation.uploads)
        trial.put_all()
        wait_for(trial.is_healed)


def an_upload_is_overwritten_while_it_is_read(trial):
    first, second = sorted(trial.files)[:2]
    trial.installation.put(second, trial.files[first])
    wait_for(lambda: trial.state_of(first), seconds=60)
    trial.installation.put(second, trial.files[second])
    trial.put_all()


def everything_is_restarted_at_once(trial):
    trial.put_all()
    for service in trial.installation.services.values():
        service.kill()
    for service in trial.installation.services.values():
        service.start()


SCENARIOS = {
    "child-ingest": lambda trial: a_child_is_killed(trial, "ingest"),
    "child-parse": lambda trial: a_child_is_killed(trial, "parse"),
    "child-index": lambda trial: a_child_is_killed(trial, "index"),
    "worker-ingest": lambda trial: a_worker_is_killed(trial, "ingest"),
    "worker-parse": lambda trial: a_worker_is_killed(trial, "parse"),
    "worker-index": lambda trial: a_worker_is_killed(trial, "index"),
    "child-ocr": a_child_is_killed_that_recognises,
    "worker-ocr": a_worker_is_killed_that_recognises,
    "half-bulk-refused": half_of_each_bulk_is_refused,
    "disk-full": the_disk_is_full,
    "queues-emptied": the_queues_are_emptied,
    "broker-loses-data": the_broker_loses_its_data,
    "broker-hangs": the_broker_hangs,
    "search-down": the_search_engine_is_down,
    "store-down": the_object_store_is_down,
    "database-restarts": the_database_restarts,
    "notifications-lost": notifications_are_lost,
    "notifications-shuffled": notifications_are_doubled_and_shuffled,
    "poison": a_document_kills_its_worker_each_time,
    "two-reconcilers": two_reconcilers_compare_at_once,
    "overwritten": an_upload_is_overwritten_while_it_is_read,
    "all-restarted": everything_is_restarted_at_once,
}

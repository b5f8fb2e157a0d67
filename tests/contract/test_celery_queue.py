"""What the bus of one machine promises to handlers, the queues on a real Valkey promise too."""

import pytest

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.events import DocumentIdentified, DocumentIndexed, DocumentUploaded
from shared.contracts.ledger import Source
from shared.runtime.bus import DurableBus
from shared.runtime.celery_queue import CeleryBus, celery_app
from shared.runtime.crew import Crew
from shared.runtime.database import open_postgres, open_sqlite
from shared.runtime.ledger import DatabaseLedger
from shared.runtime.server_settings import BrokerSettings, TaskSettings
from tests.builders.command import wait_for
from tests.builders.databases import new_database
from tests.builders.workers import celery_worker
from tests.fakes import celery_service
from tests.servers.process import free_port


class Queue:
    """A bus, its ledger and what the handler noted, whoever works."""

    def __init__(self, bus, ledger, notes):
        self.bus, self.ledger, self._notes = bus, ledger, notes

    def announce(self, kind, number=1, **more):
        """Announce a document that behaves as ``kind`` says."""
        document_id = f"{kind}{number:063d}"
        source = Source(bucket="inbox", key=document_id, document_id=document_id)
        self.ledger.record_source(source, file_name="a.pdf", size_bytes=1)
        self.bus.announce(DocumentIdentified(document_id=document_id), **more)
        return document_id

    def notes(self, what=""):
        return [line for line in self._notes.read_text().splitlines() if line.startswith(what)]

    def wait_for_follow_ups(self, count):
        wait_for(lambda: self.bus.waiting().get("index", 0) >= count)

    def wait_for_quarantine(self):
        return wait_for(lambda: list(self.ledger.quarantined()), seconds=60)


@pytest.fixture(scope="module")
def celery(valkey, postgres, tmp_path_factory):
    url, notes = new_database(postgres.url), tmp_path_factory.mktemp("celery") / "notes"
    environment = {
        "JIXIAO_BROKER_URL": valkey.url,
        "JIXIAO_DATABASE_URL": url,
        "NOTES": str(notes),
        "JIXIAO_TASK_SECONDS": "4",
        "JIXIAO_TASK_MARGIN_SECONDS": "1",
    }
    tasks = TaskSettings(seconds=4, margin_seconds=1)
    bus = CeleryBus(celery_app(BrokerSettings(url=valkey.url), tasks))
    engine = open_postgres(url)
    children = 2
    with celery_worker("tests.fakes.celery_service", environment, children=children) as worker:
        queue = Queue(bus, DatabaseLedger(engine), notes)
        queue.worker, queue.children = worker, children
        yield queue
    engine.dispose()


@pytest.fixture
def at_home(tmp_path, monkeypatch):
    engine = open_sqlite(tmp_path / "ledger.db")
    notes = tmp_path / "notes"
    monkeypatch.setattr(celery_service, "NOTES", notes)
    bus, ledger = DurableBus(engine), DatabaseLedger(engine)
    crew = Crew(bus, {DocumentIdentified: celery_service.handle}, ledger=ledger, threads={"parse": 2})
    crew.start()
    yield Queue(bus, ledger, notes)
    crew.stop()


@pytest.fixture(params=["at_home", "celery"])
def queue(request):
    queue = request.getfixturevalue(request.param)
    queue._notes.write_text("")
    for entry in queue.ledger.quarantined():
        queue.ledger.release(entry.entry_id)
    if request.param == "celery":
        with queue.bus._app.connection_for_write() as connection:
            connection.default_channel.queue_purge("index")
    return queue


def test_an_event_is_handled_once_and_what_follows_is_announced(queue):
    document_id = queue.announce("0")

    queue.wait_for_follow_ups(1)
    assert queue.notes() == [f"begin {document_id}", f"end {document_id}"]
    assert list(queue.ledger.quarantined()) == []


def test_an_event_nobody_handles_waits_for_nobody(queue):
    queue.bus.announce(DocumentIndexed(document_id="0" * 64))

    assert sum(queue.bus.waiting().values()) == 0


def test_keys_and_hints_come_through_the_queue_as_they_are(queue):
    queue.bus.announce(DocumentUploaded(bucket="u", key="区/绩 效+表 95%.pdf", hints={"city": "广州市"}))

    assert queue.bus.waiting()["ingest"] == 1


def test_the_worlds_failure_is_tried_again(queue):
    document_id = queue.announce("1")

    queue.wait_for_follow_ups(1)
    assert queue.notes() == [f"begin {document_id}"] * 2 + [f"end {document_id}"]


def test_a_rejected_document_waits_in_quarantine(queue):
    queue.announce("2")

    (entry,) = queue.wait_for_quarantine()
    assert entry.code == "damaged"
    assert len(queue.notes("begin")) == 1


def test_our_own_failure_is_tried_three_times(queue):
    queue.announce("5")

    (entry,) = queue.wait_for_quarantine()
    assert entry.code == "attempts_exhausted"
    assert len(queue.notes("begin")) == 3


def test_two_events_about_one_document_are_never_worked_on_at_once(queue):
    document_id = queue.announce("6")
    wait_for(lambda: queue.notes("begin"))
    queue.announce("6")

    wait_for(lambda: len(queue.notes("end")) == 2)
    assert queue.notes() == [f"begin {document_id}", f"end {document_id}"] * 2


def test_no_event_of_many_is_lost(queue):
    wanted = [queue.announce("0", number) for number in range(60)]

    queue.wait_for_follow_ups(60)
    assert sorted(line.split()[1] for line in queue.notes("end")) == sorted(wanted)


def test_a_child_that_is_killed_once_costs_nothing(celery, queue_of_celery):
    document_id = celery.announce("4")

    celery.wait_for_follow_ups(1)
    assert celery.notes() == [f"begin {document_id}"] * 2 + [f"end {document_id}"]


def test_a_document_that_kills_its_worker_is_quarantined_after_three_times(celery, queue_of_celery):
    celery.announce("3")

    (entry,) = celery.wait_for_quarantine()
    assert entry.code == "attempts_exhausted"
    assert len(celery.notes("begin")) == 3


def test_work_that_takes_too_long_is_stopped_and_tried_again(celery, queue_of_celery):
    document_id = celery.announce("7")

    celery.wait_for_follow_ups(1)
    assert celery.notes() == [f"begin {document_id}"] * 2 + [f"end {document_id}"]


def test_what_a_killed_worker_had_begun_comes_back(celery, queue_of_celery):
    celery.announce("7")
    wait_for(lambda: celery.notes("begin"))

    celery.worker.kill()
    celery.worker.start()

    celery.wait_for_follow_ups(1)
    assert len(celery.notes("end")) == 1


def test_a_worker_that_could_not_acknowledge_goes_on_when_the_broker_is_back(celery, valkey, queue_of_celery):
    for number in range(celery.children):
        celery.announce("8", number)
    wait_for(lambda: len(celery.notes("begin")) == celery.children)
    valkey.process.kill()
    wait_for(lambda: len(celery.notes("end")) == celery.children)
    wait_for(lambda: "Connection to broker lost" in celery.worker.told())
    valkey.process.start()
    document_id = celery.announce("0")

    wait_for(lambda: f"end {document_id}" in celery.notes(), seconds=30)


def test_fresh_uploads_overtake_a_bulk_load(celery, queue_of_celery):
    for number in range(8):
        celery.announce("6", number, bulk=True)
    wait_for(lambda: celery.notes("begin"))
    fresh = celery.announce("0")

    celery.wait_for_follow_ups(9)
    assert f"end {fresh}" in celery.notes("end")[:4]


def test_a_broker_that_is_gone_is_the_worlds_fault():
    app = celery_app(BrokerSettings(url=f"redis://127.0.0.1:{free_port()}/0"), TaskSettings())

    with pytest.raises(DependencyUnavailable, match="broker"):
        CeleryBus(app).announce(DocumentIdentified(document_id="0" * 64))
    with pytest.raises(DependencyUnavailable, match="broker"):
        CeleryBus(app).waiting()


@pytest.fixture
def queue_of_celery(celery):
    celery._notes.write_text("")
    for entry in celery.ledger.quarantined():
        celery.ledger.release(entry.entry_id)
    with celery.bus._app.connection_for_write() as connection:
        connection.default_channel.queue_purge("index")

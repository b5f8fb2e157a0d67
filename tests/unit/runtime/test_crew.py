"""All stages in the threads of one process."""

import threading

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.events import DocumentIdentified, DocumentIndexed, DocumentParsed
from shared.runtime.bus import DurableBus
from shared.runtime.crew import Crew
from shared.runtime.database import open_sqlite
from shared.runtime.ledger import DatabaseLedger

DOCUMENT = "d" * 64


def crew_of(tmp_path, handlers):
    engine = open_sqlite(tmp_path / "ledger.db")
    bus = DurableBus(engine)
    crew = Crew(bus, handlers, ledger=DatabaseLedger(engine), threads={"parse": 2, "index": 1})
    return bus, crew


def test_an_event_and_what_follows_from_it_are_worked_off(tmp_path):
    indexed = []

    def index(event):
        indexed.append(event.document_id)
        return [DocumentIndexed(document_id=event.document_id)]

    bus, crew = crew_of(
        tmp_path,
        {
            DocumentIdentified: lambda event: [DocumentParsed(document_id=event.document_id)],
            DocumentParsed: index,
        },
    )
    bus.announce(DocumentIdentified(document_id=DOCUMENT))

    crew.start()
    crew.wait_until_idle()
    crew.stop()

    assert indexed == [DOCUMENT]


def test_a_crew_that_is_stopped_leaves_unfinished_work_for_the_next(tmp_path):
    begun, released = threading.Event(), threading.Event()

    def parse(event):
        begun.set()
        released.wait(30)
        raise DependencyUnavailable("sandbox is closed")

    bus, crew = crew_of(tmp_path, {DocumentIdentified: parse})
    bus.announce(DocumentIdentified(document_id=DOCUMENT))
    crew.start()
    begun.wait(30)

    crew.stop(release=released.set, grace_seconds=0.1)

    assert bus.waiting() == {"parse": 1}
    bus.recover()
    assert bus.take("parse") is not None

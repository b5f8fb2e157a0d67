"""What every bus promises to those who announce and those who work."""

import threading

import pytest

from shared.contracts.events import DocumentIdentified, DocumentIndexed, DocumentParsed, DocumentUploaded
from shared.runtime.bus import DurableBus
from shared.runtime.database import open_sqlite

DOCUMENT = "d" * 64
OTHER = "e" * 64


@pytest.fixture
def open_bus(tmp_path):
    return lambda: DurableBus(open_sqlite(tmp_path / "bus.db"))


@pytest.fixture
def bus(open_bus):
    return open_bus()


def identified(document_id=DOCUMENT):
    return DocumentIdentified(document_id=document_id)


def test_an_event_reaches_the_service_that_handles_it(bus):
    event = DocumentUploaded(bucket="inbox", key="广州/表 1.pdf", hints={"city": "广州市"})
    bus.announce(event)

    assert bus.take("parse") is None
    assert bus.take("ingest").event == event


def test_an_event_nobody_handles_waits_for_nobody(bus):
    bus.announce(DocumentIndexed(document_id=DOCUMENT))

    assert bus.waiting() == {}


def test_events_are_handed_out_in_the_order_they_were_announced(bus):
    for document_id in (DOCUMENT, OTHER):
        bus.announce(identified(document_id))

    assert [bus.take("parse").event.document_id for _ in range(2)] == [DOCUMENT, OTHER]


def test_an_event_that_waits_already_is_not_added_again(bus):
    bus.announce(identified())
    bus.announce(identified())

    assert bus.waiting() == {"parse": 1}


def test_an_event_announced_while_its_twin_is_worked_on_is_kept(bus):
    bus.announce(identified())
    delivery = bus.take("parse")
    bus.announce(identified())

    bus.done(delivery)

    assert bus.take("parse").event == identified()


def test_two_events_about_one_document_are_not_worked_on_at_once(bus):
    bus.announce(identified())
    bus.announce(DocumentParsed(document_id=DOCUMENT))
    delivery = bus.take("parse")

    assert bus.take("index") is None
    bus.done(delivery)
    assert bus.take("index") is not None


def test_what_was_done_is_not_handed_out_again(bus, open_bus):
    bus.announce(identified())
    bus.done(bus.take("parse"))

    later = open_bus()
    later.recover()
    assert later.take("parse") is None


def test_what_a_dead_process_had_taken_is_handed_out_again(bus, open_bus):
    bus.announce(identified())
    bus.take("parse")

    later = open_bus()
    later.recover()
    assert later.take("parse").deliveries == 2


def test_a_postponed_event_waits_its_time(bus):
    bus.announce(identified())
    bus.postpone(bus.take("parse"), seconds=60)

    assert bus.take("parse") is None
    assert bus.waiting() == {"parse": 1}


def test_a_postponed_event_comes_back(bus):
    bus.announce(identified())
    bus.postpone(bus.take("parse"), seconds=0)

    assert bus.take("parse").deliveries == 2


def test_no_event_is_lost_or_doubled_by_many_takers(bus):
    wanted = [f"{number:064d}" for number in range(40)]
    for document_id in wanted:
        bus.announce(identified(document_id))
    got = []

    def work():
        while delivery := bus.take("parse"):
            got.append(delivery.event.document_id)
            bus.done(delivery)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == wanted


def test_news_wakes_who_waits_for_it(bus):
    mark = bus.news()
    bus.announce(identified())

    assert bus.news(since=mark, seconds=60) != mark

import pytest

from services.search.documents.readings import Readings
from shared.contracts.artifacts import READING
from tests.builders.web import document_of, street_lights
from tests.fakes.object_store import MemoryStore


class CountingStore(MemoryStore):
    """Counts how often bytes were read."""

    reads = 0

    def read(self, key: str) -> bytes:
        self.reads += 1
        return super().read(key)


def stored(*names: str) -> tuple[CountingStore, list[str]]:
    store = CountingStore()
    documents = [document_of(name=name) for name in names]
    for document in documents:
        READING.save(store, document.document_id, document)
    return store, [document.document_id for document in documents]


def test_a_reading_is_loaded_once() -> None:
    store, (document_id,) = stored("一.pdf")
    readings = Readings(store)

    assert readings.load(document_id) is readings.load(document_id)
    assert store.reads == 1


def test_a_newer_reading_takes_the_place_of_the_older() -> None:
    store, (document_id,) = stored("一.pdf")
    readings = Readings(store)
    readings.load(document_id)

    newer = street_lights().model_copy(update={"document_id": document_id})
    READING.save(store, document_id, newer)

    assert readings.load(document_id) == newer


def test_only_the_last_few_are_kept() -> None:
    store, (first, second, third) = stored("一.pdf", "二.pdf", "三.pdf")
    readings = Readings(store, most_kept=2)

    for document_id in (first, second, first, third, first):
        readings.load(document_id)
    assert store.reads == 3

    readings.load(second)
    assert store.reads == 4


def test_a_reading_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Readings(MemoryStore()).load("0" * 64)

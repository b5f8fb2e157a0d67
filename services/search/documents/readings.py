"""Readings of documents, the last few kept: people go from hit to hit in one document."""

from collections import OrderedDict
from threading import Lock
from typing import Final

from shared.contracts.artifacts import READING, ObjectStore
from shared.contracts.records import Document

MOST_KEPT: Final = 8  # of some ten megabytes each where a document holds a thousand records


class Readings:
    """Loads what parse has left; a reading that was replaced in the store is loaded anew."""

    def __init__(self, store: ObjectStore, *, most_kept: int = MOST_KEPT) -> None:
        self._store = store
        self._most_kept = most_kept
        self._kept: OrderedDict[str, tuple[str, Document]] = OrderedDict()
        self._lock = Lock()

    def load(self, document_id: str) -> Document:
        """Give the reading of a document; KeyError where there is none."""
        version = self._store.version(READING.key(document_id))
        with self._lock:
            kept = self._kept.get(document_id)
            if kept and kept[0] == version:
                self._kept.move_to_end(document_id)
                return kept[1]
        reading = READING.load(self._store, document_id)
        with self._lock:
            self._kept[document_id] = version, reading
            self._kept.move_to_end(document_id)
            while len(self._kept) > self._most_kept:
                self._kept.popitem(last=False)
        return reading

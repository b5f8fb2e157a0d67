"""Gathers many documents and writes them together, while the next ones are being prepared."""

import secrets
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

from shared.contracts.records import Record
from shared.runtime.elastic_index.layout import source_of
from shared.runtime.elastic_index.replacing import Generation, Refusal
from shared.search.entry import entry_of

_MOST_RECORDS: Final = 3000
_MOST_DOCUMENTS: Final = 200

Write = Callable[[Generation], list[Refusal]]


def new_generation() -> Generation:
    """Begin a generation under a name that nobody else has."""
    return Generation(secrets.token_hex(6), {})


def add_document(generation: Generation, document_id: str, records: Iterable[Record]) -> None:
    """Put all records of a document into a generation, or, if they cannot all be made, none."""
    generation.documents[document_id] = {
        record.record_id: source_of(entry_of(record), record, generation=generation.name)
        for record in records
    }


class Loading:
    """Fills one generation after another; at most one is under way while the next is filled."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._thread = ThreadPoolExecutor(1)
        self._under_way: Future[list[Refusal]] | None = None
        self._gathered = new_generation()
        self._records = 0
        self.refusals: list[Refusal] = []
        self.taken = 0

    def add(self, document_id: str, records: Iterable[Record]) -> None:
        """Take a document; one that comes twice is written as it came last."""
        add_document(self._gathered, document_id, records)
        self._records += len(self._gathered.documents[document_id])
        self.taken += len(self._gathered.documents[document_id])
        if self._records >= _MOST_RECORDS or len(self._gathered.documents) >= _MOST_DOCUMENTS:
            self._send()

    def finish(self) -> None:
        """Wait until everything is written."""
        self._send()
        self._wait()

    def close(self) -> None:
        """Let the one under way end; what is only gathered is dropped."""
        self._thread.shutdown()

    def _send(self) -> None:
        self._wait()
        if self._gathered.documents:
            self._under_way = self._thread.submit(self._write, self._gathered)
        self._gathered, self._records = new_generation(), 0

    def _wait(self) -> None:
        if self._under_way is not None:
            self.refusals += self._under_way.result()
            self._under_way = None

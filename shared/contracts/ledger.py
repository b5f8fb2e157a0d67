"""What became of each document: the port that outlives queue and index."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, Literal, Protocol

from pydantic import Field

from shared.contracts.pipeline import Service
from shared.contracts.records import Model

State = Literal[
    "received",  # stored and identified; work is under way
    "waiting_for_ocr",  # has pages that only OCR can read (the others may be found already)
    "parsed",
    "indexed",  # its records can be found
    "no_records",  # read to the end, holds no indicator; the reason is a finding
    "quarantined",
    "superseded",  # another document took its place under its key: not found any more, still citable
    "removed",
]

# Nothing follows of itself; what waits for OCR was read as far as it can be.
ENDS: Final[frozenset[State]] = frozenset(
    {"waiting_for_ocr", "indexed", "no_records", "quarantined", "superseded", "removed"}
)

# What has no source any more: nothing of it is in the index, nothing of it is read again.
GONE: Final[frozenset[State]] = frozenset({"superseded", "removed"})


class Source(Model):
    """One place where a document's bytes were uploaded."""

    bucket: str
    key: str
    version: str | None = None
    document_id: str
    hints: dict[str, str] = Field(default_factory=dict)


class DocumentEntry(Model):
    """The state of one document, as a person asks for it."""

    document_id: str
    file_name: str
    media_type: str | None = None
    size_bytes: int | None = None
    pages: int | None = None
    state: State
    reason: str | None = None
    records: int | None = None
    received_at: datetime
    changed_at: datetime


class Holding(Model):
    """What the index has to hold of a document: ``records``, if it is ``wanted`` by any source."""

    document_id: str
    state: State
    records: int
    is_wanted: bool


class BatchCount(Model):
    """
    How many uploads of a folder are in a state, and when the last one came there.

    ``moved`` of them came there of late, the first of these at ``moved_from``.
    """

    folder: str
    state: State
    documents: int
    changed_at: datetime
    moved: int
    moved_from: datetime | None


class WorkDone(Model):
    """How many events a service has done, from which minute on."""

    count: int
    done_from: datetime


class QuarantineEntry(Model):
    """A document (or an upload that could not become one) that waits for a person."""

    entry_id: str
    document_id: str | None = None
    bucket: str | None = None
    key: str | None = None
    file_name: str
    stage: str
    code: str
    advice: str
    event_type: str
    event: dict[str, object]
    quarantined_at: datetime


class Ledger(Protocol):
    """
    Durable bookkeeping; every call is a transaction of its own.

    ``drop_source`` answers which document the key held, ``successor`` which document last took the
    place of another under its key. ``sources_after`` goes through a bucket by key, ``limit`` at a
    time; ``versions_at`` answers for those of the keys that are known. ``counts`` counts documents
    by state, ``since`` a moment only those that moved; ``batches`` counts them by the folder they
    were uploaded into and by state, refused uploads as ``quarantined``. ``documents`` lists them as
    they came, ``holdings_after`` goes through them by id; neither ever holds all of them in memory.
    ``refused_versions`` answers for those keys whose upload was refused before it became a document.
    ``overdue`` lists what has not moved since then, longest first. ``begin_attempt`` counts before
    the work begins and answers how many were begun since the last ``end_attempt``, which also counts
    what a service has done; ``work_done`` answers that for the last hour. ``put_quarantine`` also moves
    the entry's document to the state ``quarantined``.
    """

    def record_source(
        self, source: Source, *, file_name: str, size_bytes: int, media_type: str | None = None
    ) -> None: ...
    def drop_source(self, bucket: str, key: str) -> str | None: ...
    def successor(self, document_id: str) -> str | None: ...
    def sources(self, document_id: str) -> tuple[Source, ...]: ...
    def sources_in(self, bucket: str) -> Iterator[Source]: ...
    def sources_after(self, bucket: str, key: str, *, limit: int) -> tuple[Source, ...]: ...
    def versions_at(self, bucket: str, keys: Sequence[str]) -> Mapping[str, str | None]: ...
    def refused_versions(self, bucket: str, keys: Sequence[str]) -> Mapping[str, str | None]: ...
    def source_at(self, bucket: str, key: str) -> Source | None: ...
    def set_state(
        self,
        document_id: str,
        state: State,
        *,
        reason: str | None = None,
        media_type: str | None = None,
        pages: int | None = None,
        records: int | None = None,
    ) -> None: ...
    def begin_attempt(self, work_id: str) -> int: ...
    def end_attempt(self, work_id: str, *, done_by: Service | None = None) -> None: ...
    def work_done(self, *, since: datetime) -> Mapping[Service, WorkDone]: ...
    def document(self, document_id: str) -> DocumentEntry | None: ...
    def overdue(
        self, states: Sequence[State], *, since: datetime, limit: int
    ) -> tuple[DocumentEntry, ...]: ...
    def documents(self, state: State | None = None) -> Iterator[DocumentEntry]: ...
    def holdings_after(self, document_id: str, *, limit: int) -> tuple[Holding, ...]: ...
    def counts(self, *, since: datetime | None = None) -> Mapping[str, int]: ...
    def batches(self, *, since: datetime) -> tuple[BatchCount, ...]: ...
    def put_quarantine(self, entry: QuarantineEntry) -> None: ...
    def quarantine(self, entry_id: str) -> QuarantineEntry | None: ...
    def quarantined(self) -> Iterator[QuarantineEntry]: ...
    def release(self, entry_id: str) -> None: ...
    def forget(self, document_id: str) -> None: ...

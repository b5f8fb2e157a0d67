"""The ledger in a database."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    RowMapping,
    Select,
    String,
    Table,
    Text,
    and_,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.exc import InterfaceError, OperationalError

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.ledger import GONE, DocumentEntry, QuarantineEntry, Source, State
from shared.runtime.database import Instant, create_tables, key_text, now, upsert

_METADATA = MetaData()

_SOURCES = Table(
    "sources",
    _METADATA,
    Column("bucket", String(255), primary_key=True),
    Column("key", key_text(1024), primary_key=True),
    Column("version", String(255)),
    Column("document_id", String(64), nullable=False, index=True),
    Column("hints", JSON, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

_DOCUMENTS = Table(
    "documents",
    _METADATA,
    Column("document_id", String(64), primary_key=True),
    Column("file_name", String(1024), nullable=False),
    Column("media_type", String(255)),
    Column("size_bytes", Integer),
    Column("pages", Integer),
    Column("state", String(32), nullable=False, index=True),
    Column("reason", Text),
    Column("records", Integer),
    Column("received_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
)

_ATTEMPTS = Table(
    "attempts",
    _METADATA,
    Column("work_id", String(1500), primary_key=True),
    Column("count", Integer, nullable=False),
)

_QUARANTINE = Table(
    "quarantine",
    _METADATA,
    Column("entry_id", String(64), primary_key=True),
    Column("document_id", String(64), index=True),
    Column("bucket", String(255)),
    Column("key", String(1024)),
    Column("file_name", String(1024), nullable=False),
    Column("stage", String(32), nullable=False),
    Column("code", String(64), nullable=False),
    Column("advice", Text, nullable=False),
    Column("event_type", String(64), nullable=False),
    Column("event", JSON, nullable=False),
    Column("quarantined_at", Instant, nullable=False),
)

_SUCCESSIONS = Table(
    "successions",
    _METADATA,
    Column("document_id", String(64), primary_key=True),
    Column("successor_id", String(64), nullable=False),
    Column("succeeded_at", Instant, nullable=False),
)


class DatabaseLedger:
    """
    Bookkeeping in SQL that SQLite and PostgreSQL both understand.

    A document leaves the quarantine with its state, and an upload with its key, so that the two
    lists can never tell different stories.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with _failures_named():
            create_tables(engine, _METADATA)

    def record_source(
        self, source: Source, *, file_name: str, size_bytes: int, media_type: str | None = None
    ) -> None:
        moment = now()
        held = {**source.model_dump(), "recorded_at": moment}
        known = upsert(self._engine, _SOURCES).values(held)
        document = upsert(self._engine, _DOCUMENTS).values(
            document_id=source.document_id,
            file_name=file_name,
            media_type=media_type,
            size_bytes=size_bytes,
            state="received",
            received_at=moment,
            changed_at=moment,
        )
        with self._writing() as connection:
            self._note_succession(connection, source, moment)
            connection.execute(
                known.on_conflict_do_update(
                    index_elements=["bucket", "key"],
                    set_={name: held[name] for name in ("version", "document_id", "hints")},
                )
            )
            connection.execute(
                document.on_conflict_do_update(
                    index_elements=["document_id"],
                    set_={"media_type": func.coalesce(document.excluded.media_type, _DOCUMENTS.c.media_type)},
                )
            )
            _release_upload(connection, source.bucket, source.key)

    def _note_succession(self, connection: Connection, source: Source, moment: datetime) -> None:
        before = connection.execute(
            select(_SOURCES.c.document_id).where(_at(source.bucket, source.key))
        ).scalar_one_or_none()
        if before is None or before == source.document_id:
            return
        connection.execute(delete(_SUCCESSIONS).where(_SUCCESSIONS.c.document_id == source.document_id))
        held = {"successor_id": source.document_id, "succeeded_at": moment}
        noted = upsert(self._engine, _SUCCESSIONS).values(document_id=before, **held)
        connection.execute(noted.on_conflict_do_update(index_elements=["document_id"], set_=held))

    def successor(self, document_id: str) -> str | None:
        wanted = _SUCCESSIONS.c.document_id == document_id
        rows = self._rows(select(_SUCCESSIONS.c.successor_id).where(wanted))
        return next((str(row["successor_id"]) for row in rows), None)

    def drop_source(self, bucket: str, key: str) -> str | None:
        statement = delete(_SOURCES).where(_at(bucket, key)).returning(_SOURCES.c.document_id)
        with self._writing() as connection:
            dropped = connection.execute(statement).scalar_one_or_none()
            _release_upload(connection, bucket, key)
            return dropped

    def sources(self, document_id: str) -> tuple[Source, ...]:
        rows = self._rows(
            select(_SOURCES)
            .where(_SOURCES.c.document_id == document_id)
            .order_by(_SOURCES.c.recorded_at, _SOURCES.c.bucket, _SOURCES.c.key)
        )
        return tuple(_source(row) for row in rows)

    def sources_in(self, bucket: str) -> Iterator[Source]:
        rows = self._rows(select(_SOURCES).where(_SOURCES.c.bucket == bucket).order_by(_SOURCES.c.key))
        return (_source(row) for row in rows)

    def sources_after(self, bucket: str, key: str, *, limit: int) -> tuple[Source, ...]:
        behind = select(_SOURCES).where(_SOURCES.c.bucket == bucket, _SOURCES.c.key > key)
        return tuple(map(_source, self._rows(behind.order_by(_SOURCES.c.key).limit(limit))))

    def versions_at(self, bucket: str, keys: Sequence[str]) -> Mapping[str, str | None]:
        known = select(_SOURCES.c.key, _SOURCES.c.version).where(
            _SOURCES.c.bucket == bucket, _SOURCES.c.key.in_(list(keys))
        )
        return {row["key"]: row["version"] for row in self._rows(known)}

    def source_at(self, bucket: str, key: str) -> Source | None:
        return next((_source(row) for row in self._rows(select(_SOURCES).where(_at(bucket, key)))), None)

    def set_state(
        self,
        document_id: str,
        state: State,
        *,
        reason: str | None = None,
        media_type: str | None = None,
        pages: int | None = None,
        records: int | None = None,
    ) -> None:
        """Note the state; what is None keeps what was known, only the reason goes with its state."""
        said = (("media_type", media_type), ("pages", pages), ("records", records))
        known = {name: value for name, value in said if value is not None}
        with self._writing() as connection:
            connection.execute(
                update(_DOCUMENTS)
                .where(_DOCUMENTS.c.document_id == document_id)
                .values(state=state, reason=reason, changed_at=now(), **known)
            )
            if state != "quarantined":
                connection.execute(delete(_QUARANTINE).where(_QUARANTINE.c.document_id == document_id))

    def begin_attempt(self, work_id: str) -> int:
        statement = upsert(self._engine, _ATTEMPTS).values(work_id=work_id, count=1)
        counted = statement.on_conflict_do_update(
            index_elements=["work_id"], set_={"count": _ATTEMPTS.c.count + 1}
        ).returning(_ATTEMPTS.c.count)
        with self._writing() as connection:
            return cast(int, connection.execute(counted).scalar_one())

    def end_attempt(self, work_id: str) -> None:
        with self._writing() as connection:
            connection.execute(delete(_ATTEMPTS).where(_ATTEMPTS.c.work_id == work_id))

    def document(self, document_id: str) -> DocumentEntry | None:
        rows = self._rows(select(_DOCUMENTS).where(_DOCUMENTS.c.document_id == document_id))
        return next((DocumentEntry.model_validate(dict(row)) for row in rows), None)

    def overdue(self, states: Sequence[State], *, since: datetime, limit: int) -> tuple[DocumentEntry, ...]:
        still = select(_DOCUMENTS).where(_DOCUMENTS.c.state.in_(states), _DOCUMENTS.c.changed_at < since)
        rows = self._rows(still.order_by(_DOCUMENTS.c.changed_at).limit(limit))
        return tuple(DocumentEntry.model_validate(dict(row)) for row in rows)

    def documents(self, state: State | None = None) -> Iterator[DocumentEntry]:
        wanted = select(_DOCUMENTS).order_by(_DOCUMENTS.c.received_at, _DOCUMENTS.c.document_id)
        rows = self._rows(wanted.where(_DOCUMENTS.c.state == state) if state else wanted)
        return (DocumentEntry.model_validate(dict(row)) for row in rows)

    def without_source(self) -> tuple[str, ...]:
        sourceless = (
            select(_DOCUMENTS.c.document_id)
            .outerjoin(_SOURCES, _SOURCES.c.document_id == _DOCUMENTS.c.document_id)
            .where(_SOURCES.c.document_id.is_(None), _DOCUMENTS.c.state.not_in(GONE))
            .order_by(_DOCUMENTS.c.document_id)
        )
        return tuple(str(row["document_id"]) for row in self._rows(sourceless))

    def counts(self, *, since: datetime | None = None) -> Mapping[str, int]:
        counted = select(_DOCUMENTS.c.state, func.count().label("n")).group_by(_DOCUMENTS.c.state)
        rows = self._rows(counted if since is None else counted.where(_DOCUMENTS.c.changed_at >= since))
        return {row["state"]: row["n"] for row in rows}

    def batches(self) -> Mapping[str, Mapping[str, int]]:
        # What is left of a key when all is cut off its end that is no slash.
        folder = func.rtrim(_SOURCES.c.key, func.replace(_SOURCES.c.key, "/", "")).label("folder")
        counted = (
            select(folder, _DOCUMENTS.c.state, func.count().label("n"))
            .join(_DOCUMENTS, _DOCUMENTS.c.document_id == _SOURCES.c.document_id)
            .group_by(folder, _DOCUMENTS.c.state)
            .order_by(folder)
        )
        batches: dict[str, dict[str, int]] = {}
        for row in self._rows(counted):
            batches.setdefault(row["folder"], {})[row["state"]] = row["n"]
        return batches

    def put_quarantine(self, entry: QuarantineEntry) -> None:
        held = entry.model_dump()
        statement = upsert(self._engine, _QUARANTINE).values(held)
        with self._writing() as connection:
            connection.execute(
                update(_DOCUMENTS)
                .where(_DOCUMENTS.c.document_id == entry.document_id)
                .values(state="quarantined", reason=entry.code, changed_at=entry.quarantined_at)
            )
            connection.execute(statement.on_conflict_do_update(index_elements=["entry_id"], set_=held))

    def quarantine(self, entry_id: str) -> QuarantineEntry | None:
        rows = self._rows(select(_QUARANTINE).where(_QUARANTINE.c.entry_id == entry_id))
        return next((QuarantineEntry.model_validate(dict(row)) for row in rows), None)

    def quarantined(self) -> Iterator[QuarantineEntry]:
        rows = self._rows(select(_QUARANTINE).order_by(_QUARANTINE.c.quarantined_at, _QUARANTINE.c.entry_id))
        return (QuarantineEntry.model_validate(dict(row)) for row in rows)

    def release(self, entry_id: str) -> None:
        with self._writing() as connection:
            connection.execute(delete(_QUARANTINE).where(_QUARANTINE.c.entry_id == entry_id))

    def forget(self, document_id: str) -> None:
        with self._writing() as connection:
            for table in (_SOURCES, _DOCUMENTS, _SUCCESSIONS, _QUARANTINE):
                connection.execute(delete(table).where(table.c.document_id == document_id))
            connection.execute(delete(_SUCCESSIONS).where(_SUCCESSIONS.c.successor_id == document_id))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Begin to write; quarantine is written last, so that no two writers wait for each other."""
        with _failures_named(), self._engine.begin() as connection:
            yield connection

    def _rows(self, statement: Select[Any]) -> list[RowMapping]:
        with _failures_named(), self._engine.connect() as connection:
            return list(connection.execute(statement).mappings())


def _at(bucket: str, key: str) -> Any:
    return and_(_SOURCES.c.bucket == bucket, _SOURCES.c.key == key)


def _release_upload(connection: Connection, bucket: str, key: str) -> None:
    connection.execute(
        delete(_QUARANTINE).where(
            _QUARANTINE.c.bucket == bucket, _QUARANTINE.c.key == key, _QUARANTINE.c.document_id.is_(None)
        )
    )


def _source(row: RowMapping) -> Source:
    return Source.model_validate({name: row[name] for name in Source.model_fields})


@contextmanager
def _failures_named() -> Iterator[None]:
    """Translate the driver's errors, so that no caller needs to know the database."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise DependencyUnavailable(f"ledger: {error.orig}") from error

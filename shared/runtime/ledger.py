"""The ledger in a database."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    Select,
    and_,
    delete,
    func,
    literal,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.exc import InterfaceError, OperationalError

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.ledger import (
    BatchCount,
    DocumentEntry,
    Holding,
    QuarantineEntry,
    Source,
    State,
    WorkDone,
)
from shared.contracts.pipeline import Service
from shared.runtime.database import create_tables, now, upsert
from shared.runtime.ledger_tables import (
    ATTEMPTS,
    DOCUMENTS,
    METADATA,
    QUARANTINE,
    SOURCES,
    SUCCESSIONS,
    WORK_DONE,
)

_AT_A_TIME: Final = 5000
_MINUTES_KEPT: Final = timedelta(hours=1)


class DatabaseLedger:
    """
    Bookkeeping in SQL that SQLite and PostgreSQL both understand.

    A document leaves the quarantine with its state, and an upload with its key, so that the two
    lists can never tell different stories.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        with _failures_named():
            create_tables(engine, METADATA)

    def record_source(
        self, source: Source, *, file_name: str, size_bytes: int, media_type: str | None = None
    ) -> None:
        moment = now()
        held = {**source.model_dump(), "recorded_at": moment}
        known = upsert(self._engine, SOURCES).values(held)
        document = upsert(self._engine, DOCUMENTS).values(
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
                    set_={"media_type": func.coalesce(document.excluded.media_type, DOCUMENTS.c.media_type)},
                )
            )
            _release_upload(connection, source.bucket, source.key)

    def _note_succession(self, connection: Connection, source: Source, moment: datetime) -> None:
        before = connection.execute(
            select(SOURCES.c.document_id).where(_at(source.bucket, source.key))
        ).scalar_one_or_none()
        if before is None or before == source.document_id:
            return
        connection.execute(delete(SUCCESSIONS).where(SUCCESSIONS.c.document_id == source.document_id))
        held = {"successor_id": source.document_id, "succeeded_at": moment}
        noted = upsert(self._engine, SUCCESSIONS).values(document_id=before, **held)
        connection.execute(noted.on_conflict_do_update(index_elements=["document_id"], set_=held))

    def successor(self, document_id: str) -> str | None:
        wanted = SUCCESSIONS.c.document_id == document_id
        rows = self._rows(select(SUCCESSIONS.c.successor_id).where(wanted))
        return next((str(row["successor_id"]) for row in rows), None)

    def drop_source(self, bucket: str, key: str) -> str | None:
        statement = delete(SOURCES).where(_at(bucket, key)).returning(SOURCES.c.document_id)
        with self._writing() as connection:
            dropped = connection.execute(statement).scalar_one_or_none()
            _release_upload(connection, bucket, key)
            return dropped

    def sources(self, document_id: str) -> tuple[Source, ...]:
        rows = self._rows(
            select(SOURCES)
            .where(SOURCES.c.document_id == document_id)
            .order_by(SOURCES.c.recorded_at, SOURCES.c.bucket, SOURCES.c.key)
        )
        return tuple(_source(row) for row in rows)

    def sources_in(self, bucket: str) -> Iterator[Source]:
        rows = self._rows(select(SOURCES).where(SOURCES.c.bucket == bucket).order_by(SOURCES.c.key))
        return (_source(row) for row in rows)

    def sources_after(self, bucket: str, key: str, *, limit: int) -> tuple[Source, ...]:
        behind = select(SOURCES).where(SOURCES.c.bucket == bucket, SOURCES.c.key > key)
        return tuple(map(_source, self._rows(behind.order_by(SOURCES.c.key).limit(limit))))

    def versions_at(self, bucket: str, keys: Sequence[str]) -> Mapping[str, str | None]:
        known = select(SOURCES.c.key, SOURCES.c.version).where(
            SOURCES.c.bucket == bucket, SOURCES.c.key.in_(list(keys))
        )
        return {row["key"]: row["version"] for row in self._rows(known)}

    def refused_versions(self, bucket: str, keys: Sequence[str]) -> Mapping[str, str | None]:
        refused = select(QUARANTINE.c.key, QUARANTINE.c.event).where(
            QUARANTINE.c.bucket == bucket,
            QUARANTINE.c.key.in_(list(keys)),
            QUARANTINE.c.document_id.is_(None),
        )
        return {row["key"]: row["event"].get("version") for row in self._rows(refused)}

    def source_at(self, bucket: str, key: str) -> Source | None:
        return next((_source(row) for row in self._rows(select(SOURCES).where(_at(bucket, key)))), None)

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
                update(DOCUMENTS)
                .where(DOCUMENTS.c.document_id == document_id)
                .values(state=state, reason=reason, changed_at=now(), **known)
            )
            if state != "quarantined":
                connection.execute(delete(QUARANTINE).where(QUARANTINE.c.document_id == document_id))

    def begin_attempt(self, work_id: str) -> int:
        statement = upsert(self._engine, ATTEMPTS).values(work_id=work_id, count=1)
        counted = statement.on_conflict_do_update(
            index_elements=["work_id"], set_={"count": ATTEMPTS.c.count + 1}
        ).returning(ATTEMPTS.c.count)
        with self._writing() as connection:
            return cast(int, connection.execute(counted).scalar_one())

    def end_attempt(self, work_id: str, *, done_by: Service | None = None) -> None:
        with self._writing() as connection:
            connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.work_id == work_id))
            if done_by:
                self._count_work(connection, done_by)

    def _count_work(self, connection: Connection, service: Service) -> None:
        """Count by the minute; whoever begins one forgets those that nobody asks for any more."""
        minute = now().replace(second=0, microsecond=0)
        statement = upsert(self._engine, WORK_DONE).values(service=service, minute=minute, count=1)
        counted = statement.on_conflict_do_update(
            index_elements=["service", "minute"], set_={"count": WORK_DONE.c.count + 1}
        ).returning(WORK_DONE.c.count)
        if connection.execute(counted).scalar_one() == 1:
            old = WORK_DONE.c.minute < minute - _MINUTES_KEPT
            connection.execute(delete(WORK_DONE).where(WORK_DONE.c.service == service, old))

    def work_done(self, *, since: datetime) -> Mapping[Service, WorkDone]:
        first = func.min(WORK_DONE.c.minute).label("first")
        counted = select(WORK_DONE.c.service, func.sum(WORK_DONE.c.count).label("n"), first)
        rows = self._rows(counted.where(WORK_DONE.c.minute >= since).group_by(WORK_DONE.c.service))
        return {row["service"]: WorkDone(count=row["n"], done_from=row["first"]) for row in rows}

    def document(self, document_id: str) -> DocumentEntry | None:
        rows = self._rows(select(DOCUMENTS).where(DOCUMENTS.c.document_id == document_id))
        return next((DocumentEntry.model_validate(dict(row)) for row in rows), None)

    def overdue(self, states: Sequence[State], *, since: datetime, limit: int) -> tuple[DocumentEntry, ...]:
        still = select(DOCUMENTS).where(DOCUMENTS.c.state.in_(states), DOCUMENTS.c.changed_at < since)
        rows = self._rows(still.order_by(DOCUMENTS.c.changed_at).limit(limit))
        return tuple(DocumentEntry.model_validate(dict(row)) for row in rows)

    def documents(self, state: State | None = None) -> Iterator[DocumentEntry]:
        wanted = select(DOCUMENTS).order_by(DOCUMENTS.c.received_at, DOCUMENTS.c.document_id)
        wanted = (wanted.where(DOCUMENTS.c.state == state) if state else wanted).limit(_AT_A_TIME)
        part = self._rows(wanted)
        while part:
            yield from (DocumentEntry.model_validate(dict(row)) for row in part)
            last = tuple_(
                literal(part[-1]["received_at"], DOCUMENTS.c.received_at.type), part[-1]["document_id"]
            )
            behind = tuple_(DOCUMENTS.c.received_at, DOCUMENTS.c.document_id) > last
            part = self._rows(wanted.where(behind)) if len(part) == _AT_A_TIME else []

    def holdings_after(self, document_id: str, *, limit: int) -> tuple[Holding, ...]:
        has_source = select(SOURCES.c.key).where(SOURCES.c.document_id == DOCUMENTS.c.document_id).exists()
        held = (
            select(
                DOCUMENTS.c.document_id,
                DOCUMENTS.c.state,
                func.coalesce(DOCUMENTS.c.records, 0).label("records"),
                has_source.label("is_wanted"),
            )
            .where(DOCUMENTS.c.document_id > document_id)
            .order_by(DOCUMENTS.c.document_id)
            .limit(limit)
        )
        return tuple(Holding.model_validate(dict(row)) for row in self._rows(held))

    def counts(self, *, since: datetime | None = None) -> Mapping[str, int]:
        counted = select(DOCUMENTS.c.state, func.count().label("n")).group_by(DOCUMENTS.c.state)
        rows = self._rows(counted if since is None else counted.where(DOCUMENTS.c.changed_at >= since))
        return {row["state"]: row["n"] for row in rows}

    def batches(self, *, since: datetime) -> tuple[BatchCount, ...]:
        folder, refused = _folder_of(SOURCES.c.key), _folder_of(QUARANTINE.c.key)
        counted = (
            select(folder, DOCUMENTS.c.state, *_moved(DOCUMENTS.c.changed_at, since))
            .join(DOCUMENTS, DOCUMENTS.c.document_id == SOURCES.c.document_id)
            .group_by(folder, DOCUMENTS.c.state)
        )
        uploads = (
            select(
                refused, literal("quarantined").label("state"), *_moved(QUARANTINE.c.quarantined_at, since)
            )
            .where(QUARANTINE.c.document_id.is_(None), QUARANTINE.c.key.is_not(None))
            .group_by(refused)
        )
        rows = (*self._rows(counted), *self._rows(uploads))
        return tuple(BatchCount.model_validate(dict(row)) for row in rows)

    def put_quarantine(self, entry: QuarantineEntry) -> None:
        held = entry.model_dump()
        statement = upsert(self._engine, QUARANTINE).values(held)
        with self._writing() as connection:
            connection.execute(
                update(DOCUMENTS)
                .where(DOCUMENTS.c.document_id == entry.document_id)
                .values(state="quarantined", reason=entry.code, changed_at=entry.quarantined_at)
            )
            connection.execute(statement.on_conflict_do_update(index_elements=["entry_id"], set_=held))

    def quarantine(self, entry_id: str) -> QuarantineEntry | None:
        rows = self._rows(select(QUARANTINE).where(QUARANTINE.c.entry_id == entry_id))
        return next((QuarantineEntry.model_validate(dict(row)) for row in rows), None)

    def quarantined(self) -> Iterator[QuarantineEntry]:
        rows = self._rows(select(QUARANTINE).order_by(QUARANTINE.c.quarantined_at, QUARANTINE.c.entry_id))
        return (QuarantineEntry.model_validate(dict(row)) for row in rows)

    def release(self, entry_id: str) -> None:
        with self._writing() as connection:
            connection.execute(delete(QUARANTINE).where(QUARANTINE.c.entry_id == entry_id))

    def forget(self, document_id: str) -> None:
        with self._writing() as connection:
            for table in (SOURCES, DOCUMENTS, SUCCESSIONS, QUARANTINE):
                connection.execute(delete(table).where(table.c.document_id == document_id))
            connection.execute(delete(SUCCESSIONS).where(SUCCESSIONS.c.successor_id == document_id))

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Begin to write; quarantine is written last, so that no two writers wait for each other."""
        with _failures_named(), self._engine.begin() as connection:
            yield connection

    def _rows(self, statement: Select[Any]) -> list[RowMapping]:
        with _failures_named(), self._engine.connect() as connection:
            return list(connection.execute(statement).mappings())


def _at(bucket: str, key: str) -> Any:
    return and_(SOURCES.c.bucket == bucket, SOURCES.c.key == key)


def _folder_of(key: ColumnElement[str]) -> ColumnElement[str]:
    """Give what is left of a key when all is cut off its end that is no slash."""
    return func.rtrim(key, func.replace(key, "/", "")).label("folder")


def _moved(moment: ColumnElement[datetime], since: datetime) -> tuple[ColumnElement[Any], ...]:
    """Count all and tell the last moment, then those of late and their first moment."""
    return (
        func.count().label("documents"),
        func.max(moment).label("changed_at"),
        func.count().filter(moment >= since).label("moved"),
        type_coerce(func.min(moment).filter(moment >= since), moment.type).label("moved_from"),
    )


def _release_upload(connection: Connection, bucket: str, key: str) -> None:
    connection.execute(
        delete(QUARANTINE).where(
            QUARANTINE.c.bucket == bucket, QUARANTINE.c.key == key, QUARANTINE.c.document_id.is_(None)
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

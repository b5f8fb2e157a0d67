"""The database beneath ledger and queue: SQLite in a file at home, PostgreSQL on servers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    func,
    inspect,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Inspector
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.types import TypeDecorator

_BUSY_SECONDS = 30
_CONNECT_SECONDS = 5
_MOST_CONNECTIONS = 4  # of one process: the ledger's, a lock's, and two to spare
_MAKING_TABLES = 0x6A697869  # names the lock under which one process makes the tables


class Instant(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets time zones, so that it is given one on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the base class names it)
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (the base class names it)
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


def open_sqlite(path: Path) -> Engine:
    """
    Open or make the database file.

    Write-ahead logging lets ``jixiao status`` read while ``jixiao serve`` writes. What was committed
    survives a crash; a power cut may take the last moments, which the reconciler finds again.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")


def open_postgres(url: str) -> Engine:
    """
    Open the database of a server; ``url`` is ``postgresql+psycopg://…``.

    A connection is tried before it is used, so that a restart of the server costs nobody a failure.
    """
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_size=_MOST_CONNECTIONS // 2,
        max_overflow=_MOST_CONNECTIONS // 2,
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "options": f"-c lock_timeout={_BUSY_SECONDS}s -c statement_timeout={2 * _BUSY_SECONDS}s",
        },
    )


def create_tables(engine: Engine, tables: MetaData) -> None:
    """
    Make the tables and indexes that are not there; many processes may start at once on an empty server.

    What is there is only looked at: CREATE INDEX IF NOT EXISTS locks its table against writers
    even when it has nothing to do, and a worker that starts would be in the others' way.
    """
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_MAKING_TABLES)))
        for statement in _missing(inspect(connection), tables):
            connection.execute(statement)


def _missing(there: Inspector, tables: MetaData) -> Iterator[CreateTable | CreateIndex]:
    known = set(there.get_table_names())
    for table in tables.sorted_tables:
        indexes = {index["name"] for index in there.get_indexes(table.name)} if table.name in known else set()
        if table.name not in known:
            yield CreateTable(table, if_not_exists=True)
        yield from (
            CreateIndex(index, if_not_exists=True) for index in table.indexes if index.name not in indexes
        )


def key_text(length: int) -> String:
    """Give the type of text that is ordered by its bytes, as object stores order their keys."""
    return String(length).with_variant(postgresql.VARCHAR(length, collation="C"), "postgresql")


def upsert(engine: Engine, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that can say what to do ON CONFLICT, in the words of the engine's dialect."""
    return postgresql.insert(table) if engine.dialect.name == "postgresql" else sqlite.insert(table)


def now() -> datetime:
    """Say what time it is, in UTC."""
    return datetime.now(UTC)

"""The database beneath ledger and queue: SQLite in a file at home, PostgreSQL on servers."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator

_BUSY_SECONDS = 30


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


def upsert(engine: Engine, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Begin an INSERT that can say what to do ON CONFLICT, in the words of the engine's dialect."""
    return postgresql.insert(table) if engine.dialect.name == "postgresql" else sqlite.insert(table)


def now() -> datetime:
    """Say what time it is, in UTC."""
    return datetime.now(UTC)

"""The tables of the ledger, in SQL that SQLite and PostgreSQL both understand."""

from sqlalchemy import JSON, Column, Index, Integer, MetaData, String, Table, Text

from shared.runtime.database import Instant, key_text

METADATA = MetaData()

SOURCES = Table(
    "sources",
    METADATA,
    Column("bucket", String(255), primary_key=True),
    Column("key", key_text(1024), primary_key=True),
    Column("version", String(255)),
    Column("document_id", String(64), nullable=False, index=True),
    Column("hints", JSON, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

DOCUMENTS = Table(
    "documents",
    METADATA,
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
    Index("documents_as_they_came", "received_at", "document_id"),
)

ATTEMPTS = Table(
    "attempts",
    METADATA,
    Column("work_id", String(1500), primary_key=True),
    Column("count", Integer, nullable=False),
)

WORK_DONE = Table(
    "work_done",
    METADATA,
    Column("service", String(32), primary_key=True),
    Column("minute", Instant, primary_key=True),
    Column("count", Integer, nullable=False),
)

QUARANTINE = Table(
    "quarantine",
    METADATA,
    Column("entry_id", String(64), primary_key=True),
    Column("document_id", String(64), index=True),
    Column("bucket", String(255)),
    Column("key", String(1024), index=True),
    Column("file_name", String(1024), nullable=False),
    Column("stage", String(32), nullable=False),
    Column("code", String(64), nullable=False),
    Column("advice", Text, nullable=False),
    Column("event_type", String(64), nullable=False),
    Column("event", JSON, nullable=False),
    Column("quarantined_at", Instant, nullable=False),
)

SUCCESSIONS = Table(
    "successions",
    METADATA,
    Column("document_id", String(64), primary_key=True),
    Column("successor_id", String(64), nullable=False),
    Column("succeeded_at", Instant, nullable=False),
)

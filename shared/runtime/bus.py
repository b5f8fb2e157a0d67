"""The bus of one machine: events wait in the ledger's database until they were worked on."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    delete,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.exc import OperationalError

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.events import Event
from shared.contracts.pipeline import HANDLED_BY, Service
from shared.runtime.database import Instant, create_tables, now
from shared.runtime.telemetry import logger

_METADATA = MetaData()
_WAITING = Table(
    "waiting_events",
    _METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("service", String(32), nullable=False, index=True),
    Column("event_type", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("subject", String(1400), nullable=False),
    Column("taken", Boolean, nullable=False),
    Column("deliveries", Integer, nullable=False),
    Column("not_before", Instant, nullable=False),
)
_PAGES_OF = " page "
_TYPES = {kind.__name__: kind for kind in HANDLED_BY}

_log = logger(__name__)


class Bus(Protocol):
    """Tells a fact to the service that handles it, at least once."""

    def announce(self, event: Event) -> None: ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event handed out; ``deliveries`` counts this one too."""

    sequence: int
    event: Event
    service: Service
    deliveries: int


def subject_of(event: Event) -> str:
    """Name what an event is about: a document, some pages of it, or a key of a bucket."""
    said = event.model_dump()
    if said.get("pages"):
        return f"{said['document_id']}{_PAGES_OF}{said['pages'][0]}"
    return str(said.get("document_id") or f"{said.get('bucket')}/{said.get('key')}")


class DurableBus:
    """
    A queue for each service in one table; any process may announce, one may take.

    What was taken and not done is handed out again when the bus is opened for taking the next
    time. An event that waits already is not added a second time. Two events about one subject
    are never handed out at the same time, so that handlers need no locks.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._in_work: dict[int, str] = {}
        self._news = threading.Condition()
        self._told = 0
        with _failures_named():
            create_tables(engine, _METADATA)

    def recover(self) -> None:
        """Hand out again what a process that is gone had taken; only the one taker may say so."""
        with self._writing() as connection:
            connection.execute(update(_WAITING).values(taken=False, not_before=now()))

    def announce(self, event: Event) -> None:
        service = HANDLED_BY.get(type(event))
        _log.info("announced", extra={"event_type": type(event).__name__, "subject": subject_of(event)})
        if service is None:
            return
        columns = ("service", "event_type", "body", "subject", "taken", "deliveries", "not_before")
        body, kind = event.model_dump_json(), type(event).__name__
        values = (service, kind, body, subject_of(event), False, 0, now())
        waits = select(_WAITING.c.sequence).where(
            _WAITING.c.event_type == kind, _WAITING.c.body == body, _WAITING.c.taken.is_(False)
        )
        row = select(*(literal(v, _WAITING.c[n].type) for n, v in zip(columns, values, strict=True)))
        with self._writing() as connection:
            connection.execute(insert(_WAITING).from_select(columns, row.where(~waits.exists())))
        self._tell()

    def take(self, service: Service) -> Delivery | None:
        """Hand out the oldest event of a service that may be worked on now."""
        with self._lock:
            candidate = (
                select(_WAITING)
                .where(
                    _WAITING.c.service == service,
                    _WAITING.c.not_before <= now(),
                    _WAITING.c.sequence.not_in(list(self._in_work)),
                    _WAITING.c.subject.not_in(list(self._in_work.values())),
                )
                .order_by(_WAITING.c.sequence)
                .limit(1)
            )
            with self._writing() as connection:
                row = connection.execute(candidate).mappings().one_or_none()
                if row is None:
                    return None
                _mark_taken(connection, row)
            self._in_work[row["sequence"]] = row["subject"]
        return Delivery(row["sequence"], _event(row), service, row["deliveries"] + 1)

    def done(self, delivery: Delivery) -> None:
        """Strike out what was worked on."""
        try:
            with self._writing() as connection:
                connection.execute(delete(_WAITING).where(_WAITING.c.sequence == delivery.sequence))
        finally:
            self._leave(delivery)

    def postpone(self, delivery: Delivery, *, seconds: float) -> None:
        """Hand it out again, not before ``seconds`` have passed."""
        later = now() + timedelta(seconds=seconds)
        try:
            with self._writing() as connection:
                connection.execute(
                    update(_WAITING)
                    .where(_WAITING.c.sequence == delivery.sequence)
                    .values(taken=False, not_before=later)
                )
        finally:
            self._leave(delivery)

    def news(self, *, since: int = -1, seconds: float = 0) -> int:
        """Wait until something happened after ``since``, and answer a mark to ask with the next time."""
        with self._news:
            self._news.wait_for(lambda: self._told != since, seconds)
            return self._told

    def waiting(self) -> Mapping[str, int]:
        """Count the events of each service that were not worked on to the end."""
        counted = select(_WAITING.c.service, func.count().label("n")).group_by(_WAITING.c.service)
        with _failures_named(), self._engine.connect() as connection:
            return {row.service: row.n for row in connection.execute(counted)}

    def subjects(self) -> set[str]:
        """Say what the waiting events are about: keys and documents, also where it is only some pages."""
        with _failures_named(), self._engine.connect() as connection:
            found = connection.execute(select(_WAITING.c.subject).distinct()).scalars()
            return {_document_in(subject) for subject in found}

    def _leave(self, delivery: Delivery) -> None:
        with self._lock:
            self._in_work.pop(delivery.sequence, None)
        self._tell()

    def _tell(self) -> None:
        with self._news:
            self._told += 1
            self._news.notify_all()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _failures_named(), self._engine.begin() as connection:
            yield connection


def _document_in(subject: str) -> str:
    document_id, _, rest = subject.partition(_PAGES_OF)
    return document_id if rest.isdigit() and "/" not in document_id else subject


def _mark_taken(connection: Connection, row: RowMapping) -> None:
    connection.execute(
        update(_WAITING)
        .where(_WAITING.c.sequence == row["sequence"])
        .values(taken=True, deliveries=row["deliveries"] + 1)
    )


def _event(row: RowMapping) -> Event:
    return _TYPES[row["event_type"]].model_validate_json(row["body"])


@contextmanager
def _failures_named() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise DependencyUnavailable(f"bus: {error.orig}") from error

"""What happens around a handler: three kinds of failure are told apart here and nowhere else."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any, Protocol

from shared.contracts.errors import AttemptsExhausted, DependencyUnavailable, DocumentRejected
from shared.contracts.events import Event
from shared.contracts.ledger import Ledger, QuarantineEntry
from shared.contracts.pipeline import HANDLED_BY
from shared.runtime.bus import Delivery, DurableBus, subject_of
from shared.runtime.database import now
from shared.runtime.telemetry import bound, logger

ATTEMPT_LIMIT = 3
_FIRST_DELAY_SECONDS = 1.0
_LONGEST_DELAY_SECONDS = 60.0

Handler = Callable[[Any], Iterable[Event]]

_log = logger(__name__)


class Quarantine(Protocol):
    """Where a document waits for a person."""

    def put(self, event: Event, reason: DocumentRejected) -> None: ...


class LedgerQuarantine:
    """Quarantine kept in the ledger: one entry for each document, the latest."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def put(self, event: Event, reason: DocumentRejected) -> None:
        said = event.model_dump(mode="json")
        document_id = said.get("document_id") or self._document_at(said)
        document = self._ledger.document(document_id) if document_id else None
        subject = document_id or subject_of(event)
        self._ledger.put_quarantine(
            QuarantineEntry(
                entry_id=entry_id_of(subject),
                document_id=document_id,
                bucket=said.get("bucket"),
                key=said.get("key"),
                file_name=document.file_name if document else str(said.get("key", "")).rpartition("/")[2],
                stage=HANDLED_BY[type(event)],
                code=reason.code,
                advice=reason.advice,
                event_type=type(event).__name__,
                event=said,
                quarantined_at=now(),
            )
        )
        _log.info("quarantined", extra={"code": reason.code, "subject": subject})

    def _document_at(self, said: dict[str, Any]) -> str | None:
        """Find the document of an upload, unless the key held another version of it when it was noted."""
        source = self._ledger.source_at(str(said.get("bucket")), str(said.get("key")))
        return source.document_id if source and source.version == said.get("version") else None


def entry_id_of(subject: str) -> str:
    """Name the quarantine entry of a document, or of an upload (``bucket/key``) that became none."""
    return sha256(subject.encode()).hexdigest()[:12]


def process(
    event: Event,
    handler: Handler,
    *,
    announce: Callable[[Event], None],
    quarantine: Quarantine,
    ledger: Ledger,
) -> None:
    """
    Handle one event, then announce what follows from it.

    Announcing comes last: a worker that dies before it is given the event again, and handlers
    write the same bytes to the same keys, so that twice does no harm. The attempt is counted
    before the work, because a document that kills its worker leaves nobody to count after it;
    when the world is at fault it is taken back.
    """
    work = f"{type(event).__name__}:{subject_of(event)}"
    attempts = ledger.begin_attempt(work)
    try:
        if attempts > ATTEMPT_LIMIT:
            raise AttemptsExhausted(attempts=ATTEMPT_LIMIT)
        for follow_up in list(handler(event)):
            announce(follow_up)
    except DocumentRejected as reason:
        quarantine.put(event, reason)
    except DependencyUnavailable:
        ledger.end_attempt(work)
        raise
    ledger.end_attempt(work, done_by=HANDLED_BY[type(event)])


def deliver(delivery: Delivery, handler: Handler, *, bus: DurableBus, ledger: Ledger) -> None:
    """Process a delivery of the in-process bus; what failed is handed out again, each time later."""
    said = delivery.event.model_dump()
    with bound(service=delivery.service, document_id=said.get("document_id"), key=said.get("key")):
        try:
            quarantine = LedgerQuarantine(ledger)
            process(delivery.event, handler, announce=bus.announce, quarantine=quarantine, ledger=ledger)
        except DependencyUnavailable as fault:
            _log.warning("dependency_unavailable", extra={"detail": str(fault)})
            bus.postpone(delivery, seconds=_delay_seconds(delivery.deliveries))
        except Exception:  # noqa: BLE001 (the one place that decides: the attempt stays counted)
            _log.exception("handler_failed")
            bus.postpone(delivery, seconds=_delay_seconds(delivery.deliveries))
        else:
            bus.done(delivery)


def _delay_seconds(deliveries: int) -> float:
    return min(_LONGEST_DELAY_SECONDS, _FIRST_DELAY_SECONDS * (1 << min(deliveries - 1, 10)))

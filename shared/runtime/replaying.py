"""Lets out of quarantine what waits there, to be processed again."""

from collections.abc import Callable

from shared.contracts.events import Event
from shared.contracts.ledger import Ledger, QuarantineEntry
from shared.contracts.pipeline import HANDLED_BY


def replay(entry: QuarantineEntry, *, announce: Callable[[Event], None], ledger: Ledger) -> None:
    """Announce again what was quarantined, and let it out."""
    kind: type[Event] = next(kind for kind in HANDLED_BY if kind.__name__ == entry.event_type)
    announce(kind.model_validate(entry.event))
    ledger.release(entry.entry_id)
    if entry.document_id:
        ledger.set_state(entry.document_id, "received")

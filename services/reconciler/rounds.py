"""One round of comparing: what was missed is announced, as far as the queues have room."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Protocol

from services.reconciler.pairs import Indexed, Pair, pairs
from services.reconciler.sweep import Sweep
from shared.contracts.events import DocumentParsed, DocumentWithdrawn, Event
from shared.contracts.ledger import ENDS, GONE, DocumentEntry, Ledger, State
from shared.contracts.pipeline import HANDLED_BY
from shared.runtime.database import now
from shared.runtime.reconciler import next_step

_UNDER_WAY: Final[tuple[State, ...]] = ("received", "parsed", "waiting_for_ocr")
_READ: Final = ENDS - GONE - {"quarantined"}
_QUIET: Final = 100  # so few waiting events that overdue work can hardly be among them
_MOST_OVERDUE: Final = 1000
_FEW: Final = 20  # so few missed uploads that somebody may be waiting for them


class Queues(Protocol):
    """Where healing is announced."""

    def announce(self, event: Event, *, bulk: bool = False) -> None: ...
    def waiting(self) -> Mapping[str, int]: ...
    def oldest_seconds(self) -> Mapping[str, float]: ...


@dataclass(frozen=True, slots=True)
class Patience:
    """How many keys are listed at once, after how long work is overdue, how long a queue may grow."""

    listed_at_once: int = 100_000
    overdue_seconds: float = 1800
    backlog: int = 20_000


@dataclass(slots=True)
class Rounds:
    """
    Compares bucket, ledger and index.

    What waits in a long queue is neither missed nor overdue, however old it is: only when a queue
    has run empty does what did not move count as lost. So nothing is announced over and over again
    during a bulk load, and a queue that was lost is filled anew.
    """

    sweep: Sweep
    ledger: Ledger
    queues: Queues
    indexed: Indexed
    patience: Patience = field(default_factory=Patience)
    can_recognise: bool = True
    differences: dict[str, int] = field(default_factory=dict)
    _pushed: dict[str, float] = field(default_factory=dict)

    def compare(self, *, with_index: bool) -> Mapping[str, int]:
        """
        Do one round; answer how many events of each kind were announced.

        How much was found to differ, whether there was room to announce it or not, stands in
        ``differences`` until it is looked at again.
        """
        began = time.monotonic()
        waiting = dict(self.queues.waiting())
        told: Counter[str] = Counter()
        if waiting.get("ingest", 0) <= _QUIET:
            stretch = self.sweep.stretch(limit=self.patience.listed_at_once)
            self.differences["bucket-ledger"] = self._announce(stretch, waiting, told)
        self.differences["overdue"] = self._announce(self._overdue(waiting), waiting, told)
        if with_index:
            self.differences["ledger-index"] = self._announce(self._wrongly_indexed(), waiting, told)
        return {**told, "milliseconds": round((time.monotonic() - began) * 1000)}

    def _announce(self, events: Iterable[Event], waiting: dict[str, int], told: Counter[str]) -> int:
        """Announce what there is room for, the rest in a later round; answer how much it is in all."""
        found = 0
        for event in events:
            found += 1
            service = HANDLED_BY[type(event)]
            if waiting.get(service, 0) < self.patience.backlog:
                waiting[service] = waiting.get(service, 0) + 1
                told[type(event).__name__] += 1
                self.queues.announce(event, bulk=told[type(event).__name__] > _FEW)
        return found

    def _overdue(self, waiting: Mapping[str, int]) -> Iterator[Event]:
        """List what did not move for long, each document once in that time."""
        since = now() - timedelta(seconds=self.patience.overdue_seconds)
        quiet = {service for service in HANDLED_BY.values() if waiting.get(service, 0) <= _QUIET}
        for entry in self._not_pushed(self.ledger.overdue(_UNDER_WAY, since=since, limit=_MOST_OVERDUE)):
            held = {entry.document_id: entry.records or 0}
            for event in next_step(entry, self.ledger, held, can_recognise=self.can_recognise):
                if HANDLED_BY[type(event)] in quiet:
                    self._pushed[entry.document_id] = time.monotonic()
                    yield event

    def _not_pushed(self, entries: Iterable[DocumentEntry]) -> Iterator[DocumentEntry]:
        long_ago = time.monotonic() - self.patience.overdue_seconds
        self._pushed = {one: moment for one, moment in self._pushed.items() if moment > long_ago}
        return (entry for entry in entries if entry.document_id not in self._pushed)

    def _wrongly_indexed(self) -> Iterator[Event]:
        """List what the index lacks or holds beyond the ledger; what is under way is left alone."""
        for pair in pairs(self.ledger, self.indexed):
            if _is_beyond(pair):
                yield DocumentWithdrawn(document_id=pair.document_id)
            elif _is_missed(pair):
                yield DocumentParsed(document_id=pair.document_id)


def _is_beyond(pair: Pair) -> bool:
    """Say whether nobody wants it, and yet it is found or may be."""
    if pair.holding is None:
        return True
    is_gone = pair.holding.state in GONE
    return pair.indexed > 0 if is_gone else not pair.holding.is_wanted


def _is_missed(pair: Pair) -> bool:
    return pair.holding is not None and pair.holding.state in _READ and pair.indexed != pair.holding.records

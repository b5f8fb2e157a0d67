"""How far batches and stages have come, looked up once for all who watch."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.ledger import ENDS, GONE, Ledger
from shared.contracts.records import Model
from shared.runtime.database import now
from shared.runtime.progress import Batch, Pace, Stage, batches_of, pace_of, stages_of

Waiting = Callable[[], Mapping[str, int]]
"""Counts the events that wait for each service."""

_KEPT_SECONDS: Final = 1.0
_KEPT_TIMES: Final = 10  # as long as this many looks take: an open page costs a tenth of a processor
_KEPT_MOST_SECONDS: Final = 30.0


class Progress(Model):
    """Documents by state, stages in the order of the flow, batches at work first and then the latest."""

    documents: dict[str, int]
    pace: Pace
    stages: tuple[Stage, ...]
    batches: tuple[Batch, ...]

    @property
    def ended(self) -> int:
        """Count the documents that have come to an end and are still here."""
        return sum(count for state, count in self.documents.items() if state in ENDS - GONE)

    @property
    def under_way(self) -> int:
        """Count the documents that have not."""
        return sum(count for state, count in self.documents.items() if state not in ENDS)

    @property
    def is_at_work(self) -> bool:
        """Say whether anything is under way or waits."""
        return self.under_way > 0 or any(stage.waiting for stage in self.stages)


@dataclass(slots=True)
class ProgressBoard:
    """
    Counts what the ledger holds, no more often than it can bear.

    Where the queues are not known or do not answer, their length is left open and all else is told.
    """

    ledger: Ledger
    waiting: Waiting | None = None
    _kept: Progress | None = None
    _until: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def look(self) -> Progress:
        """Say how far everything has come, as of a moment ago; who has seen it waits for no other's look."""
        if self._kept is not None and self._lock.locked():
            return self._kept
        with self._lock:
            began = time.monotonic()
            if self._kept is None or began >= self._until:
                self._kept = self._count()
                ended = time.monotonic()
                kept_seconds = max(_KEPT_SECONDS, _KEPT_TIMES * (ended - began))
                self._until = ended + min(kept_seconds, _KEPT_MOST_SECONDS)
            return self._kept

    def _count(self) -> Progress:
        moment = now()
        return Progress(
            documents=dict(self.ledger.counts()),
            pace=pace_of(self.ledger, moment=moment),
            stages=stages_of(self.ledger, self._lengths(), moment=moment),
            batches=batches_of(self.ledger, moment=moment),
        )

    def _lengths(self) -> Mapping[str, int] | None:
        try:
            return self.waiting() if self.waiting else None
        except DependencyUnavailable:
            return None

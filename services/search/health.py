"""Whether that which the service reads from answers, asked without ever waiting long for it."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from threading import Lock, Thread
from typing import Final, Literal

from services.search.documents.archive import Archive
from shared.contracts.artifacts import original_key
from shared.contracts.errors import DependencyUnavailable
from shared.contracts.records import Model
from shared.contracts.search import IndexNeedsRebuild

PATIENCE_SECONDS: Final = 2.0
_KEPT_SECONDS: Final = 1.0
_NOBODY: Final = "nobody"


class Health(Model):
    """The service answers; ``missing`` names what it reads from and cannot reach."""

    status: Literal["ok", "degraded"] = "ok"
    missing: tuple[str, ...] = ()


class Pulse:
    """
    Asks each server for something that costs it nothing, in a thread that nobody waits for at the end.

    A server that hangs is asked once, not again with every look, and a look is kept for a moment:
    those who ask for health are many, and some are not friends.
    """

    def __init__(self, checks: Mapping[str, Callable[[], object]]) -> None:
        self._checks = checks
        self._asking: dict[str, Thread] = {}
        self._well: set[str] = set()
        self._lock = Lock()
        self._kept: tuple[str, ...] = ()
        self._until = 0.0

    def missing(self) -> tuple[str, ...]:
        """Name those that did not answer."""
        with self._lock:
            if time.monotonic() >= self._until:
                self._kept = self._look()
                self._until = time.monotonic() + _KEPT_SECONDS
            return self._kept

    def _look(self) -> tuple[str, ...]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        for name in self._checks:
            self._ask(name)
        for thread in self._asking.values():
            thread.join(max(0.0, deadline - time.monotonic()))
        return tuple(name for name in self._checks if name not in self._well)

    def _ask(self, name: str) -> None:
        running = self._asking.get(name)
        if running is None or not running.is_alive():
            self._well.discard(name)
            self._asking[name] = Thread(target=self._check, args=(name,), daemon=True)
            self._asking[name].start()

    def _check(self, name: str) -> None:
        with suppress(DependencyUnavailable, IndexNeedsRebuild):
            with suppress(KeyError):
                self._checks[name]()
            self._well.add(name)


def pulse_of(archive: Archive) -> Pulse:
    """Ask for things that are not there, but where we may look: a KeyError is an answer."""
    return Pulse(
        {
            "ledger": lambda: archive.ledger.document(_NOBODY),
            "search index": lambda: archive.index.get(_NOBODY),
            "object store": lambda: archive.store.size(original_key(_NOBODY)),
        }
    )

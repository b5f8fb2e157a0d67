"""Runs all stages in the threads of one process."""

import threading
import time
from collections.abc import Callable, Mapping

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.events import Event
from shared.contracts.ledger import Ledger
from shared.contracts.pipeline import Service
from shared.runtime.bus import DurableBus
from shared.runtime.telemetry import logger
from shared.runtime.worker import Handler, deliver

_LOOK_SECONDS = 0.5

_log = logger(__name__)


class Crew:
    """
    Threads for each service that take events and hand them to their handlers.

    Threads suffice because untrusted bytes are read in the sandbox's processes: what is left to
    do here is loading, saving and one writer's work on the index.
    """

    def __init__(
        self,
        bus: DurableBus,
        handlers: Mapping[type[Event], Handler],
        *,
        ledger: Ledger,
        threads: Mapping[Service, int],
    ) -> None:
        self._bus = bus
        self._handlers = handlers
        self._ledger = ledger
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, args=(service,), name=f"{service}-{number}", daemon=True)
            for service, count in threads.items()
            for number in range(count)
        ]

    def start(self) -> None:
        """Begin with what an earlier run has left."""
        self._bus.recover()
        for thread in self._threads:
            thread.start()

    def stop(self, *, release: Callable[[], None] = lambda: None, grace_seconds: float = 5) -> None:
        """
        Take no more events, let those at hand end, then ``release`` what they wait for.

        What is not done by then is handed out again at the next start.
        """
        self._stopping.set()
        deadline = time.monotonic() + grace_seconds
        self._join(deadline)
        release()
        self._join(deadline + grace_seconds)

    def wait_until_idle(self, *, watch: Callable[[], None] = lambda: None) -> None:
        """Return when nothing waits any more; ``watch`` is called now and then."""
        while sum(self._bus.waiting().values()):
            watch()
            self._stopping.wait(_LOOK_SECONDS / 4)

    def _join(self, deadline: float) -> None:
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _work(self, service: Service) -> None:
        while not self._stopping.is_set():
            mark = self._bus.news()
            try:
                busy = self._take_one(service)
            except DependencyUnavailable as fault:
                _log.warning("bus_unavailable", extra={"detail": str(fault)})
                busy = False
            if not busy:
                self._bus.news(since=mark, seconds=_LOOK_SECONDS)

    def _take_one(self, service: Service) -> bool:
        delivery = self._bus.take(service)
        if delivery is None:
            return False
        deliver(delivery, self._handlers[type(delivery.event)], bus=self._bus, ledger=self._ledger)
        return True

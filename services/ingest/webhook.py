"""The address to which the object store tells what happened."""

import hmac
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Final, Protocol

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from services.ingest.notification import NotANotification, Told, read_notification
from services.ingest.pace import Pace
from shared.contracts.errors import DependencyUnavailable
from shared.contracts.events import DocumentUploaded, Event
from shared.runtime.metrics import NOTIFICATIONS
from shared.runtime.telemetry import logger

_LOOK_SECONDS: Final = 1.0
_LATER: Final = {"Retry-After": "10"}

_log = logger(__name__)


class Queues(Protocol):
    """Where uploads are announced."""

    def announce(self, event: Event, *, bulk: bool = False) -> None: ...
    def waiting(self) -> Mapping[str, int]: ...


class Overloaded(Exception):
    """So much waits already that the object store has to keep its news for a while."""


class Intake:
    """
    Passes on what concerns us, and says when it is too much.

    An object store keeps what was not accepted and sends it again; what it loses in the end,
    the reconciler finds.
    """

    def __init__(
        self,
        queues: Queues,
        *,
        bucket: str,
        is_wanted: Callable[[str], bool],
        backlog: int,
        fresh_per_minute: int,
    ) -> None:
        self._queues = queues
        self._bucket = bucket
        self._is_wanted = is_wanted
        self._backlog = backlog
        self._pace = Pace(fresh_per_minute)
        self._lock = threading.Lock()
        self._looked_at = -_LOOK_SECONDS
        self._waiting = 0

    def accept(self, events: Iterable[Told]) -> int:
        """Announce the events; answer how many concerned us."""
        if self._length() > self._backlog:
            raise Overloaded
        ours = [event for event in events if event.bucket == self._bucket and self._is_wanted(event.key)]
        for event in ours:
            self._queues.announce(event, bulk=self._is_bulk(event))
        self._waiting += len(ours)
        return len(ours)

    def waiting(self) -> Mapping[str, int]:
        """Count what waits for each service."""
        return self._queues.waiting()

    def _is_bulk(self, event: Told) -> bool:
        with self._lock:
            fresh = self._pace.is_fresh(event.key, moment=time.monotonic())
        return isinstance(event, DocumentUploaded) and not fresh

    def _length(self) -> int:
        """Ask how long the longest queue is, once a second at most; what we add meanwhile counts."""
        moment = time.monotonic()
        if moment - self._looked_at >= _LOOK_SECONDS:
            self._looked_at = moment
            self._waiting = max(self._queues.waiting().values(), default=0)
        return self._waiting


def create_app(intake: Intake, *, token: str, body_bytes: int) -> FastAPI:
    """Build the application; only who knows the ``token`` is listened to."""
    app = FastAPI(title="jixiao ingest", docs_url=None, redoc_url=None, openapi_url=None)
    expected = f"Bearer {token}".encode()

    @app.post("/notifications")
    async def hear(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), expected):
            return Response(status_code=401)
        body = await _bounded_body(request, body_bytes)
        if body is None:
            return Response(status_code=413)
        return await run_in_threadpool(_answer, intake, body)

    @app.get("/health")
    def tell_health() -> Response:
        try:
            return JSONResponse({"status": "ok", "waiting": dict(intake.waiting())})
        except DependencyUnavailable as fault:
            return JSONResponse({"status": "unavailable", "detail": str(fault)}, status_code=503)

    return app


def _answer(intake: Intake, body: bytes) -> Response:
    try:
        intake.accept(read_notification(body))
    except NotANotification as reason:
        _log.warning("not_a_notification", extra={"detail": str(reason)})
        NOTIFICATIONS.labels("not_understood").inc()
        return Response(status_code=400)
    except (Overloaded, DependencyUnavailable) as reason:
        _log.warning("notification_put_off", extra={"detail": type(reason).__name__})
        NOTIFICATIONS.labels("put_off").inc()
        return Response(status_code=503, headers=_LATER)
    NOTIFICATIONS.labels("taken").inc()
    return Response(status_code=204)


async def _bounded_body(request: Request, limit: int) -> bytes | None:
    """Read the body, but not more of it than anybody has reason to send."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > limit:
            return None
    return bytes(body)

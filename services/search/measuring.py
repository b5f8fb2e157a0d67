"""Measures what the search service answers, for Prometheus; used on servers only."""

import time
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.runtime.metrics import REQUEST_SECONDS

_NO_ROUTE: Final = "none"


class Measured:
    """
    Counts requests by route and outcome, with the seconds until their answer begins.

    The route is the one that was declared, never the address that was asked for: people's questions
    are nobody's figures, and their number has no end. Until the answer begins, because some answers
    go on for minutes.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, answered = time.monotonic(), False

        async def send_measured(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                _note(scope, _outcome(message["status"]), time.monotonic() - began)
            await send(message)

        try:
            await self._app(scope, receive, send_measured)
        finally:
            if not answered:
                _note(scope, "failed", time.monotonic() - began)


def _note(scope: Scope, outcome: str, seconds: float) -> None:
    REQUEST_SECONDS.labels(getattr(scope.get("route"), "path", _NO_ROUTE), outcome).observe(seconds)


def _outcome(status: int) -> str:
    """Name it as tasks are named: ``unavailable`` is the world's fault, ``failed`` is ours."""
    if status < 400:
        return "done"
    if status == 503:
        return "unavailable"
    return "failed" if status >= 500 else "refused"

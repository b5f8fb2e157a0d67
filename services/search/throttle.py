"""Nobody asks so often that others wait: a bucket of tokens for each client."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.search.problems import Problem
from services.search.refusals import answer_problem

_MOST_CLIENTS: Final = 10_000
_FREE: Final = ("/static/", "/health")


@dataclass(frozen=True, slots=True)
class RateLimit:
    """
    So many requests a second, and so many at once after a rest.

    ``behind_proxy`` takes the client from the last entry of ``X-Forwarded-For``, the one that the
    nearest proxy wrote; without a proxy anybody could write anything there.
    """

    per_second: float = 50.0
    at_once: int = 200
    behind_proxy: bool = False


@dataclass(slots=True)
class _Bucket:
    tokens: float
    seen: float


class Throttle:
    """Takes a token for each request, and answers 429 where there is none; pages' styles are free."""

    def __init__(
        self, app: ASGIApp, limit: RateLimit, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._app = app
        self._limit = limit
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_FREE):
            await self._app(scope, receive, send)
            return
        wait = self._take(_client(scope, behind_proxy=self._limit.behind_proxy))
        if wait <= 0:
            await self._app(scope, receive, send)
        else:
            await _refusal(scope, math.ceil(wait))(scope, receive, send)

    def _take(self, client: str) -> float:
        """Take a client's token; answer how long it has to wait for the next one, 0 if it has one."""
        now = self._clock()
        bucket = self._buckets.setdefault(client, _Bucket(self._limit.at_once, now))
        self._buckets.move_to_end(client)
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)
        filled = bucket.tokens + (now - bucket.seen) * self._limit.per_second
        bucket.tokens, bucket.seen = min(filled, self._limit.at_once), now
        if bucket.tokens < 1:
            return (1 - bucket.tokens) / self._limit.per_second
        bucket.tokens -= 1
        return 0.0


def _client(scope: Scope, *, behind_proxy: bool) -> str:
    if behind_proxy:
        for name, value in reversed(scope["headers"]):
            if name == b"x-forwarded-for":
                return str(value.decode("latin-1").rpartition(",")[2].strip())
    return str((scope.get("client") or ("?",))[0])


def _refusal(scope: Scope, seconds: int) -> Response:
    problem = Problem(
        code="too_many_requests",
        message_zh=f"请求太频繁，请 {seconds} 秒后再试。",
        message_en=f"Too many requests: try again in {seconds} s.",
    )
    response = answer_problem(Request(scope), 429, problem)
    response.headers["Retry-After"] = str(seconds)
    return response

"""Figures for Prometheus: how long stages and answers take, and how they end."""

import os
import time
from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, Protocol, TypeVar

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

P = ParamSpec("P")
T = TypeVar("T", bound="HasPages")

_SECONDS = (0.1, 0.3, 1, 3, 10, 30, 100, 300)
_ANSWER_SECONDS = (0.01, 0.03, 0.1, 0.2, 0.3, 0.5, 1, 3, 10, 30)

TASK_SECONDS = Histogram(
    "jixiao_task_seconds", "Time spent on one event", ["service", "event", "outcome"], buckets=_SECONDS
)
QUARANTINED = Counter("jixiao_quarantined_total", "Documents put aside, by code", ["service", "code"])
DOCUMENTS = Gauge("jixiao_documents", "Documents by state", ["state"])
WAITING = Gauge("jixiao_waiting_events", "Events that wait, by service", ["service"])
OLDEST = Gauge("jixiao_oldest_waiting_seconds", "How long the oldest event has been waiting", ["service"])
PAGES = Counter("jixiao_pages_total", "Pages read, by the service that reads them", ["service"])
REQUEST_SECONDS = Histogram(
    "jixiao_request_seconds",
    "Time until the search service began to answer a request",
    ["route", "outcome"],
    buckets=_ANSWER_SECONDS,
)
NOTIFICATIONS = Counter("jixiao_notifications_total", "What the object store told, by answer", ["answer"])
DIFFERENCE = Gauge("jixiao_difference", "What the last round found to differ", ["between"])
HEALED = Counter("jixiao_healed_total", "Events the reconciler found missing", ["event"])
ROUND_SECONDS = Gauge("jixiao_round_seconds", "Duration of the reconciler's last round")
ROUND_AT = Gauge("jixiao_round_timestamp_seconds", "When the reconciler's last round ended")


class HasPages(Protocol):
    """What was read, page by page."""

    @property
    def pages(self) -> Sized: ...


def pages_counted(service: str, read: Callable[P, T]) -> Callable[P, T]:
    """Count the pages of whatever ``read`` answers."""

    @wraps(read)
    def reading(*arguments: P.args, **named: P.kwargs) -> T:
        document = read(*arguments, **named)
        PAGES.labels(service).inc(len(document.pages))
        return document

    return reading


class Outcome:
    """How a task ended; ``done`` unless somebody says otherwise."""

    said = "done"


@contextmanager
def task_measured(service: str, event: str) -> Iterator[Outcome]:
    """Measure a task by how it ended."""
    outcome, began = Outcome(), time.monotonic()
    try:
        yield outcome
    finally:
        TASK_SECONDS.labels(service, event, outcome.said).observe(time.monotonic() - began)


def serve_metrics(port: int) -> None:
    """
    Answer Prometheus on ``port``; 0 means not at all.

    The children of a worker leave their figures in the folder PROMETHEUS_MULTIPROC_DIR, where the
    parent gathers them; without it a process shows its own.
    """
    if not port:
        return
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        start_http_server(port)
        return
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # their own lack of a type
    start_http_server(port, registry=registry)

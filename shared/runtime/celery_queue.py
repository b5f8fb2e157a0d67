"""
Queues and workers on servers: the only module that knows Celery, beside ``heartbeat``
and ``reconnecting``.

A message is an event's name and fields, which are identifiers. Nothing is expected back: what
became of a document stands in the ledger, what follows is announced as events of their own.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

from celery import Celery, Task
from celery.exceptions import Reject
from celery.signals import setup_logging, worker_ready
from kombu.exceptions import ChannelError, KombuError
from redis.exceptions import RedisError

from shared.contracts.errors import DependencyUnavailable, DocumentRejected
from shared.contracts.events import Event
from shared.contracts.ledger import Ledger
from shared.contracts.pipeline import HANDLED_BY, Service
from shared.runtime.bus import subject_of
from shared.runtime.heartbeat import show_life
from shared.runtime.locks import DatabaseLocks
from shared.runtime.metrics import QUARANTINED, serve_metrics, task_measured
from shared.runtime.reconnecting import ReconnectingRequest
from shared.runtime.server_settings import BrokerSettings, HeartbeatSettings, MetricsSettings, TaskSettings
from shared.runtime.settings import LogSettings
from shared.runtime.telemetry import bound, logger, start_logging
from shared.runtime.worker import Handler, LedgerQuarantine, process

_TASK: Final = "handle"
_QUEUED_AT: Final = "queued_at"
_SERVICES: Final = tuple(sorted(set(HANDLED_BY.values())))
_TYPES: Final = {kind.__name__: kind for kind in HANDLED_BY}
_SOON, _LATER = 0, 9  # the priorities in use; Redis hands out the lower number first
_DELIVERIES_AFTER_DEATH: Final = 10  # more than the ledger lets any work begin
_LONGEST_PAUSE_SECONDS: Final = 30.0
_BUSY_PAUSE_SECONDS: Final = 0.5
_ANSWER_SECONDS: Final = 10
_PUBLISHING: Final = {"max_retries": 2, "interval_start": 0.2, "interval_step": 0.5, "interval_max": 1}
# Acknowledged late, alone on its child, given back when the child or its worker dies.
_MESSAGES: Final[Mapping[str, object]] = {
    "task_acks_late": True,
    "task_acks_on_timeout": False,
    "task_reject_on_worker_lost": True,
    "task_retry_on_worker_lost": True,
    "task_ignore_result": True,
    "task_serializer": "json",
    "accept_content": ["json"],
}

_log = logger(__name__)


def celery_app(broker: BrokerSettings, tasks: TaskSettings, *, service: Service | None = None) -> Celery:
    """
    Configure Celery so that a message is given up only when its work is done.

    The visibility timeout is told in all three places where Celery looks for it.
    """
    visible = {"visibility_timeout": tasks.visibility_seconds}
    app = Celery("jixiao", broker=broker.url.get_secret_value(), set_as_current=False)
    app.conf.update(
        **visible,
        **_MESSAGES,
        **_workers(tasks),
        task_default_queue=service or "nobody",
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={**visible, **_transport(tasks)},
        result_backend_transport_options=visible,
    )
    return app


def _workers(tasks: TaskSettings) -> dict[str, object]:
    """Say what a worker and its children may use."""
    return {
        "task_soft_time_limit": tasks.seconds,
        "task_time_limit": tasks.hard_seconds,
        "worker_prefetch_multiplier": 1,
        "worker_disable_prefetch": True,
        "worker_soft_shutdown_timeout": tasks.grace_seconds,
        "worker_max_tasks_per_child": tasks.per_child,
        "worker_max_memory_per_child": tasks.memory_megabytes_per_child * 1024,
        "worker_enable_remote_control": False,
        "worker_send_task_events": False,
    }


def _transport(tasks: TaskSettings) -> dict[str, object]:
    """Say how the broker is spoken to."""
    return {
        "unacked_restore_interval": tasks.restore_seconds,
        "unacked_restore_throttle": 1,
        "health_check_interval": 30,
        "socket_timeout": _ANSWER_SECONDS,
        "socket_connect_timeout": _ANSWER_SECONDS,
        "priority_steps": [_SOON, _LATER],
        "queue_order_strategy": "priority",
    }


class CeleryBus:
    """
    A queue for each service on Redis or Valkey; what is announced ``bulk`` gives way to all else.

    An event may arrive twice, and two events about one subject may be handed out at once: the
    workers take a lock for each subject.
    """

    def __init__(self, app: Celery) -> None:
        self._app = app

    def announce(self, event: Event, *, bulk: bool = False) -> None:
        kind = type(event).__name__
        _log.info("announced", extra={"event_type": kind, "subject": subject_of(event)})
        if type(event) in HANDLED_BY:
            self.send(kind, event.model_dump(mode="json"), priority=_LATER if bulk else _SOON)

    def send(self, kind: str, said: Mapping[str, Any], *, priority: int, deliveries: int = 0) -> None:
        """Put an event into its service's queue; ``deliveries`` counts how often it was handed out."""
        with _failures_named():
            self._app.send_task(
                _TASK,
                kwargs={"kind": kind, "said": said, "deliveries": deliveries},
                queue=HANDLED_BY[_TYPES[kind]],
                priority=priority,
                headers={_QUEUED_AT: time.time()},
                retry=True,
                retry_policy=_PUBLISHING,
            )

    def waiting(self) -> Mapping[str, int]:
        """Count the events that wait for each service; those being worked on are not among them."""
        with _failures_named(), self._app.connection_for_read() as connection:
            connection.ensure_connection(**_PUBLISHING)
            return {service: _length(connection, service) for service in _SERVICES}

    def oldest_seconds(self) -> Mapping[str, float]:
        """Say how long the oldest event has been waiting for each service; 0 where none waits."""
        with _failures_named(), self._app.connection_for_read() as connection:
            connection.ensure_connection(**_PUBLISHING)
            return {service: _age_seconds(connection.default_channel, service) for service in _SERVICES}


def _length(connection: Any, queue: str) -> int:
    try:
        return int(connection.default_channel.queue_declare(queue=queue, passive=True).message_count)
    except ChannelError:
        return 0  # an empty queue does not exist


def _age_seconds(channel: Any, queue: str) -> float:
    """Look at the end from which Redis hands out, of each priority, and take nothing."""
    lists = (channel._q_for_pri(queue, priority) for priority in (_SOON, _LATER))
    oldest = [json.loads(said)["headers"] for name in lists if (said := channel.client.lindex(name, -1))]
    moments = [float(headers[_QUEUED_AT]) for headers in oldest if _QUEUED_AT in headers]
    return max(0.0, time.time() - min(moments)) if moments else 0.0


@dataclass(frozen=True, slots=True)
class Bench:
    """What a worker works with."""

    handlers: Mapping[type[Event], Handler]
    ledger: Ledger
    locks: DatabaseLocks


def worker_app(service: Service, open_bench: Callable[[], Bench]) -> Celery:
    """
    Give the Celery application of a service.

    The bench is opened in the child that works, at its first task: connections and children
    of its own do not survive the fork that made it.
    """
    tasks = TaskSettings()
    app = celery_app(BrokerSettings(), tasks, service=service)
    desk = _Desk(service, CeleryBus(app), cache(open_bench), longest_pause_seconds=tasks.seconds / 4)
    setup_logging.connect(_log_our_way, weak=False)
    worker_ready.connect(_serve_metrics, weak=False)
    heartbeat = HeartbeatSettings().file
    if heartbeat:
        show_life(app, heartbeat)

    lasting = {
        "max_retries": _DELIVERIES_AFTER_DEATH,
        "default_retry_delay": 1,
        "Request": ReconnectingRequest,
    }

    @app.task(name=_TASK, bind=True, **lasting)  # type: ignore[untyped-decorator] # Celery has no types
    def handle(task: Task, kind: str, said: dict[str, Any], deliveries: int = 0) -> None:
        priority = int((task.request.delivery_info or {}).get("priority") or _SOON)
        try:
            desk.work_off(kind, said, priority=priority, deliveries=deliveries)
        except Exception as fault:
            # Whatever flies further is acknowledged, and the event were lost.
            raise Reject(repr(fault), requeue=True) from fault

    return app


class _CountingQuarantine(LedgerQuarantine):
    """Counts by code what it takes in."""

    def put(self, event: Event, reason: DocumentRejected) -> None:
        super().put(event, reason)
        QUARANTINED.labels(HANDLED_BY[type(event)], reason.code).inc()


@dataclass(frozen=True, slots=True)
class _Desk:
    """Works off the messages of one service, one after the other."""

    service: Service
    bus: CeleryBus
    opened: Callable[[], Bench]
    longest_pause_seconds: float

    def work_off(self, kind: str, said: Mapping[str, Any], *, priority: int, deliveries: int) -> None:
        """
        Process an event; what failed for now goes to the end of its queue after a pause.

        The pause is spent here and not as Celery's countdown: messages with a countdown are all
        taken from the broker and held in memory, as many as there are while a server is away.
        """
        if kind not in _TYPES:
            _log.error("event_unknown", extra={"event_type": kind})
            return
        pause = self._process(_TYPES[kind].model_validate(said), priority=priority, deliveries=deliveries)
        if pause is not None:
            time.sleep(pause)
            self.bus.send(kind, said, priority=priority, deliveries=deliveries + 1)

    def _process(self, event: Event, *, priority: int, deliveries: int) -> float | None:
        """Answer None when all is done, else how long to wait before it is tried again."""
        said = event.model_dump()
        pause: float = min(_LONGEST_PAUSE_SECONDS, self.longest_pause_seconds, 1.0 * 2 ** min(deliveries, 10))
        with (
            bound(service=self.service, document_id=said.get("document_id"), key=said.get("key")),
            task_measured(self.service, type(event).__name__) as outcome,
        ):
            try:
                if self._process_alone(event, priority):
                    return None
                outcome.said, pause = "busy", _BUSY_PAUSE_SECONDS
            except DependencyUnavailable as fault:
                outcome.said = "unavailable"
                _log.warning("dependency_unavailable", extra={"detail": str(fault)})
            except Exception:  # noqa: BLE001 (the one place that decides: the attempt stays counted)
                outcome.said = "failed"
                _log.exception("handler_failed")
        return pause

    def _process_alone(self, event: Event, priority: int) -> bool:
        """Process the event unless somebody works on its subject now; answer whether it was."""
        bench = self.opened()
        announce = partial(self.bus.announce, bulk=priority == _LATER)
        with bench.locks.taken(subject_of(event)) as is_ours:
            if is_ours:
                quarantine, handler = _CountingQuarantine(bench.ledger), bench.handlers[type(event)]
                process(event, handler, announce=announce, quarantine=quarantine, ledger=bench.ledger)
        return is_ours


def _serve_metrics(**_: object) -> None:
    serve_metrics(MetricsSettings().port)


def _log_our_way(**_: object) -> None:
    start_logging(level=LogSettings().log_level, also=("celery",))


@contextmanager
def _failures_named() -> Iterator[None]:
    """Translate the client's errors, so that no caller needs to know the client."""
    try:
        yield
    except (KombuError, RedisError, OSError) as error:
        raise DependencyUnavailable(f"broker: {type(error).__name__}") from error

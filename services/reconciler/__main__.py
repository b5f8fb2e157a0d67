"""Starts the reconciler: ``python -m services.reconciler``, with ``--once`` for a single round."""

import json
import math
import sys
import time
from collections.abc import Mapping
from typing import NoReturn

from prometheus_client import Gauge

from services.reconciler.rounds import Patience, Rounds
from services.reconciler.sweep import Sweep
from shared.contracts.errors import DependencyUnavailable
from shared.runtime.connected_index import connect_index
from shared.runtime.metrics import (
    DIFFERENCE,
    DOCUMENTS,
    HEALED,
    OLDEST,
    ROUND_AT,
    ROUND_SECONDS,
    WAITING,
    serve_metrics,
)
from shared.runtime.ports import connect, connect_bus, prepare_stores
from shared.runtime.server_settings import (
    BrokerSettings,
    HeartbeatSettings,
    MetricsSettings,
    ReconcilerSettings,
    UploadSettings,
)
from shared.runtime.settings import LogSettings, OcrSettings
from shared.runtime.telemetry import logger, start_logging

_UNAVAILABLE = 4
_PAUSE_SECONDS = 5.0

_log = logger(__name__)


def open_rounds(settings: ReconcilerSettings) -> Rounds:
    """Connect to everything that is compared."""
    ports, uploads = connect(), UploadSettings()
    return Rounds(
        Sweep(ports.uploads, uploads.bucket, ports.ledger, is_upload=uploads.is_upload),
        ports.ledger,
        connect_bus(),
        connect_index().documents,
        Patience(settings.listed_at_once, settings.overdue_seconds, BrokerSettings().backlog),
        can_recognise=OcrSettings().engine != "none",
    )


def run(settings: ReconcilerSettings) -> NoReturn:
    """Compare again and again; what does not answer is asked again a little later."""
    rounds, compared_at, heartbeat = None, -math.inf, HeartbeatSettings().file
    while True:
        try:
            prepare_stores()
            rounds = rounds or open_rounds(settings)
            with_index = time.monotonic() - compared_at >= settings.index_every_seconds
            show(rounds, rounds.compare(with_index=with_index))
            if heartbeat:
                heartbeat.touch()
            compared_at = time.monotonic() if with_index else compared_at
            time.sleep(settings.every_seconds)
        except DependencyUnavailable as fault:
            _log.warning("round_failed", extra={"detail": str(fault)})
            time.sleep(min(_PAUSE_SECONDS, settings.every_seconds))


def show(rounds: Rounds, told: Mapping[str, int]) -> None:
    """Put the outcome of a round into the log and into the figures."""
    _log.info("round_done", extra=dict(told))
    for name, count in told.items():
        if name == "milliseconds":
            ROUND_SECONDS.set(count / 1000)
        else:
            HEALED.labels(name).inc(count)
    ROUND_AT.set_to_current_time()
    shown: tuple[tuple[Gauge, Mapping[str, float]], ...] = (
        (DOCUMENTS, rounds.ledger.counts()),
        (WAITING, rounds.queues.waiting()),
        (OLDEST, rounds.queues.oldest_seconds()),
        (DIFFERENCE, rounds.differences),
    )
    for gauge, counts in shown:
        gauge.clear()
        for name, value in counts.items():
            gauge.labels(name).set(value)


def run_once(settings: ReconcilerSettings) -> int:
    """Do one whole round and say what was announced; answer the exit status."""
    try:
        prepare_stores()
        told = open_rounds(settings).compare(with_index=True)
    except DependencyUnavailable as fault:
        print(f"暂时无法核对：{fault}。 Not available now; try again later.", file=sys.stderr)
        return _UNAVAILABLE
    print(json.dumps(dict(told)))
    return 0


def main() -> None:
    """Do one round or go on for ever."""
    start_logging(level=LogSettings().log_level)
    settings = ReconcilerSettings()
    if sys.argv[1:] == ["--once"]:
        sys.exit(run_once(settings))
    serve_metrics(MetricsSettings().port)
    run(settings)


if __name__ == "__main__":
    main()

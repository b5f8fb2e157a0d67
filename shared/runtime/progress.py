"""How far each batch and each stage has come, how quickly, and when the rest will be done."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from shared.contracts.ledger import ENDS, BatchCount, Ledger, State
from shared.contracts.pipeline import HANDLED_BY, Service
from shared.contracts.records import Model

_LOOKED_BACK: Final = timedelta(minutes=10)
_STAGES: Final[tuple[Service, ...]] = tuple(dict.fromkeys(HANDLED_BY.values()))


class Pace(Model):
    """
    How many an hour, as of late.

    ``seconds_left`` is None where nothing is left, or nothing moved from which it could be reckoned.
    """

    an_hour: int
    seconds_left: float | None = None


class Batch(Model):
    """The uploads of one folder; uploads that nobody has looked at yet are not among them."""

    folder: str
    documents: int
    ended: int
    states: dict[State, int]
    pace: Pace
    changed_at: datetime


class Stage(Model):
    """One service: events that wait for it (None where the queues did not answer), and those it has done."""

    service: Service
    waiting: int | None
    pace: Pace


def pace_of(ledger: Ledger, *, moment: datetime) -> Pace:
    """Reckon from the last ten minutes; uploads that nobody has looked at yet are not counted."""
    moved = ledger.counts(since=moment - _LOOKED_BACK)
    left = sum(count for state, count in ledger.counts().items() if state not in ENDS)
    return _pace(sum(count for state, count in moved.items() if state in ENDS), left)


def stages_of(ledger: Ledger, waiting: Mapping[str, int] | None, *, moment: datetime) -> tuple[Stage, ...]:
    """Tell of each service, in the order of the flow, how much waits for it and how quickly it works."""
    done = ledger.work_done(since=moment - _LOOKED_BACK)
    lengths = {one: None if waiting is None else waiting.get(one, 0) for one in _STAGES}
    return tuple(
        Stage(service=one, waiting=lengths[one], pace=_pace(done.get(one, 0), lengths[one] or 0))
        for one in _STAGES
    )


def batches_of(ledger: Ledger, *, moment: datetime) -> tuple[Batch, ...]:
    """Tell of each folder how far its documents have come: those at work first, then the latest."""
    counts = sorted(ledger.batches(since=moment - _LOOKED_BACK), key=lambda one: one.folder)
    folders = groupby(counts, key=lambda one: one.folder)
    batches = [_batch(folder, tuple(counted)) for folder, counted in folders]
    batches.sort(key=lambda one: one.changed_at, reverse=True)
    return tuple(sorted(batches, key=lambda one: one.ended == one.documents))


def _batch(folder: str, counts: tuple[BatchCount, ...]) -> Batch:
    states: dict[State, int] = {}
    for one in counts:
        states[one.state] = states.get(one.state, 0) + one.documents
    ended = sum(count for state, count in states.items() if state in ENDS)
    documents = sum(states.values())
    return Batch(
        folder=folder,
        documents=documents,
        ended=ended,
        states=states,
        pace=_pace(sum(one.moved for one in counts if one.state in ENDS), documents - ended),
        changed_at=max(one.changed_at for one in counts),
    )


def _pace(done: int, left: int) -> Pace:
    seconds_each = _LOOKED_BACK.total_seconds() / done if done else 0.0
    an_hour = round(done * (timedelta(hours=1) / _LOOKED_BACK))
    return Pace(an_hour=an_hour, seconds_left=left * seconds_each if left and done else None)

"""How far each batch and each stage has come, how quickly, and when the rest will be done."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from shared.contracts.ledger import ENDS, BatchCount, Ledger, State, WorkDone
from shared.contracts.pipeline import HANDLED_BY, Service
from shared.contracts.records import Model

_LOOKED_BACK: Final = timedelta(minutes=10)
_SHORTEST: Final = timedelta(seconds=20)  # from less than this nothing is foretold of an hour
_STAGES: Final[tuple[Service, ...]] = tuple(dict.fromkeys(HANDLED_BY.values()))


class Pace(Model):
    """
    How many an hour: in the last ten minutes, or since work began in them.

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
    """Reckon for all documents; uploads that nobody has looked at yet are not counted."""
    since = moment - _LOOKED_BACK
    ended = sum(count for state, count in ledger.counts(since=since).items() if state in ENDS)
    left = sum(count for state, count in ledger.counts().items() if state not in ENDS)
    began = min((one.done_from for one in ledger.work_done(since=since).values()), default=since)
    return _pace(ended, left, moment - began)


def stages_of(ledger: Ledger, waiting: Mapping[str, int] | None, *, moment: datetime) -> tuple[Stage, ...]:
    """Tell of each service, in the order of the flow, how much waits for it and how quickly it works."""
    done = ledger.work_done(since=moment - _LOOKED_BACK)
    lengths = {one: None if waiting is None else waiting.get(one, 0) for one in _STAGES}
    return tuple(
        Stage(service=one, waiting=lengths[one], pace=_stage_pace(done.get(one), lengths[one] or 0, moment))
        for one in _STAGES
    )


def _stage_pace(done: WorkDone | None, left: int, moment: datetime) -> Pace:
    return _pace(done.count, left, moment - done.done_from) if done else Pace(an_hour=0)


def batches_of(ledger: Ledger, *, moment: datetime) -> tuple[Batch, ...]:
    """Tell of each folder how far its documents have come: those at work first, then the latest."""
    since = moment - _LOOKED_BACK
    counts = sorted(ledger.batches(since=since), key=lambda one: one.folder)
    folders = groupby(counts, key=lambda one: one.folder)
    batches = [_batch(folder, tuple(counted), moment) for folder, counted in folders]
    batches.sort(key=lambda one: one.changed_at, reverse=True)
    return tuple(sorted(batches, key=lambda one: one.ended == one.documents))


def _batch(folder: str, counts: tuple[BatchCount, ...], moment: datetime) -> Batch:
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
        pace=_batch_pace(counts, documents - ended, moment),
        changed_at=max(one.changed_at for one in counts),
    )


def _batch_pace(counts: tuple[BatchCount, ...], left: int, moment: datetime) -> Pace:
    """A batch begins to move when its first document does, be that on its way or to an end."""
    began = min((one.moved_from for one in counts if one.moved_from), default=moment)
    return _pace(sum(one.moved for one in counts if one.state in ENDS), left, moment - began)


def _pace(done: int, left: int, lasted: timedelta) -> Pace:
    lasted = max(lasted, _SHORTEST)
    seconds_each = lasted.total_seconds() / done if done else 0.0
    return Pace(
        an_hour=round(done * (timedelta(hours=1) / lasted)),
        seconds_left=left * seconds_each if left and done else None,
    )

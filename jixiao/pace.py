"""How quickly documents come to an end, and when the last of them will have."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from shared.contracts.ledger import ENDS, Ledger

_LOOKED_BACK: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pace:
    """Documents an hour, as of late; ``seconds_left`` is None where nothing is left or nothing moved."""

    an_hour: int
    seconds_left: float | None


def pace_of(ledger: Ledger, *, moment: datetime) -> Pace:
    """Reckon from the last ten minutes; uploads that nobody has looked at yet are not counted."""
    moved = ledger.counts(since=moment - _LOOKED_BACK)
    ended = sum(count for state, count in moved.items() if state in ENDS)
    left = sum(count for state, count in ledger.counts().items() if state not in ENDS)
    seconds_each = _LOOKED_BACK.total_seconds() / ended if ended else 0.0
    return Pace(
        round(ended * (timedelta(hours=1) / _LOOKED_BACK)),
        left * seconds_each if left and ended else None,
    )

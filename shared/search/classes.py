"""Classes that records are counted in: how much money, how surely read, whether a person should look."""

from decimal import Decimal
from functools import lru_cache
from typing import Final

from shared.contracts.records import Record

AMOUNT_RANGES: Final = (
    ("below_100k", Decimal(10) ** 5),
    ("100k_to_1m", Decimal(10) ** 6),
    ("1m_to_10m", Decimal(10) ** 7),
    ("10m_to_100m", Decimal(10) ** 8),
)
"""Ranges of amounts in 元, each with the amount that it ends before."""

LARGEST_RANGE: Final = "from_100m"

SURE: Final = 0.95
FAIR: Final = 0.8
"""The confidence from which a reading of a scan is sure, and from which it is fair."""


def classes_of(record: Record) -> dict[str, str | None]:
    """Say which classes a record is in."""
    confidence = _confidence_class(record.confidence)
    doubtful = bool(record.findings) or confidence == "low"
    return {
        "amount_range": _amount_range(record.amounts.total_yuan),
        "confidence": confidence,
        "review": "needs_look" if doubtful else "clear",
    }


# All indicators of a project are of one amount.
@lru_cache(maxsize=4096)
def _amount_range(yuan: str | None) -> str | None:
    if yuan is None:
        return None
    amount = Decimal(yuan)
    return next((name for name, end in AMOUNT_RANGES if amount < end), LARGEST_RANGE)


def _confidence_class(confidence: float | None) -> str:
    if confidence is None:
        return "text"
    if confidence >= SURE:
        return "sure"
    return "fair" if confidence >= FAIR else "low"

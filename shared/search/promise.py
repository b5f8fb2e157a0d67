"""One promise of a target, as an index holds it and a condition asks for it."""

from dataclasses import dataclass
from typing import Final

_ALL: Final = 100 * 10**4
"""100 % in steps."""


@dataclass(frozen=True, slots=True)
class Promise:
    """
    ``words`` name the promise exactly (``ge 95``, ``ge 95 %``); the numbers say what it allows.

    ``lower`` and ``upper`` are in steps (``packing.PLACES``), a strict bound moved by one;
    ``unit_lower`` and ``unit_upper`` are the same packed with the unit.
    """

    words: tuple[str, ...]
    lower: int | None
    upper: int | None
    unit: str | None
    unit_lower: int | None
    unit_upper: int | None


def may_be_misread(promise: Promise) -> bool:
    """Say whether it is more than all, as no share can be: such a figure may be a slip of the press."""
    return promise.unit in (None, "%") and (promise.lower or 0) > _ALL

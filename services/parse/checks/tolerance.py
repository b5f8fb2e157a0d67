"""How far a printed sum may lie from the sum of printed numbers when each of them was rounded."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

_COARSEST_PLACE: Final = Decimal("0.01")


def tolerance_of(numbers: Sequence[Decimal]) -> Decimal:
    """
    Give the last printed place times the square root of how many numbers there are.

    Rounding errors are spread evenly over ± half a place, so that this is three and a half
    standard deviations of their sum: 0.02 for four amounts of two places, 0.05 for thirty.
    The worst case (half a place for each) would hide the loss of a small project. An amount
    with fewer than two places is taken for exact: offices leave out zeros, but do not round
    to a whole 万元.
    """
    place = min((_last_place(number) for number in numbers), default=_COARSEST_PLACE)
    return min(place, _COARSEST_PLACE) * Decimal(len(numbers)).sqrt()


def _last_place(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else _COARSEST_PLACE


def plain(number: Decimal) -> str:
    """Write a number without an exponent."""
    return format(number, "f")

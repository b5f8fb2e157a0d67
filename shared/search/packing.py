"""
Numbers packed into integers that sort and range like what they stand for.

A promise is a number and its unit in one integer, so that one range on one multi-valued field
finds "at least 95 %" without mixing up the promises of a cell that holds several.
"""

import struct
from functools import lru_cache
from typing import Final
from zlib import crc32

from shared.contracts.records import Bound
from shared.search.measures import in_one_unit
from shared.search.promise import Promise
from shared.values.numbers import decimal, scaled
from shared.values.units import comparable_unit, unit_id

PLACES: Final = 4
"""Decimal places that conditions compare."""

_VALUE_BITS: Final = 50
_BELOW_ZERO: Final = 1 << 46
_KNOWN_UNITS: Final = 1 << 12
_LARGEST: Final = (1 << 62) - 1


def promised(bound: Bound) -> Promise:
    """Say how a bound is found: by its exact words, and by the range of numbers that it allows."""
    unit = None if bound.unit is None else comparable_unit(bound.unit)
    return _promised(bound.operator, bound.lower, bound.upper, unit)


def pack(unit: str, value: int) -> int:
    """Put ``value``, in steps of 10 ** -``PLACES``, into the slot of its unit; clipped to it."""
    inside = min(max(value + _BELOW_ZERO, 0), (1 << _VALUE_BITS) - 1)
    return (_slot(unit) << _VALUE_BITS) + inside


def slot_of(unit: str) -> tuple[int, int]:
    """Give the first and last packed number of a unit."""
    first = _slot(unit) << _VALUE_BITS
    return first, first + (1 << _VALUE_BITS) - 1


def steps(number: str) -> int:
    """Count a decimal string in steps of 10 ** -``PLACES``, clipped to what an index can hold."""
    return min(max(scaled(number, PLACES), -_LARGEST), _LARGEST)


def sortable(value: float, bits: int) -> int:
    """
    Give the ``bits`` leading bits of an integer that orders as the floating-point numbers do.

    Fewer bits make nearby values equal (30 bits: one part in 250,000), never out of order.
    """
    (raw,) = struct.unpack(">Q", struct.pack(">d", value + 0.0))
    ordered = raw ^ (0xFFFF_FFFF_FFFF_FFFF if raw >> 63 else 1 << 63)
    return int(ordered >> (64 - bits))


@lru_cache(maxsize=65_536)
def _promised(operator: str, lower: str | None, upper: str | None, unit: str | None) -> Promise:
    low, high = _ends(operator, lower, upper)
    if unit is None:
        return Promise((_words(operator, lower, upper),), low, high, None, None, None)
    measured, measure = in_one_unit(lower, unit)
    upper_measured, _ = in_one_unit(upper, unit)
    least, most = _ends(operator, measured, upper_measured)
    return Promise(
        words=(
            _words(operator, lower, upper),
            f"{_words(operator, measured, upper_measured)} {measure}",
        ),
        lower=low,
        upper=high,
        unit=measure,
        unit_lower=None if least is None else pack(measure, least),
        unit_upper=None if most is None else pack(measure, most),
    )


def _ends(operator: str, lower: str | None, upper: str | None) -> tuple[int | None, int | None]:
    low = None if lower is None else steps(lower) + (operator == "gt")
    high = None if upper is None else steps(upper) - (operator == "lt")
    return low, high


def _words(operator: str, lower: str | None, upper: str | None) -> str:
    figures = (decimal(figure) for figure in dict.fromkeys((lower, upper)) if figure is not None)
    return " ".join((operator, *figures))


@lru_cache(maxsize=8192)
def _slot(unit: str) -> int:
    """A unit that the table does not know gets a slot by its spelling; queries then name the unit, too."""
    known = unit_id(unit)
    return known if known is not None else _KNOWN_UNITS + crc32(unit.encode()) % _KNOWN_UNITS

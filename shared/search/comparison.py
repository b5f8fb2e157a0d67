"""A target condition, NAME OPERATOR NUMBER UNIT in all spellings: what answers it, from best to widest."""

import re
from typing import Final, Literal

from shared.contracts.records import Bound
from shared.search.normalise import contained_patterns, normalise
from shared.search.packing import promised, slot_of
from shared.search.promise import Promise, may_be_misread
from shared.search.query import Among, Between, Both, Contains, Either, Graded, Query
from shared.search.signs import FIELD_ENDS
from shared.values.numbers import DIGITS, MULTIPLIERS
from shared.values.operators import PREFIX_PATTERN, SUFFIX_PATTERN, sign_of
from shared.values.spelling import fold
from shared.values.target import read_target
from shared.values.units import LISTED, unit_id

_UNIT_SPELLINGS: Final = {
    fold(spelling) for unit in LISTED.values() for spelling in (unit.name, *unit.also_written)
}
_LONGEST_FIRST: Final = sorted(_UNIT_SPELLINGS, key=len, reverse=True)
_LISTED_UNIT: Final = rf"(?:{'|'.join(MULTIPLIERS)})?(?:{'|'.join(map(re.escape, _LONGEST_FIRST))})"
_MARKS: Final = ",，;；。、!！"
_UNIT: Final = rf"[^\s0-9\"()|≥≤<>=:{_MARKS}]"
_JOINED: Final = rf"(?:或者?|并?且|和)[^\s()|\"]*?(?:{PREFIX_PATTERN})"
_END: Final = rf"(?=[\s)|\"]|$|[{_MARKS}]|{_JOINED})"
_BARE_NAME: Final = r"(?:[^\s\"()|≥≤<>=]|\([^\s\"()|]*\))*?"

COMPARISON: Final = re.compile(
    rf"(?P<name>{_BARE_NAME}):?\s*(?:(?:控制|保持|维持|稳定)在\s*)?(?P<target>"
    rf"(?:{PREFIX_PATTERN})\s*-?(?:{DIGITS})(?:\s+{_LISTED_UNIT}|(?:{_UNIT}|\(含\))*)"
    rf"|(?:{DIGITS})\s?{_UNIT}{{0,10}}?\s?(?:{SUFFIX_PATTERN})"
    rf"){_END}"
)
"""A condition in folded text; the name may be missing, the unit may stand behind a blank."""


def condition(name: str, target: str, *, quoted: bool = False, closed_name: bool = False) -> Graded | None:
    """
    Say what answers a condition; None if its target is not one promise.

    First the literal words, then the same promise under a name that contains ``name``, then,
    unless it is ``quoted``, every promise that implies it: 不低于 98% where 95% is asked. The same
    promise implies itself, but for one that a record may hold in words only.
    """
    reading = read_target(fold(target), name=name)
    if len(reading.bounds) != 1 or normalise(reading.bounds[0].part or "") != normalise(target):
        return None
    bound, promise = reading.bounds[0], promised(reading.bounds[0])
    named = contained_patterns(name, closed=closed_name)
    literal = Contains(("text",), _literals(name, target, bound))
    same = Among("target", promise.words[-1], whole=True)
    implied = None if quoted else _implied(bound, promise)
    wider = [] if implied is None else [Either((same, implied)) if may_be_misread(promise) else implied]
    return Graded("condition", (literal, *(_widened(literal, named, one) for one in (same, *wider))))


def figure(target: str) -> Query | None:
    """
    Say what promises a figure in a range, whatever it promises of it: ``<90%`` finds ≥85%, too.

    That is another question than the condition's: who promises least, not what is sure to be below.
    """
    reading = read_target(fold(target))
    if len(reading.bounds) != 1 or normalise(reading.bounds[0].part or "") != normalise(target):
        return None
    promise = promised(reading.bounds[0])
    if promise.lower is None and promise.upper is None:
        return None
    return Either((_figure_in("lower", promise), _figure_in("upper", promise)))


def _figure_in(end: Literal["lower", "upper"], promise: Promise) -> Query:
    if promise.unit is None:
        return Between(end, promise.lower, promise.upper)
    first, last = slot_of(promise.unit)
    low = first if promise.unit_lower is None else promise.unit_lower
    high = last if promise.unit_upper is None else promise.unit_upper
    packed: Literal["unit_lower", "unit_upper"] = "unit_lower" if end == "lower" else "unit_upper"
    return _with_unit(promise.unit, Between(packed, low, high))


def _widened(literal: Query, named: tuple[str, ...], promise: Query) -> Query:
    return Either((literal, Both((Contains(("name",), named), promise)) if named else promise))


def _literals(name: str, target: str, bound: Bound) -> tuple[str, ...]:
    """
    The condition as typed, and as a person would write the target.

    A unit that was only inferred may be missing in print, too, but no other may stand there.
    """
    figure = bound.lower if bound.lower is not None else bound.upper
    usual = f"{sign_of(bound.operator)}{figure}{bound.unit or ''}"
    end = FIELD_ENDS if bound.unit_basis == "inferred" else ""
    typed, written = normalise(name) + normalise(target) + end, normalise(name) + normalise(usual)
    return tuple(dict.fromkeys((typed, written)))


def _implied(bound: Bound, promise: Promise) -> Query | None:
    if bound.operator in ("ge", "gt"):
        return _at_least(promise)
    if bound.operator in ("le", "lt"):
        return _at_most(promise)
    return None


def _at_least(promise: Promise) -> Query:
    if promise.unit is None or promise.unit_lower is None:
        return Between("lower", low=promise.lower)
    return _with_unit(promise.unit, Between("unit_lower", promise.unit_lower, slot_of(promise.unit)[1]))


def _at_most(promise: Promise) -> Query:
    if promise.unit is None or promise.unit_upper is None:
        return Between("upper", high=promise.upper)
    return _with_unit(promise.unit, Between("unit_upper", slot_of(promise.unit)[0], promise.unit_upper))


def _with_unit(unit: str, packed: Query) -> Query:
    """Units outside the table may share a slot, so the unit itself has to be there, too."""
    return packed if unit_id(unit) is not None else Both((packed, Among("unit", unit, whole=True)))

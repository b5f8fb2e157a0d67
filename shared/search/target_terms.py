"""What an index holds of a target: its promises in words and in numbers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

from shared.contracts.records import Bound, Target
from shared.search.packing import promised, sortable
from shared.search.promise import Promise, may_be_misread
from shared.values.operators import PREFIX_PATTERN
from shared.values.spelling import fold
from shared.values.units import comparable_unit

VALUE_BITS: Final = 42
_LABEL_ENDS: Final = re.compile(rf"{PREFIX_PATTERN}|[0-9]")

_Read: TypeAlias = tuple[str, str | None, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class TargetTerms:
    """
    The terms of all promises of a target.

    ``words`` name each promise exactly, ``labels`` are the words printed before it, ``numbers``
    are what it allows (see ``Promise``), ``figure`` orders targets by their first number, 0 without one.
    """

    words: tuple[str, ...]
    labels: tuple[str, ...]
    operators: tuple[str, ...]
    units: tuple[str, ...]
    numbers: dict[str, tuple[int, ...]]
    figure: int


def target_terms(target: Target | None, *, satisfaction: bool) -> TargetTerms:
    """Take a target apart; ``satisfaction`` says that it measures one, which 100 % is the most of."""
    bounds = target.bounds if target else ()
    return _terms(
        tuple((bound.operator, bound.lower, bound.upper, bound.unit, bound.part) for bound in bounds),
        satisfaction,
    )


# Archives promise the same few thousand things again and again.
@lru_cache(maxsize=65_536)
def _terms(read: tuple[_Read, ...], satisfaction: bool) -> TargetTerms:
    bounds = [
        Bound.model_construct(operator=operator, lower=lower, upper=upper, unit=unit, part=part)  # type: ignore[arg-type]  # it was an Operator
        for operator, lower, upper, unit, part in read
    ]
    promises = [promised(bound) for bound in bounds]
    implying = [promise for promise in promises if not (satisfaction and _is_misread(promise))]
    return TargetTerms(
        words=distinct(word for promise in promises for word in promise.words),
        labels=distinct(_label(bound) for bound in bounds),
        operators=distinct(bound.operator for bound in bounds),
        units=distinct(comparable_unit(bound.unit) for bound in bounds if bound.unit),
        numbers={
            "lower": _known(promise.lower for promise in implying),
            "upper": _known(promise.upper for promise in implying),
            "unit_lower": _known(promise.unit_lower for promise in implying),
            "unit_upper": _known(promise.unit_upper for promise in implying),
        },
        figure=_first_figure(bounds),
    )


def distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    """Keep each value that says something once, in order."""
    return tuple(dict.fromkeys(value for value in values if value))


def _known(numbers: Iterable[int | None]) -> tuple[int, ...]:
    return tuple(number for number in numbers if number is not None)


def _is_misread(promise: Promise) -> bool:
    """Nobody is satisfied to 950 %: such a figure is a slip of the press, and implies nothing."""
    return promise.unit == "%" and may_be_misread(promise)


def _label(bound: Bound) -> str:
    """The words before a promise inside its cell, as in 参训人员满意度95%: they name it, too."""
    part = bound.part or ""
    return part[: len(_LABEL_ENDS.split(fold(part), maxsplit=1)[0])].strip()


def _first_figure(bounds: list[Bound]) -> int:
    figures = (bound.upper if bound.lower is None else bound.lower for bound in bounds)
    first = next((figure for figure in figures if figure is not None), None)
    return 0 if first is None else value_key(first)


def value_key(number: str) -> int:
    """Give a sort key of a decimal number; every number's is above 0."""
    return 1 << VALUE_BITS | sortable(float(number), VALUE_BITS)

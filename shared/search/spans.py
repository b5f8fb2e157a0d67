"""Ranges of years, pages and amounts as a person types them: 2022..2024, >100万, 10万以上."""

import re
from typing import Final

from shared.contracts.records import Operator
from shared.contracts.search import QueryError
from shared.search.query import Between, NumberField
from shared.values.numbers import DIGITS, MULTIPLIERS, scaled
from shared.values.operators import PREFIX_PATTERN, SUFFIXES, operator_of
from shared.values.spelling import fold

_TIMES: Final = "|".join(MULTIPLIERS)
_AFTER: Final[dict[str, Operator]] = SUFFIXES | {
    "起": "ge", "以来": "ge", "以后": "ge", "及以后": "ge", "之后": "gt",
    "以前": "le", "及以前": "le", "止": "le", "之前": "lt",
}  # fmt: skip
_SUFFIXES: Final = "|".join(sorted(map(re.escape, _AFTER), key=len, reverse=True))


def _figure_called(name: str) -> str:
    return rf"(?P<{name}>{DIGITS})\s*(?P<{name}_times>{_TIMES})?\s*(?:元|年|页)?"


_COMPARED: Final = re.compile(
    rf"(?P<before>{PREFIX_PATTERN})?\s*第?{_figure_called('figure')}度?(?P<after>{_SUFFIXES})?"
)
_RANGE: Final = re.compile(
    rf"(?:{_figure_called('low')})?\s*(?:\.\.+|~|-|至|到)\s*(?:{_figure_called('high')})?"
)
_FIRST_YEAR: Final = 1000
_LAST_YEAR: Final = 9999
_LARGEST: Final = (1 << 62) - 1
_PLACES: Final[dict[str, int]] = {"amount": 2, "fiscal_year": 0, "page": 0}
_ADVICE: Final = {
    "fiscal_year": "年份要写成 2024、2022..2024 或 >=2022。",
    "amount": "金额要写成 >100万、50万..200万 或 1000000（单位是元）。",
    "page": "页码要写成 3 或 3..5。",
}


def between(field: NumberField, text: str, *, start: int, end: int) -> Between:
    """Read a range; amounts are in 元 and kept in 分. What is no range is a ``QueryError`` at its place."""
    folded = fold(text).strip()
    found = _compared(field, folded) or _from_to(field, folded)
    if found is None or (field == "fiscal_year" and not _are_years(found)):
        raise QueryError(_ADVICE[field], start=start, end=end)
    if found.low is not None and found.high is not None and found.low > found.high:
        raise QueryError("范围的两端写反了，小的写在前面。", start=start, end=end)
    return found


def _are_years(found: Between) -> bool:
    """24 is no year, and 2024 年 no typing mistake: offices print four digits."""
    return all(end is None or _FIRST_YEAR <= end <= _LAST_YEAR for end in (found.low, found.high))


def _compared(field: NumberField, folded: str) -> Between | None:
    found = _COMPARED.fullmatch(folded)
    if not found:
        return None
    figure = _figure(field, found["figure"], found["figure_times"])
    operator = operator_of(found["before"]) if found["before"] else _AFTER.get(found["after"] or "", "eq")
    low = {"ge": figure, "gt": figure + 1, "eq": figure}.get(operator)
    high = {"le": figure, "lt": figure - 1, "eq": figure}.get(operator)
    return Between(field, low, high)


def _from_to(field: NumberField, folded: str) -> Between | None:
    """Read 50..200万: a power of ten behind the upper end alone is meant for both."""
    found = _RANGE.fullmatch(folded)
    if not found or not (found["low"] or found["high"]):
        return None
    times = found["high_times"]
    low = _figure(field, found["low"], found["low_times"] or times) if found["low"] else None
    high = _figure(field, found["high"], times) if found["high"] else None
    return Between(field, low, high)


def _figure(field: NumberField, printed: str, times: str | None) -> int:
    value = scaled(printed, _PLACES[field]) * (10 ** MULTIPLIERS[times] if times else 1)
    return min(value, _LARGEST)

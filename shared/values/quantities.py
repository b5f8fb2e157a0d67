"""A number with its power of ten and unit, and what follows it: 以上, 左右, the end of a range."""

import re
from dataclasses import dataclass, replace
from typing import Final

from shared.contracts.records import Operator
from shared.values.numbers import DIGITS, MULTIPLIERS, decimal, scaled, unscaled
from shared.values.operators import SUFFIX_PATTERN, SUFFIXES
from shared.values.units import (
    NormalUnit,
    match_multiplier,
    match_unit,
    normalise_power,
    normalise_unit,
    standard_name,
)

PER: Final = r"每个?(?:[年月季周天日人次]度?|季度|工作日)|全年|年均|各"
"""Words between an operator and its number (不少于每年2次)."""

_PLAIN_NUMBER: Final = re.compile(rf"-?(?:{DIGITS})(?![0-9])")
_RANGE: Final = re.compile(r"\s*(?:-{1,2}|~|至|到)\s*(?=[0-9])")
_RANGE_END: Final = re.compile(r"\s*(?:之间|以?内|以下|的?区间)")
_PLUS_MINUS: Final = re.compile(r"\s*±\s*(?=[0-9])")
_SUFFIX: Final = re.compile(rf"\s*({SUFFIX_PATTERN})")
_WITHIN: Final = re.compile(r"\s*内(?![容部])")
_TIMES: Final = frozenset(
    {"年", "个月", "周", "天", "日", "小时", "分钟", "秒", "工作日", "个工作日", "日历天"}
)
_VAGUE: Final = re.compile(r"\s*(?:左右|上下|前后|余|多(?!于))")
_VAGUE_BEFORE: Final = re.compile(r"(?:约|大约|大概|近|接近|将近)\s*$")
_BRACKETED_UNIT: Final = re.compile("\\s*\1([^\1\2]+)\2")
_UNIT_BEFORE: Final = re.compile("\1([^\1\2]+)\2\\s*$")
_OWN_WORD: Final = re.compile(r"\s*([\u4e00-\u9fff]{1,4}?)(?=\s*(?:$|(?:及其?|或者?)?以[上下内]))")


@dataclass(frozen=True, slots=True)
class Promise:
    """
    One promise as printed, before units from elsewhere are known.

    ``operator`` is None where none is printed. ``multiplied`` says that 万 or 亿 was printed.
    A comparison with something that is no number (不低于上年) has neither end.
    """

    start: int
    end: int
    operator: Operator | None
    lower: str | None = None
    upper: str | None = None
    unit: str | None = None
    unit_inferred: bool = False
    multiplied: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed, times ten to the ``power``, and the unit behind it."""

    start: int
    end: int
    number: str
    power: int
    unit: str | None

    @property
    def value(self) -> str:
        return decimal(self.number, power=self.power)


def read_quantity(clause: str, start: int, end: int, *, latin: str | None = None) -> Quantity:
    """Read the multiplier and unit of the number at ``start``; ``latin`` is a mark before it (IP65)."""
    number = clause[start:end]
    if latin:
        return Quantity(start, end, number, 0, standard_name(latin))
    while end < len(clause) and clause[end] == " ":
        end += 1
    if clause.startswith(("百分之", "千分之"), max(0, start - 3)) and start >= 3:
        return Quantity(start, end, number, 0, "%" if clause[start - 3] == "百" else "‰")
    multiplier = match_multiplier(clause, end)
    power = MULTIPLIERS.get(multiplier, 0)
    unit, end = _unit_at(clause, end + len(multiplier))
    if power and unit.power:  # 5万(万元): multiplied once, or twice?
        return Quantity(start, end, number, power, None)
    return Quantity(start, end, number, power + unit.power, unit.unit)


def _unit_at(clause: str, position: int) -> tuple[NormalUnit, int]:
    """Read a unit, one in brackets (18(万人次)), or one with a bracket behind (台(套))."""
    match = match_unit(clause, position)
    unit, end = (match.unit, match.end) if match else (None, position)
    bracketed = _BRACKETED_UNIT.match(clause, end)
    if not bracketed:
        return NormalUnit(unit), end
    inside = normalise_power(bracketed[1]) or NormalUnit(None)
    if unit is None:
        return inside, bracketed.end()
    if inside.unit in _TIMES:
        return NormalUnit(unit), bracketed.end()
    return NormalUnit(f"{unit}（{bracketed[1]}）"), bracketed.end()


def complete(
    clause: str, quantity: Quantity, operator: Operator | None, start: int
) -> tuple[Promise | None, int]:
    """Read what follows a quantity: the other end of a range, 以上, or words that make it vague."""
    end = quantity.end
    if _VAGUE.match(clause, end) or _VAGUE_BEFORE.search(clause, 0, quantity.start):
        return None, end + 1
    ranged = _range(clause, quantity, start)
    if ranged:
        return ranged, ranged.end
    suffix = _SUFFIX.match(clause, end)
    after = SUFFIXES[suffix[1]] if suffix else None
    within = None if suffix or quantity.unit not in _TIMES else _WITHIN.match(clause, end)
    if within:
        after = "le"
    last = suffix or within
    end = last.end() if last else end
    agreed = agree(operator, after)
    if operator and after and not agreed:
        return None, end
    return _promise(clause, quantity, agreed, start, end), end


def agree(before: Operator | None, after: Operator | None) -> Operator | None:
    """Join an operator before a number with one behind it: 超10家以上 says no more than 以上."""
    if before is None or after is None or before == after or before == "eq":
        return after or before
    return after if {before, after} in ({"gt", "ge"}, {"lt", "le"}) else None


def _promise(
    clause: str, quantity: Quantity, operator: Operator | None, start: int, end: int
) -> Promise | None:
    unit, power = quantity.unit, quantity.power
    if unit is None:
        before = _UNIT_BEFORE.search(clause, 0, start)
        inside = normalise_unit(before[1]) if before else None
        if inside and not (power and inside.power):
            unit, power = inside.unit, power + inside.power
    if unit is None and clause[end : end + 1].isascii() and clause[end : end + 1].isalpha():
        return None
    if unit is None and (word := _OWN_WORD.match(clause, end)) and operator:
        unit, end = standard_name(word[1]), word.end()
    plain = bounded(start, end, operator, decimal(quantity.number, power=power))
    return replace(plain, unit=unit, multiplied=quantity.power > 0)


def bounded(start: int, end: int, operator: Operator | None, value: str) -> Promise:
    lower = None if operator in ("le", "lt") else value
    upper = None if operator in ("ge", "gt") else value
    return Promise(start, end, operator, lower, upper)


def _range(clause: str, first: Quantity, start: int) -> Promise | None:
    spread = _PLUS_MINUS.match(clause, first.end)
    joined = spread or _RANGE.match(clause, first.end)
    number = _PLAIN_NUMBER.match(clause, joined.end()) if joined else None
    if not number:
        return None
    second = read_quantity(clause, number.start(), number.end())
    if second.unit and first.unit and second.unit != first.unit:
        return None
    low, high = _spread(first, second) if spread else _ends(first, second)
    if scaled(low) > scaled(high):
        return None
    tail = _RANGE_END.match(clause, second.end)
    end = tail.end() if tail else second.end
    multiplied = first.power > 0 or second.power > 0
    return Promise(start, end, "range", low, high, second.unit or first.unit, multiplied=multiplied)


def _ends(first: Quantity, second: Quantity) -> tuple[str, str]:
    """Let 3-5万 begin at 30000, but 5000-1万 at 5000."""
    shared = decimal(first.number, power=first.power or (0 if first.unit else second.power))
    return (shared if scaled(shared) <= scaled(second.value) else first.value), second.value


def _spread(middle: Quantity, spread: Quantity) -> tuple[str, str]:
    centre = scaled(decimal(middle.number, power=middle.power or (0 if middle.unit else spread.power)))
    return unscaled(centre - scaled(spread.value)), unscaled(centre + scaled(spread.value))

"""Target values: from the printed cell to what it promises."""

import re
from functools import lru_cache
from typing import Final

from shared.contracts.records import Bound, Operator, Target, UnitBasis
from shared.values.dates import find_dates
from shared.values.explanations import OPAQUE, hide_explanations, offers_choice
from shared.values.numbers import decimal, scaled
from shared.values.operators import match_folded_operator, read_operator, sign_of
from shared.values.promises import find_promises
from shared.values.quantities import Promise
from shared.values.spelling import fold
from shared.values.units import NormalUnit, is_known_unit, normalise_power, normalise_unit

LONGEST_VALUE: Final = 1000
"""Characters; a longer cell is prose and stays text."""

_UNIT_IN_NAME: Final = re.compile(r"\(([^()]*)\)[^\u4e00-\u9fffA-Za-z0-9(]*$")
_SEVERAL: Final = re.compile("[；;]")
_TRAILING: Final = re.compile(r"(?:\([^()]*\)|[\s.。,;:])+$")
_PERCENTAGE: Final = re.compile("(?:满意度|(?<![效频汇功速心倍帧斜利]|辨)(?<!容积)率|百分比|比例|占比|比重)$")
_DIGIT: Final = re.compile("[0-9]")
_WORD: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def read_target(text: str, *, name: str = "", operator: str | None = None, unit: str | None = None) -> Target:
    """
    Read what a value cell promises; what is not understood stays text, without bounds.

    ``name`` is the indicator's, whose brackets may hold the unit; ``operator`` and ``unit``
    are the cells of columns of their own. An operator or unit in the value itself counts
    before those. A comparison with something that is no number (不低于上年) is a bound
    without ends.
    """
    promises, date = _promises(text)
    given = read_operator(operator)
    own, percentage = normalise_power(unit), _is_percentage(name)
    bounds = tuple(
        _bound(promise, text, given=given, column=own, named=named, percentage=percentage)
        for promise, named in zip(promises, _units_in_names(name, len(promises)), strict=True)
    )
    return Target(
        text=text,
        operator_printed=operator,
        unit_printed=unit,
        display=_display(text, given, unit) if len(bounds) == 1 else text,
        bounds=bounds,
        qualitative=not bounds and date is None and _is_qualitative(text, operator),
        date=date,
    )


@lru_cache(maxsize=16_384)
def _promises(text: str) -> tuple[tuple[Promise, ...], str | None]:
    if len(text) > LONGEST_VALUE:
        return (), None
    folded = fold(text)
    date, places = find_dates(folded)
    for start, end in places:
        folded = folded[:start] + OPAQUE * (end - start) + folded[end:]
    return () if offers_choice(folded) else find_promises(hide_explanations(folded)), date


def _bound(
    promise: Promise,
    text: str,
    *,
    given: Operator | None,
    column: NormalUnit | None,
    named: NormalUnit | None,
    percentage: bool,
) -> Bound:
    operator = promise.operator or given or "eq"
    if operator == "range" and promise.operator is None:
        operator = "eq"
    unit, power, basis = _unit_of(promise, column=column, named=named, percentage=percentage)
    lower = promise.lower if operator not in ("le", "lt") else None
    upper = promise.upper if operator not in ("ge", "gt") else None
    return Bound(
        operator=operator,
        lower=decimal(lower, power=power) if lower and power else lower,
        upper=decimal(upper, power=power) if upper and power else upper,
        unit=unit,
        unit_basis=basis,
        part=text[promise.start : promise.end].strip(" \t\n\u3000\"'“”"),
    )


def _unit_of(
    promise: Promise, *, column: NormalUnit | None, named: NormalUnit | None, percentage: bool
) -> tuple[str | None, int, UnitBasis | None]:
    if promise.unit:
        return promise.unit, 0, "inferred" if promise.unit_inferred else "value"
    value = promise.lower or promise.upper
    if value is None:
        return None, 0, None
    elsewhere, basis = _unit_elsewhere(column, named)
    if elsewhere:
        if promise.multiplied and elsewhere.power:  # 5万 under 万元: multiplied once, or twice?
            return None, 0, None
        return elsewhere.unit, elsewhere.power, basis
    if percentage and not promise.multiplied and (value == "0" or 10**12 < scaled(value) <= 100 * 10**12):
        return "%", 0, "inferred"
    return None, 0, None


def _unit_elsewhere(
    column: NormalUnit | None, named: NormalUnit | None
) -> tuple[NormalUnit | None, UnitBasis | None]:
    """Take the unit of the column before that of the name; 万 in the column may count 元 of the name."""
    if column is None:
        return named, "name"
    if column.unit:
        return column, "column"
    if named and not named.power:
        return NormalUnit(named.unit, column.power), "name"
    return column, None


def _units_in_names(name: str, count: int) -> tuple[NormalUnit | None, ...]:
    """
    Give the unit in the name for each of ``count`` promises.

    A cell of several names (1.接访数量（件次）；2.办信数量（件）) has as many promises, in the same
    order, or nobody can tell which unit is whose.
    """
    names = _SEVERAL.split(name.strip("；; ")) if "；" in name or ";" in name else [name]
    if len(names) == 1:
        return (_unit_in_name(name),) * count
    units = tuple(_unit_in_name(each) for each in names)
    return units if len(units) == count else ((units[0] if len(set(units)) == 1 else None),) * count


@lru_cache(maxsize=16_384)
def _unit_in_name(name: str) -> NormalUnit | None:
    """Read ``接访数量（件次/年）``: brackets at the end of a name that hold nothing but a unit."""
    found = _UNIT_IN_NAME.search(fold(name)) if name else None
    return normalise_unit(found[1]) if found and is_known_unit(found[1]) else None


@lru_cache(maxsize=16_384)
def _is_percentage(name: str) -> bool:
    return bool(name and _PERCENTAGE.search(_TRAILING.sub("", fold(name))))


def _is_qualitative(text: str, operator: str | None) -> bool:
    if not _WORD.search(text):
        return False
    return not _DIGIT.search(fold(text)) or (operator or "").strip() == "定性"


def _display(text: str, operator: Operator | None, unit: str | None) -> str:
    """Write operator, value and unit of three columns as one, leaving out what the value already has."""
    value = text.strip()
    if not value or (operator is None and unit is None):
        return text
    folded = fold(value)
    if not _DIGIT.search(folded):
        return text
    sign = sign_of(operator) if operator and operator != "range" and not _has_operator(folded) else ""
    normal = normalise_power(unit)
    printed = "%" if normal and normal.unit == "%" else (unit or "").strip()
    tail = printed if normal and not folded.endswith(fold(printed)) and folded[-1].isdecimal() else ""
    return f"{sign}{value}{tail}"


def _has_operator(folded: str) -> bool:
    return bool(match_folded_operator(folded) or re.search(r"[≥≤<>=]|以[上内下]", folded))

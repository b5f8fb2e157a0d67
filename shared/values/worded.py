"""Promises in words: comparisons with what is no number, ranks, growth, Chinese numerals."""

import re
from collections.abc import Iterator
from typing import Final

from shared.contracts.records import Operator
from shared.values.explanations import OPAQUE
from shared.values.numbers import decimal, read_numeral
from shared.values.operators import COMPARISONS, operator_of
from shared.values.quantities import PER, Promise, Quantity, complete
from shared.values.units import match_unit

UNATTACHED: Final = re.compile("|".join(sorted(COMPARISONS, key=len, reverse=True)) + "|[≥≤<>]")
_BUDGET: Final = re.compile(r"不超(?=预算|概算|限额|标准|上年|支出限额|控制数)")
_KEPT_WITHIN: Final = re.compile(r"控制在[^0-9]+?(?:以内|之内|内)$|^在预算[^0-9]*?(?:以内|之内|内)$")
_GROWTH: Final = re.compile("(?<![未不非])(正|负)增长")
_PLACE: Final = r"前\s*(?P<place>[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*"
_RANK: Final = re.compile(
    rf"(?:全[国省市区县州]|排名|名列|位列|位居|排在|进入|保持)[^0-9]{{0,8}}?{_PLACE}(?P<unit>名|位|%)?\s*$"
)
_PLAIN_RANK: Final = re.compile(rf"\s*{_PLACE}(?P<unit>名|位|%)\s*$")
_CHINESE: Final = re.compile(
    rf"\s*(?:{PER})?\s*(?P<operator>不少于|不低于|不超过|不多于|不高于|至少|最多|大于|超过)?\s*"
    r"(?P<share>[百千]分之)?(?P<number>半|[一二三四五六七八九十两百零]{1,5})(?=[\u4e00-\u9fff]|$)"
)
_NEVER_CHINESE: Final = frozenset("分批级点面度号种类口步组时刻站园国地部层门星省市区")
"""Measure words that make words of a numeral: 一批, 十分, 一级."""


def without_digits(clause: str) -> Iterator[Promise]:
    """Read comparisons with what is no number, ranks, growth and Chinese numerals."""
    if _GROWTH.search(clause):
        yield _growth(clause)
    elif rank := find_rank(clause):
        yield rank
    elif (numeral := _CHINESE.match(clause)) and (promise := _chinese(clause, numeral)):
        yield promise
    else:
        yield from _relative(clause)


def _growth(clause: str) -> Promise:
    negative = "负增长" in clause
    operator: Operator = "lt" if negative else "gt"
    lower, upper = (None, "0") if negative else ("0", None)
    return Promise(0, len(clause), operator, lower, upper, "%", unit_inferred=True)


def find_rank(clause: str) -> Promise | None:
    """Read 全国前三 and 前10%: at most that place."""
    found = _RANK.search(clause) or _PLAIN_RANK.match(clause)
    if not found:
        return None
    printed = found["place"]
    place = printed if printed.isdecimal() else read_numeral(printed)
    if place is None:
        return None
    unit = found["unit"]
    return Promise(0, len(clause), "le", None, decimal(str(place)), unit or "名", unit_inferred=unit is None)


def _chinese(clause: str, numeral: re.Match[str]) -> Promise | None:
    quantity = _chinese_share(numeral) if numeral["share"] else _chinese_count(clause, numeral)
    if quantity is None:
        return None
    operator = operator_of(numeral["operator"]) if numeral["operator"] else None
    promise, end = complete(clause, quantity, operator, 0)
    if promise is None or clause[end:].strip(" .") or (numeral["number"] == "半" and not promise.operator):
        return None
    return promise


def _chinese_share(numeral: re.Match[str]) -> Quantity | None:
    number = 100 if numeral["number"] == "百" else read_numeral(numeral["number"])
    unit = "%" if numeral["share"] == "百分之" else "‰"
    return None if number is None else Quantity(numeral.start("number"), numeral.end(), str(number), 0, unit)


def _chinese_count(clause: str, numeral: re.Match[str]) -> Quantity | None:
    unit = match_unit(clause, numeral.end())
    if unit is None or unit.unit in _NEVER_CHINESE:
        return None
    number = "0.5" if numeral["number"] == "半" else read_numeral(numeral["number"])
    return None if number is None else Quantity(numeral.start("number"), unit.end, str(number), 0, unit.unit)


def _relative(clause: str) -> Iterator[Promise]:
    found = UNATTACHED.search(clause) or _BUDGET.search(clause)
    whole = (0, len(clause))
    if found and clause[found.end() :].strip(f" .{OPAQUE}"):
        yield Promise(*whole, "le" if found[0] == "不超" else operator_of(found[0]))
    elif _KEPT_WITHIN.search(clause.strip()):
        yield Promise(*whole, "le")

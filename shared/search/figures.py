"""Figures that a person types in Chinese behind a comparison, in digits: 不低于百分之九十五 asks for 95%."""

import re
from dataclasses import dataclass
from typing import Final

from shared.values.operators import PREFIX_PATTERN, SUFFIX_PATTERN

_DIGITS: Final = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_TENS: Final = {"十": 10, "百": 100, "千": 1000}
_TIMES: Final = {"万": 10**4, "亿": 10**8}
_FIGURE: Final = f"[{''.join((*_DIGITS, *_TENS, *_TIMES))}]"

# A single digit is as often an ordinal (不低于一级) as a number, and stays as it is.
_WRITTEN: Final = (
    rf"百分之(?P<percent>{_FIGURE}+)|千分之(?P<permille>{_FIGURE}+)"
    rf"|(?P<tenths>[一二三四五六七八九])成(?P<half>[一二三四五六七八九])?"
    rf"|(?<![0-9.])(?P<plain>(?:十|[{''.join(_DIGITS)}]+[十百千万亿]){_FIGURE}*)"
)
_BEFORE: Final = rf"(?P<before>(?:{PREFIX_PATTERN}|达到|达|至少|至多|最高|最低)\s*)"
_BEHIND: Final = re.compile(rf"{_BEFORE}(?:{_WRITTEN})(?!等|分之)")
_AHEAD: Final = re.compile(rf"(?P<before>)(?:{_WRITTEN})(?=\S{{0,4}}?(?:{SUFFIX_PATTERN})(?:\s|$))")


@dataclass(frozen=True, slots=True)
class InDigits:
    """A query whose figures are in digits; ``places`` says where each of its characters was typed."""

    text: str
    places: tuple[int, ...]

    def typed(self, place: int) -> int:
        """Give the place in what was typed."""
        return self.places[min(place, len(self.places) - 1)]


def in_digits(query: str, folded: str) -> InDigits:
    """Write the figures of a query in digits; ``folded`` is the query with each character folded."""
    text, places, end = "", list[int](), 0
    for found in _figures(folded):
        start, digits = found.end("before"), _digits(found)
        text += query[end:start] + digits
        places += [*range(end, start), *[start] * len(digits)]
        end = found.end()
    return InDigits(text + query[end:], (*places, *range(end, len(query) + 1)))


def _figures(folded: str) -> list[re.Match[str]]:
    return [*_BEHIND.finditer(folded)] or [*_AHEAD.finditer(folded)]


def _digits(found: re.Match[str]) -> str:
    if found["percent"]:
        return f"{_number(found['percent'])}%"
    if found["permille"]:
        return f"{_number(found['permille'])}‰"
    if found["tenths"]:
        return f"{_DIGITS[found['tenths']] * 10 + _DIGITS.get(found['half'] or '', 0)}%"
    return str(_number(found["plain"]))


def _number(written: str) -> int:
    """Add up 一千二百: each digit counts as often as what follows it says, 万 and 亿 all before them."""
    whole, part, digit = 0, 0, 0
    for sign in written:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _TENS:
            part += (digit or 1) * _TENS[sign]
            digit = 0
        else:
            whole = (whole + part + digit or 1) * _TIMES[sign]
            part = digit = 0
    return whole + part + digit

"""Decimal numbers as strings: exact, without exponents, never a float."""

import re
from typing import Final

DIGITS: Final = (
    r"[0-9]{1,3}(?:,\s?[0-9]{3})+(?![0-9])(?:\s?\.\s?[0-9]{1,12})?|[0-9]{1,18}(?:\s?\.\s?[0-9]{1,12})?"
)
"""A number as printed; OCR leaves a blank behind its separators (``29, 458. 63``)."""

MULTIPLIERS: Final[dict[str, int]] = {
    "万亿": 12, "千亿": 11, "百亿": 10, "十亿": 9, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4,
    "千": 3, "百": 2,
}  # fmt: skip
"""Powers of ten."""

_BLANKS_AND_COMMAS: Final = str.maketrans("", "", ", \t\n\u3000\u00a0")
_NUMERALS: Final = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {
    "两": 2,
    "〇": 0,
}
_PLACES: Final = {"十": 10, "百": 100, "千": 1000}


def decimal(printed: str, *, power: int = 0) -> str:
    """
    Write a printed number canonically, times ten to the ``power``.

    ``1,000.50`` is ``1000.5``. The point is moved in the string, so no digit is ever rounded.
    """
    plain = printed.translate(_BLANKS_AND_COMMAS)
    sign = "-" if plain.startswith("-") else ""
    whole, _, fraction = plain.lstrip("-").partition(".")
    fraction = fraction.ljust(power, "0")
    whole, fraction = whole + fraction[:power], fraction[power:].rstrip("0")
    whole = whole.lstrip("0") or "0"
    if whole == "0" and not fraction:
        return "0"
    return f"{sign}{whole}.{fraction}" if fraction else sign + whole


def scaled(number: str, places: int = 12) -> int:
    """Give a decimal string as an integer of its 10 ** -``places``, for exact comparison and sums."""
    return int(decimal(number, power=places).partition(".")[0])


def unscaled(value: int, places: int = 12) -> str:
    """Undo ``scaled``."""
    digits = str(abs(value)).rjust(places + 1, "0")
    return decimal(f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}")


def divide(numerator: str, denominator: str) -> str | None:
    """Divide two whole numbers; None where the result has no end (2/3) or is no share."""
    over, under = int(numerator), int(denominator)
    if over >= under or (over * 10**12) % under:
        return None
    return unscaled(over * 10**12 // under)


def read_numeral(text: str) -> int | None:
    """Read a whole number below ten thousand in Chinese numerals (二十三, 两); None if it is none."""
    total = digit = 0
    for character in text:
        if character in _PLACES:
            total += (digit or (1 if character == "十" else 0)) * _PLACES[character]
            digit = 0
        elif character in _NUMERALS and not digit:
            digit = _NUMERALS[character]
        else:
            return None
    return total + digit if text and re.search("[一二三四五六七八九两十零〇]", text) else None

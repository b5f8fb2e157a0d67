"""Amounts of money as they stand in a table's cells."""

import re
from typing import Final

from shared.values.numbers import decimal
from shared.values.spelling import fold
from shared.values.units import normalise_unit

_BLANKS_AT_SEPARATORS: Final = re.compile(r"\s*([,.'])\s*|^\s+|\s+$|(?<=[-+¥￥(])\s+|\s+(?=\))")
_AMOUNT: Final = re.compile(r"([-+]?)[¥￥]?([0-9]{1,3}(?:[,'][0-9]{3})+|[0-9]{1,18})(?:\.([0-9]{0,12}))?")
_IN_BRACKETS: Final = re.compile(r"\(([0-9.,]+)\)")
_THOUSANDS: Final = str.maketrans("", "", ",'")


def read_amount(text: str | None) -> str | None:
    """
    Read a cell that holds an amount: ``29, 458. 63`` is ``29458.63``; None if it is not one.

    Digits are kept as printed (``100.00`` stays ``100.00``). Blanks that OCR leaves beside
    separators are dropped, but never one between two digits: it may part two columns.
    A cell in brackets is negative, as accountants write it. A cell with a unit or words in
    it is no amount: what stands there must be looked at.
    """
    if not text:
        return None
    plain = _BLANKS_AT_SEPARATORS.sub(r"\1", fold(text))
    bracketed = _IN_BRACKETS.fullmatch(plain)
    found = _AMOUNT.fullmatch(f"-{bracketed[1]}" if bracketed else plain)
    if not found:
        return None
    sign, whole, fraction = found.groups()
    whole = whole.translate(_THOUSANDS)
    return f"{'-' if sign == '-' else ''}{whole}{'.' + fraction if fraction else ''}"


def to_yuan(amount: str | None, unit: str | None) -> str | None:
    """Give an amount in 元; None where the unit is not printed or is no money of this country."""
    money = normalise_unit(unit.removeprefix("人民币")) if amount is not None and unit else None
    if amount is None or money is None or money.unit != "元":
        return None
    return decimal(amount, power=money.power)

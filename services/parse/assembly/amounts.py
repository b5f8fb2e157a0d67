"""Turns printed money into decimal strings and 元."""

import re
from collections.abc import Mapping
from typing import Final

from services.parse.passage import Passage
from services.parse.readings import Doubt
from shared.contracts.records import Amounts
from shared.values.amounts import read_amount, to_yuan

COLUMNS: Final = tuple(name for name in Amounts.model_fields if name not in ("unit", "total_yuan"))
_WITH_UNIT: Final = re.compile(r"\s*(?P<amount>.*\d)\s*[(（]?(?P<unit>(?:亿|万|千)?元)[)）]?\s*")
_BLANK_MARKS: Final = "-—–－/／"


def assemble_amounts(printed: Mapping[str, Passage], table_unit: str | None) -> Amounts:
    """
    Read each printed amount; a cell that holds no number is None, and never zero.

    Where no unit is printed around the table, the one in the total's own cell (120万元) counts;
    an amount in another unit than that is not read.
    """
    unit = _text(printed.get("unit")) or table_unit or _own_unit(printed.get("total"))
    read = {name: _read(name, printed[name], unit) for name in COLUMNS if name in printed}
    total = read.get("total")
    yuan = to_yuan(total, unit) if total is not None and unit is not None else None
    return Amounts(unit=unit, total_yuan=yuan, **read)


def _own_unit(passage: Passage | None) -> str | None:
    match = _WITH_UNIT.fullmatch(passage.text) if passage else None
    return match["unit"] if match and read_amount(match["amount"]) is not None else None


def _read(name: str, passage: Passage, unit: str | None) -> str | None:
    if name == "execution_rate":
        return read_amount(passage.text.strip().rstrip("%％"))
    match = _WITH_UNIT.fullmatch(passage.text)
    if match and match["unit"] == unit:
        return read_amount(match["amount"])
    return read_amount(passage.text)


def amount_doubts(printed: Mapping[str, Passage], table_unit: str | None = None) -> list[Doubt]:
    """List the cells that hold something which is no amount."""
    unit = _text(printed.get("unit")) or table_unit or _own_unit(printed.get("total"))
    return [
        Doubt(
            code="amount_unreadable",
            severity="doubt",
            message=f"金额“{passage.text}”无法识别为数字",
            place=passage,
            found=passage.text,
        )
        for name, passage in printed.items()
        if name in COLUMNS and passage.text.strip(_BLANK_MARKS + " ") and _read(name, passage, unit) is None
    ]


def _text(passage: Passage | None) -> str | None:
    return passage.text.strip() or None if passage else None

"""Turns printed money into decimal strings and 元."""

from collections.abc import Mapping
from typing import Final

from services.parse.passage import Passage
from services.parse.readings import Doubt
from shared.contracts.records import Amounts
from shared.values.amounts import read_amount, to_yuan

COLUMNS: Final = tuple(name for name in Amounts.model_fields if name not in ("unit", "total_yuan"))
_BLANK_MARKS: Final = "-—–－/／"


def assemble_amounts(printed: Mapping[str, Passage], table_unit: str | None) -> Amounts:
    """Read each printed amount; a cell that holds no number is None, and never zero."""
    unit = _text(printed.get("unit")) or table_unit
    read = {name: read_amount(printed[name].text) for name in COLUMNS if name in printed}
    total = read.get("total")
    yuan = to_yuan(total, unit) if total is not None and unit is not None else None
    return Amounts(unit=unit, total_yuan=yuan, **read)


def amount_doubts(printed: Mapping[str, Passage]) -> list[Doubt]:
    """List the cells that hold something which is no amount."""
    return [
        Doubt(
            code="amount_unreadable",
            severity="doubt",
            message=f"金额“{passage.text}”无法识别为数字",
            place=passage,
            found=passage.text,
        )
        for name, passage in printed.items()
        if name in COLUMNS and passage.text.strip(_BLANK_MARKS + " ") and read_amount(passage.text) is None
    ]


def _text(passage: Passage | None) -> str | None:
    return passage.text.strip() or None if passage else None

"""Scores the reading of target values against the hand-checked list."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from shared.values.target import read_target


@dataclass(frozen=True, slots=True)
class ValueScore:
    """How many values of the list have the operator and the number they should."""

    total: int
    exact: int
    faults: tuple[str, ...]


def score_values(values: Path) -> ValueScore:
    """Read each value; one number or none is expected, quotation marks mean nothing."""
    with values.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    faults = [fault for row in rows for fault in _faults(row)]
    return ValueScore(len(rows), len(rows) - len(faults), tuple(faults))


def _faults(row: dict[str, str]) -> Iterator[str]:
    try:
        number = Decimal(row["base_number"])
    except InvalidOperation:
        return
    bounds = read_target(row["value"]).bounds
    wanted = (row["operator"], number, row["base_unit"] or None)
    read = [(bound.operator, Decimal(bound.lower or bound.upper or 0), bound.unit) for bound in bounds]
    if wanted not in read:
        yield f"{row['value']}: {read}, should be {wanted}"

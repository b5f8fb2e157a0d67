"""Tells the total of a budget unit from a project that has no goal and no indicators."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

ROUNDING: Final = Decimal("0.05")
"""Printed sums may differ from the sum of printed rows by this much, in the printed unit."""
SMALLEST_INDENT: Final = 6.0
"""Points: a project's name is indented by about two characters below its unit's."""


@dataclass(frozen=True, slots=True)
class AmountRow:
    """
    A row of a list as the decision needs it.

    ``is_bare`` says that it has neither goal nor indicators, ``indent`` how far its name
    begins from the cell's left edge, in points (None: not known), ``is_office`` that its name
    is that of an office.
    """

    is_bare: bool
    is_grand_total: bool
    total: Decimal | None
    indent: float | None
    is_office: bool = False


def find_unit_rows(rows: Sequence[AmountRow]) -> frozenset[int]:
    """
    Decide which bare rows are totals of a unit; the others are projects.

    A bare row is a unit's when its name stands further left than the projects'. Where names
    are not indented it is one when it opens the table, when the rows below it, up to the next
    bare row, add up to its amount, or when it bears an office's name.
    """
    bare = [position for position, row in enumerate(rows) if row.is_bare and not row.is_grand_total]
    limit = _limit_of_indent(rows, bare)
    if limit is not None:
        return frozenset(p for p in bare if (indent := rows[p].indent) is not None and indent < limit)
    return _by_sums(rows, bare)


def _limit_of_indent(rows: Sequence[AmountRow], bare: Sequence[int]) -> float | None:
    projects = [row.indent for row in rows if not row.is_bare and row.indent is not None]
    others = [indent for position in bare if (indent := rows[position].indent) is not None]
    if not projects or not others or min(projects) - min(others) < SMALLEST_INDENT:
        return None
    return (min(projects) + min(others)) / 2


def _by_sums(rows: Sequence[AmountRow], bare: Sequence[int]) -> frozenset[int]:
    units: set[int] = set()
    summed: set[int] = set()
    for position in bare:
        if position in summed:
            continue
        reach = _reach_of_sum(rows, position)
        summed.update(range(position + 1, reach))
        if reach > position or _opens(rows, position) or rows[position].is_office:
            units.add(position)
    return frozenset(units)


def _reach_of_sum(rows: Sequence[AmountRow], position: int) -> int:
    """
    Find the row after those that add up to this row's amount; 0 where none do.

    The sum must end at a bare row or at the table's end: two projects of equal amounts are no
    unit with its project.
    """
    total = rows[position].total
    found = Decimal(0)
    for reach in range(position + 1, len(rows)):
        found += rows[reach].total or Decimal(0)
        ends = reach + 1 == len(rows) or rows[reach + 1].is_bare
        if total is not None and ends and abs(found - total) <= ROUNDING:
            return reach + 1
    return 0


def _opens(rows: Sequence[AmountRow], position: int) -> bool:
    return all(row.is_grand_total for row in rows[:position])

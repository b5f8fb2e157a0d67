"""Rows whose parts do not add up to their total."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from services.parse.checks.tolerance import plain, tolerance_of
from shared.contracts.records import Amounts, Finding, Project, Total

_PARTS: Final = ("fiscal", "special_account", "other", "carried_over")
_PARTS_OF_THIS_YEAR: Final = ("fiscal", "special_account", "other")
_SHARES: Final = ("central", "local")


def find(project: Project, habits: Habits) -> Iterator[Finding]:
    """
    Report a project whose total differs from the sum of its parts.

    The money carried over may be printed beside the fiscal money or within it, and a transfer
    is split between central and local money: a row is wrong only when no reading of its
    columns adds up. A form that prints a single part (其中：财政拨款) promises no sum, and only
    a part greater than its total is wrong there.
    """
    remark = _remark(project, habits)
    if remark:
        yield remark.at_project(project, "total")


def find_in_total(total: Total, habits: Habits) -> Iterator[Finding]:
    """Report a row such as 合计 in the same way."""
    remark = _remark(total, habits)
    if remark:
        yield remark.at_total(total, "total")


def _remark(row: Project | Total, habits: Habits) -> Remark | None:
    splits = _splits(row.amounts, habits.columns)
    if row.amounts.total is None or not splits:
        return None
    total = Decimal(row.amounts.total)
    if any(abs(sum(parts) - total) <= tolerance_of([total, *parts]) for parts in splits):
        return None
    found = min((sum(parts, Decimal(0)) for parts in splits), key=lambda sum_: abs(sum_ - total))
    promised = len(habits.columns.intersection((*_PARTS, *_SHARES))) > 1
    return _mismatch(row.name, total, found) if promised or found > total else None


def _splits(amounts: Amounts, columns: frozenset[str]) -> list[list[Decimal]]:
    ways = [_PARTS, _PARTS_OF_THIS_YEAR, _SHARES] if "carried_over" in columns else [_PARTS, _SHARES]
    return [printed for names in ways if (printed := _printed(amounts, names))]


def _printed(amounts: Amounts, names: Sequence[str]) -> list[Decimal]:
    return [Decimal(amount) for name in names if (amount := getattr(amounts, name)) is not None]


def _mismatch(name: str, total: Decimal, found: Decimal) -> Remark:
    gap = plain(abs(found - total))
    return Remark(
        code="sum_mismatch",
        severity="error",
        message=f"“{name}”各项资金之和为 {plain(found)}，总额为 {plain(total)}，相差 {gap}",
        expected=plain(total),
        found=plain(found),
    )

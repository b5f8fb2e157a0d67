"""Totals that are not the sum of the rows below them: misprints, or rows that were lost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from services.parse.checks.remark import Remark
from services.parse.checks.tolerance import plain, tolerance_of
from shared.contracts.records import Finding, Project, Total

Row = Project | Total
Way = Sequence[Row]

COLUMNS: Final = {
    "total": "总额",
    "fiscal": "财政拨款",
    "special_account": "财政专户拨款",
    "other": "其他资金",
    "carried_over": "上年结转",
    "central": "中央补助",
    "local": "地方资金",
    "budgeted": "预算数",
    "adjusted": "调整预算数",
    "executed": "执行数",
}


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit's total and the projects printed between it and the next total."""

    total: Total
    projects: list[Project] = field(default_factory=list)


def find(rows: Sequence[Row]) -> Iterator[Finding]:
    """
    Compare each total with the rows it sums, in every column of money.

    ``rows`` stand in the printed order: projects follow the total of their unit. A unit
    without projects of its own may sum the units after it, and a grand total the units or the
    projects; only where no way adds up is it reported.
    """
    units = list(_units(rows))
    for position, unit in enumerate(units):
        yield from _compare(unit.total, _ways_of_unit(unit, units[position + 1 :]))
    for total, scopes in _grand_totals(rows):
        ways = [way for scope in scopes for way in _ways_of_grand_total(scope, list(_units(scope)))]
        yield from _compare(total, ways)


def _grand_totals(rows: Sequence[Row]) -> Iterator[tuple[Total, list[Way]]]:
    """
    Give each grand total with the rows that it may sum.

    Where two tables stand below one header, a total sums what follows it up to the next one,
    or what precedes it; or, still, everything.
    """
    places = [i for i, row in enumerate(rows) if isinstance(row, Total) and row.kind == "grand_total"]
    for before, place, after in zip([-1, *places], places, [*places[1:], len(rows)], strict=False):
        total = rows[place]
        if isinstance(total, Total):
            parts = [rows[place + 1 : after], rows[before + 1 : place]] if len(places) > 1 else []
            yield total, [rows, *(part for part in parts if part)]


def _units(rows: Sequence[Row]) -> Iterator[_Unit]:
    unit: _Unit | None = None
    for row in rows:
        if isinstance(row, Total) and row.kind == "unit_total":
            unit = _Unit(row)
            yield unit
        elif isinstance(row, Total):
            unit = None
        elif unit is not None:
            unit.projects.append(row)


def _ways_of_unit(unit: _Unit, following: Sequence[_Unit]) -> list[Way]:
    if unit.projects:
        return [unit.projects]
    totals = [other.total for other in following]
    return [totals[:count] for count in range(1, len(totals) + 1)] or [[]]


def _ways_of_grand_total(rows: Sequence[Row], units: Sequence[_Unit]) -> list[Way]:
    projects = [row for row in rows if isinstance(row, Project)]
    every_unit = [unit.total for unit in units]
    units_with_projects = [unit.total for unit in units if unit.projects]
    return [way for way in (every_unit, units_with_projects, projects) if way] or [[]]


def _compare(total: Total, ways: Sequence[Way]) -> Iterator[Finding]:
    for column in COLUMNS:
        printed = _amount(total, column)
        if printed is not None:
            yield from _compare_column(total, ways, column, printed)


def _compare_column(total: Total, ways: Sequence[Way], column: str, printed: Decimal) -> Iterator[Finding]:
    numbers = min((_numbers(way, column) for way in ways), key=lambda way: abs(sum(way) - printed))
    found = sum(numbers, Decimal(0))
    if abs(found - printed) > tolerance_of([printed, *numbers]):
        for remark in _remarks(total, column, printed, found):
            yield remark.at_total(total, column)
    elif found != printed:
        yield _rounded(total, column, printed, found).at_total(total, column)


def _numbers(way: Way, column: str) -> list[Decimal]:
    return [amount for row in way if (amount := _amount(row, column)) is not None]


def _amount(row: Row, column: str) -> Decimal | None:
    printed = getattr(row.amounts, column)
    return None if printed is None else Decimal(printed)


def _remarks(total: Total, column: str, printed: Decimal, found: Decimal) -> Iterator[Remark]:
    label, gap = COLUMNS[column], plain(abs(printed - found))
    compared = f"“{total.name}”{label}应为 {plain(printed)}，其下各行之和为 {plain(found)}，相差 {gap}"
    figures = {"expected": plain(printed), "found": plain(found)}
    yield Remark("sum_mismatch", "error", compared, **figures)
    if column == "total" and found < printed:
        missing = f"“{total.name}”其下各行{label}之和比应有的 {plain(printed)} 少 {gap}，可能有行缺失"
        yield Remark("rows_missing", "doubt", missing, **figures)


def _rounded(total: Total, column: str, printed: Decimal, found: Decimal) -> Remark:
    gap = plain(abs(printed - found))
    message = f"“{total.name}”{COLUMNS[column]}与其下各行之和相差 {gap}，在四舍五入的范围内"
    return Remark("sum_rounded", "info", message, plain(printed), plain(found))

"""Where in its document a record stands: table, project, the indicators beside it, what was noticed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from shared.contracts.records import Document, Finding, Indicator, Project, Record, Table, Total


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a record."""

    table: Table
    project: Project
    indicator: Indicator


def find_surroundings(document: Document, record_id: str) -> Surroundings | None:
    """Find a record in its document; None where a newer reading has it no more."""
    for table in document.tables:
        for project in table.projects:
            for indicator in project.indicators:
                if indicator.record_id == record_id:
                    return Surroundings(table, project, indicator)
    return None


def table_lines(table: Table) -> Iterator[tuple[Total | None, Project | None]]:
    """List a table's rows in an order that adds up: 合计 first, each unit's sum above its projects."""
    waiting = {total.name: total for total in table.totals if total.kind == "unit_total"}
    yield from ((total, None) for total in table.totals if total.kind == "grand_total")
    for project in table.projects:
        total = waiting.pop(project.budget_unit or "", None)
        if total:
            yield total, None
        yield None, project
    yield from ((total, None) for total in waiting.values())


ROWS_AROUND: Final = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table that a record stands in; ``gap`` where rows between are left out above it."""

    total: Total | None
    project: Project | None
    here: bool
    gap: bool
    verdict: Finding | None


def neighbouring_lines(document: Document, around: Surroundings) -> list[Line]:
    """
    List the rows next to a record's project, with the sums above it and what is wrong with them.

    The sums are those that its money goes into: the whole table's and its unit's.
    """
    rows = list(table_lines(around.table))
    place = next(place for place, (_, project) in enumerate(rows) if project is around.project)
    shown = [
        number
        for number, (total, _) in enumerate(rows)
        if abs(number - place) <= ROWS_AROUND or (total and _sums_up(total, around.project))
    ]
    return [
        Line(
            *rows[number],
            here=number == place,
            gap=number > 0 and number - 1 not in shown,
            verdict=_verdict(document, rows[number][0]),
        )
        for number in shown
    ]


def _sums_up(total: Total, project: Project) -> bool:
    return total.kind == "grand_total" or total.name == project.budget_unit


def _verdict(document: Document, total: Total | None) -> Finding | None:
    """Find the gravest finding about a sum; its own cells tell which are about it."""
    if total is None:
        return None
    cells = {box for boxes in total.boxes.values() for box in boxes}
    found = [
        finding
        for finding in document.findings
        if finding.code.startswith("sum_") and finding.box and finding.box in cells
    ]
    return min(found, key=lambda finding: finding.severity != "error", default=None)


def findings_of(document: Document, record: Record) -> list[Finding]:
    """List what was noticed about a record itself, then about its project."""
    own = [finding for finding in document.findings if finding.record_id == record.record_id]
    projects = [
        finding
        for finding in document.findings
        if finding.record_id is None and finding.project == record.project
    ]
    return own + projects


def unexplained_codes(record: Record, findings: list[Finding]) -> list[str]:
    """List the codes a record carries for which its document holds no sentence."""
    explained = {finding.code for finding in findings}
    return [code for code in record.findings if code not in explained]

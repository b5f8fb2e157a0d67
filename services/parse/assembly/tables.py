"""Turns a table as read into a table of the record, and checks it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from services.parse.assembly.amounts import COLUMNS
from services.parse.assembly.findings import finding_of
from services.parse.assembly.identity import Citations
from services.parse.assembly.marks import mark, not_yet_raised
from services.parse.assembly.projects import Surroundings, assemble_project, assemble_total
from services.parse.checks.habits import Habits, habits_of
from services.parse.checks.table import check_project, check_table
from services.parse.readings import TableReading, TotalReading
from shared.contracts.records import Finding, PageRange, Project, Table, Total


@dataclass(frozen=True, slots=True)
class _Row:
    """A row in its printed place, with what was noticed while reading it."""

    part: Project | Total
    findings: tuple[Finding, ...] = ()


def assemble_table(
    reading: TableReading, citations: Citations, department: str | None
) -> tuple[Table, list[Finding]]:
    """
    Build a table with its projects, and list everything noticed about it.

    ``department`` is the document's, for a table whose head names none.
    """
    rows = list(_rows(reading, citations, department))
    projects = [row.part for row in rows if isinstance(row.part, Project)]
    habits = habits_of(projects, _columns(reading))
    checked = [_checked(row, habits) for row in rows]
    table = Table(
        table_id=citations.of_table(reading.first_page),
        form=reading.form,
        title=reading.title.text.strip() or None,
        scope=reading.scope,
        pages=PageRange(first=reading.first_page, last=reading.last_page),
        department=reading.department.text.strip() or None,
        amount_unit=reading.amount_unit.text.strip() or None,
        rows_read=reading.rows_read,
        projects=tuple(row.part for row in checked if isinstance(row.part, Project)),
        totals=tuple(row.part for row in checked if isinstance(row.part, Total)),
    )
    raised = [finding_of(doubt) for doubt in reading.doubts]
    found = not_yet_raised(check_table(table, [row.part for row in checked], habits), raised)
    return table, [*raised, *(finding for row in checked for finding in row.findings), *found]


def _rows(reading: TableReading, citations: Citations, department: str | None) -> Iterator[_Row]:
    """Walk down the table: a project belongs to the unit whose total stands above it."""
    around = _surroundings(reading, citations, department)
    for member in reading.members:
        if isinstance(member, TotalReading):
            total = assemble_total(member, around.amount_unit, around.first_page)
            if total.kind == "unit_total":
                around = replace(around, budget_unit=total.name)
            yield _Row(total)
        else:
            project, findings = assemble_project(member, around)
            yield _Row(project, tuple(findings))


def _surroundings(reading: TableReading, citations: Citations, department: str | None) -> Surroundings:
    printed = reading.department.text.strip() or department
    title = reading.title.text.strip()
    return Surroundings(
        citations=citations,
        first_page=reading.first_page,
        name=printed or title if reading.scope == "department" else title,
        department=printed,
        amount_unit=reading.amount_unit.text.strip() or None,
    )


def _columns(reading: TableReading) -> frozenset[str]:
    return frozenset(name for member in reading.members for name in member.amounts if name in COLUMNS)


def _checked(row: _Row, habits: Habits) -> _Row:
    if isinstance(row.part, Total):
        return row
    findings = (*row.findings, *not_yet_raised(check_project(row.part, habits), row.findings))
    return _Row(mark(row.part, findings), findings)

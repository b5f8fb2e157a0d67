"""Applies every check to the parts of a table."""

from collections.abc import Iterator, Sequence
from typing import Final

from services.parse.checks import (
    confidence,
    emptiness,
    execution,
    garbling,
    goals,
    levels,
    numbering,
    rows,
    scores,
    sums,
    targets,
    units,
    weights,
)
from services.parse.checks.habits import Habits
from shared.contracts.records import Finding, Project, Table, Total

_OF_PROJECTS: Final = (
    rows.find,
    goals.find,
    numbering.find,
    levels.find,
    targets.find,
    units.find,
    weights.find,
    scores.find,
    execution.find,
    confidence.find,
    garbling.find,
)


def check_project(project: Project, habits: Habits) -> Iterator[Finding]:
    """Apply the checks that look at one project."""
    for find in _OF_PROJECTS:
        yield from find(project, habits)


def check_table(table: Table, rows_in_order: Sequence[Project | Total], habits: Habits) -> Iterator[Finding]:
    """Apply the checks that look at a table as a whole."""
    for total in table.totals:
        yield from rows.find_in_total(total, habits)
    yield from sums.find(rows_in_order)
    yield from emptiness.find(table)

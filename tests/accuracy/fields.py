"""Compares the fields of a document and its projects with what an answer states."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from shared.contracts.records import Document, Project, Table
from tests.accuracy.matching import squeeze
from tests.accuracy.truth import Excerpt, ExpectedProject


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether one stated field of a project is read as it should be."""

    name: str
    found: object
    expected: object
    is_right: bool
    is_amount: bool = False

    @property
    def fault(self) -> str:
        """Say what was read and what should be."""
        what = f"amount {self.name}" if self.is_amount else self.name
        return f"{what} is {self.found!r}, should be {self.expected!s}"


def tabled_projects(document: Document) -> dict[int, Table]:
    """Give the table of each project, by the identity of the project."""
    return {id(project): table for table in document.tables for project in table.projects}


def compare_project(expected: ExpectedProject, project: Project, table: Table) -> list[Verdict]:
    """Judge every field that the answer states, the name apart: by it the two were paired."""
    return [*_amounts(expected, project), *_words(expected, project, table)]


def _amounts(expected: ExpectedProject, project: Project) -> Iterator[Verdict]:
    for name, amount in expected.amounts.items():
        found = getattr(project.amounts, name)
        is_right = Decimal(found or 0) == (amount or Decimal(0))
        yield Verdict(name, found, amount, is_right, is_amount=True)


def _words(expected: ExpectedProject, project: Project, table: Table) -> Iterator[Verdict]:
    if expected.goal is not None:
        yield Verdict("goal", project.goal, expected.goal, _is_goal(expected, project.goal or ""))
    if expected.budget_unit:
        unit = project.budget_unit
        yield Verdict(
            "budget unit", unit, expected.budget_unit, squeeze(unit) == squeeze(expected.budget_unit)
        )
    for name, text in expected.fields.items():
        found = getattr(table if name in ("title", "scope") else project, name)
        yield Verdict(name, found, text, (found or "") == (text or ""))


def _is_goal(expected: ExpectedProject, goal: str) -> bool:
    """Compare with the answer, or but for the blanks of its wraps with what the source prints."""
    if isinstance(expected.goal, Excerpt):
        return expected.goal.fits(goal)
    as_printed = expected.goal_raw is not None and squeeze(expected.goal_raw) == squeeze(goal)
    return as_printed or (expected.goal or "") == goal


def wrong_origin(origin: Mapping[str, str | int | None], document: Document) -> dict[str, object]:
    """Name what was read otherwise of the document as a whole, with what was read."""
    found = {name: getattr(document, name) for name in origin}
    return {name: value for name, value in found.items() if value != origin[name]}

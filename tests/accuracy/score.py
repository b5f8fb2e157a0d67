"""Scores one document against its answer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from shared.contracts.records import Document, Indicator, Project
from tests.accuracy.matching import field_of, match_indicators, match_projects, squeeze, wrong_fields
from tests.accuracy.truth import ExpectedIndicator, ExpectedProject, Truth


@dataclass(slots=True)
class Score:
    """
    What was expected and what was read.

    ``matched`` indicators are those found whatever their fields, ``exact`` those with every
    field that the answer states. ``state`` is ``read``, ``waiting_for_ocr`` or a code of rejection.
    """

    document: str
    form: str
    source: str = "text"
    state: str = "read"
    seconds: float = 0.0
    projects_expected: int = 0
    projects_read: int = 0
    projects_exact: int = 0
    amounts_exact: int = 0
    goals_expected: int = 0
    goals_exact: int = 0
    expected: int = 0
    read: int = 0
    matched: int = 0
    exact: int = 0
    stated: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.matched / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.matched / self.read if self.read else 1.0

    @property
    def exactness(self) -> float:
        """The share of the indicators whose fields are stated that are exact."""
        return self.exact / self.stated if self.stated else 1.0


def score(truth: Truth, document: Document, seconds: float) -> Score:
    """Compare a document with its answer; a scan that nobody has recognised waits."""
    sources = {page.source for page in document.pages}
    result = Score(truth.document.name, truth.form, seconds=seconds)
    result.source = "scan" if "ocr" in sources or "text" not in sources else "text"
    result.read = sum(len(project.indicators) for project in _projects(document))
    result.projects_read = len(_projects(document))
    if "none" in sources and not result.read:
        result.state, result.source = "waiting_for_ocr", "scan"
        return result
    _score_projects(truth, document, result)
    _score_indicators(truth, document, result)
    _score_codes(truth, document, result)
    return result


def _projects(document: Document) -> list[Project]:
    return [project for table in document.tables for project in table.projects]


def _score_projects(truth: Truth, document: Document, result: Score) -> None:
    result.projects_expected = len(truth.projects) or truth.project_count or 0
    if result.projects_expected not in (0, result.projects_read):
        result.faults.append(f"{result.projects_read} projects read, {result.projects_expected} expected")
    pairs, missing, surplus = match_projects(truth.projects, document)
    result.faults.extend(f"project missing: {each.name}" for each in missing)
    if truth.projects:
        result.faults.extend(f"p{project.page} project too many: {project.name}" for project in surplus)
    result.goals_expected = sum(each.goal is not None for each in truth.projects)
    for expected, project in pairs:
        faults = _project_faults(expected, project)
        result.projects_exact += not faults
        result.amounts_exact += not any(fault.startswith("amount") for fault in faults)
        result.goals_exact += expected.goal is not None and _is_goal(expected, project)
        result.faults.extend(f"p{project.page} {expected.name}: {fault}" for fault in faults)


def _project_faults(expected: ExpectedProject, project: Project) -> list[str]:
    faults = [
        f"amount {name} is {getattr(project.amounts, name)}, should be {amount}"
        for name, amount in expected.amounts.items()
        if _number(getattr(project.amounts, name)) != (amount or Decimal(0))
    ]
    if expected.goal is not None and not _is_goal(expected, project):
        faults.append(f"goal is {project.goal!r}, should be {expected.goal!r}")
    if expected.budget_unit and squeeze(expected.budget_unit) != squeeze(project.budget_unit):
        faults.append(f"unit is {project.budget_unit!r}, should be {expected.budget_unit!r}")
    return faults


def _is_goal(expected: ExpectedProject, project: Project) -> bool:
    """Compare with the answer, or but for the blanks of its wraps with what the source prints."""
    as_printed = expected.goal_raw is not None and squeeze(expected.goal_raw) == squeeze(project.goal)
    return as_printed or (expected.goal or "") == (project.goal or "")


def _number(amount: str | None) -> Decimal:
    return Decimal(amount or 0)


def _score_indicators(truth: Truth, document: Document, result: Score) -> None:
    pairs, missing, surplus = match_indicators(truth.indicators, document)
    counted = truth.indicator_count is not None
    result.stated = len(truth.indicators)
    result.exact = sum(not wrong_fields(expected, row) for expected, (_, row) in pairs)
    result.expected = truth.indicator_count or 0 if counted else result.stated
    result.matched = min(result.read, result.expected) if counted else len(pairs)
    for expected, (project, row) in pairs:
        result.faults.extend(
            f"p{row.page} {project.name} / {fault}" for fault in _field_faults(expected, row)
        )
    result.faults.extend(f"p{each.page} {each.project} / {each.fields['name']}: missing" for each in missing)
    if not counted:
        result.faults.extend(f"p{row.page} {project.name} / {row.name}: too many" for project, row in surplus)
    elif result.read != result.expected:
        result.faults.append(f"{result.read} indicators read, {result.expected} expected")


def _field_faults(expected: ExpectedIndicator, row: Indicator) -> Iterator[str]:
    for name in wrong_fields(expected, row):
        yield f"{row.name}: {name} is {field_of(row, name)!r}, should be {expected.fields[name]!r}"


def _score_codes(truth: Truth, document: Document, result: Score) -> None:
    for code, count in truth.codes.items():
        found = sum(finding.code == code for finding in document.findings)
        if found < count:
            result.faults.append(f"finding {code} reported {found} times, should be {count}")

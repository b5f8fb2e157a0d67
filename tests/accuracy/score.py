"""Scores one document against its answer."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from shared.contracts.records import Document, Indicator
from tests.accuracy.fields import compare_project, tabled_projects, wrong_origin
from tests.accuracy.folding import folded_document, folded_truth
from tests.accuracy.matching import field_of, match_indicators, match_projects, wrong_fields
from tests.accuracy.truth import ExpectedIndicator, Truth


@dataclass(slots=True)
class Score:
    """
    What was expected and what was read.

    ``matched`` indicators are those found whatever their fields, ``exact`` those with every
    field that the answer states. ``state`` is ``read``, ``waiting_for_ocr`` or a code of rejection.
    ``fields_stated`` and ``fields_right`` count each field of indicators, projects and the document.
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
    pages_expected: int = 0
    pages_right: int = 0
    fields_stated: Counter[str] = field(default_factory=Counter)
    fields_right: Counter[str] = field(default_factory=Counter)
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

    @property
    def field_share(self) -> float:
        """The share of all stated fields, of indicators, projects and the document, that are right."""
        stated = self.fields_stated.total()
        return self.fields_right.total() / stated if stated else 1.0

    def note(self, name: str, *, is_right: bool) -> None:
        """Count one stated field."""
        self.fields_stated[name] += 1
        self.fields_right[name] += is_right


def score(truth: Truth, document: Document, seconds: float) -> Score:
    """Compare a document with its answer; a scan that nobody has recognised waits."""
    sources = {page.source for page in document.pages}
    result = Score(truth.document.name, truth.form, seconds=seconds)
    result.source = "scan" if "ocr" in sources or "text" not in sources else "text"
    projects = [project for table in document.tables for project in table.projects]
    result.read = sum(len(project.indicators) for project in projects)
    result.projects_read = len(projects)
    if "none" in sources and not result.read:
        result.state, result.source = "waiting_for_ocr", "scan"
        return result
    if "ocr" in sources:
        truth, document = folded_truth(truth), folded_document(document)
    _score_origin(truth, document, result)
    _score_projects(truth, document, result)
    _score_indicators(truth, document, result)
    _score_pages(truth, document, result)
    _score_codes(truth, document, result)
    return result


def _score_origin(truth: Truth, document: Document, result: Score) -> None:
    wrong = wrong_origin(truth.origin, document)
    for name in truth.origin:
        result.note(f"document {name}", is_right=name not in wrong)
    result.faults.extend(
        f"{name} is {found!r}, should be {truth.origin[name]!r}" for name, found in wrong.items()
    )


def _score_projects(truth: Truth, document: Document, result: Score) -> None:
    result.projects_expected = len(truth.projects) or truth.project_count or 0
    if result.projects_expected not in (0, result.projects_read):
        result.faults.append(f"{result.projects_read} projects read, {result.projects_expected} expected")
    pairs, missing, surplus = match_projects(truth.projects, document)
    result.faults.extend(f"project missing: {each.name}" for each in missing)
    if truth.projects:
        result.faults.extend(f"p{project.page} project too many: {project.name}" for project in surplus)
    result.goals_expected = sum(each.goal is not None for each in truth.projects)
    tables = tabled_projects(document)
    for expected, project in pairs:
        verdicts = compare_project(expected, project, tables[id(project)])
        result.projects_exact += all(verdict.is_right for verdict in verdicts)
        result.amounts_exact += all(verdict.is_right for verdict in verdicts if verdict.is_amount)
        result.goals_exact += any(verdict.is_right for verdict in verdicts if verdict.name == "goal")
        for verdict in verdicts:
            result.note(f"project {verdict.name}", is_right=verdict.is_right)
        wrong = (verdict.fault for verdict in verdicts if not verdict.is_right)
        result.faults.extend(f"p{project.page} {expected.name}: {fault}" for fault in wrong)
    for expected in truth.projects:
        result.note("project name", is_right=all(expected is not each for each in missing))


def _score_indicators(truth: Truth, document: Document, result: Score) -> None:
    pairs, missing, surplus = match_indicators(truth.indicators, document)
    counted = truth.indicator_count is not None
    result.stated = len(truth.indicators)
    result.exact = sum(not wrong_fields(expected, row) for expected, (_, row) in pairs)
    result.expected = truth.indicator_count or 0 if counted else result.stated
    result.matched = min(result.read, result.expected) if counted else len(pairs)
    for expected in missing:
        result.fields_stated.update(list(expected.fields))
    for expected, (project, row) in pairs:
        wrong = wrong_fields(expected, row)
        for name in expected.fields:
            result.note(name, is_right=name not in wrong)
        result.faults.extend(
            f"p{row.page} {_where(row)}{project.name} / {fault}" for fault in _field_faults(expected, row)
        )
    result.faults.extend(f"p{each.page} {each.project} / {each.fields['name']}: missing" for each in missing)
    if not counted:
        result.faults.extend(f"p{row.page} {project.name} / {row.name}: too many" for project, row in surplus)
    elif result.read != result.expected:
        result.faults.append(f"{result.read} indicators read, {result.expected} expected")


def _where(row: Indicator) -> str:
    """Say where a row begins, for people who look at the page."""
    box = next((box for boxes in row.boxes.values() for box in boxes), None)
    return f"at {box.x0:.0f},{box.top:.0f} " if box else ""


def _field_faults(expected: ExpectedIndicator, row: Indicator) -> Iterator[str]:
    for name in wrong_fields(expected, row):
        yield f"{row.name}: {name} is {field_of(row, name)!r}, should be {expected.fields[name]!r}"


def _score_pages(truth: Truth, document: Document, result: Score) -> None:
    rows = [row for table in document.tables for project in table.projects for row in project.indicators]
    read = Counter(row.page for row in rows)
    result.pages_expected = len(truth.page_counts)
    for page, count in truth.page_counts.items():
        result.pages_right += read[page] == count
        if read[page] != count:
            result.faults.append(f"p{page} {read[page]} indicators read, {count} expected on this page")


def _score_codes(truth: Truth, document: Document, result: Score) -> None:
    for code, count in truth.codes.items():
        found = sum(finding.code == code for finding in document.findings)
        if found < count:
            result.faults.append(f"finding {code} reported {found} times, should be {count}")

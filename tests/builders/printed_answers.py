"""What a reading says otherwise than what was printed."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from shared.contracts.records import Document, Indicator, Project
from tests.builders.invented_words import Answer

_TARGETS = ("annual_target", "period_target", "actual")
_FIELDS = (
    *("level1", "level2", "name", "weight", "explanation", "scoring", "note", "score", "deviation", "core"),
    "activity",
)


def differences(answers: Sequence[Answer], document: Document) -> list[str]:
    """List each project, field, amount and indicator that is missing, too many or not as printed."""
    projects = [project for table in document.tables for project in table.projects]
    return [
        difference
        for answer, project in zip_longest(answers, projects)
        for difference in _of_project(answer, project)
    ]


def _of_project(answer: Answer | None, project: Project | None) -> Iterator[str]:
    if answer is None or project is None:
        yield f"printed {answer and answer.fields['name']}, read {project and project.name}"
        return
    for field, text in answer.fields.items():
        yield from _unless_equal(f"{text}.{field}", text, getattr(project, field))
    for field, text in answer.amounts.items():
        yield from _unless_equal(f"{project.name}.{field}", text, getattr(project.amounts, field))
    for printed, read in zip_longest(answer.indicators, project.indicators):
        if printed is None or read is None:
            yield f"{project.name}: printed {printed and printed['name']}, read {read and read.name}"
            continue
        for field, text in texts_of(read).items():
            yield from _unless_equal(f"{printed['name']}.{field}", printed.get(field, ""), text)


def _unless_equal(where: str, printed: str, read: str | None) -> Iterator[str]:
    if printed.replace(" ", "") != (read or "").replace(" ", ""):
        yield f"{where}: printed {printed!r}, read {read!r}"


def texts_of(indicator: Indicator) -> dict[str, str]:
    """Give an indicator's fields as they are drawn, empty where nothing is."""
    texts = {field: getattr(indicator, field) or "" for field in _FIELDS}
    for field in _TARGETS:
        target = getattr(indicator, field)
        texts[field] = target.text if target else ""
    annual = indicator.annual_target
    texts["operator"] = (annual and annual.operator_printed) or ""
    texts["unit"] = (annual and annual.unit_printed) or ""
    return texts

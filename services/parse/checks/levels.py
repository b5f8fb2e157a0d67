"""Levels that are blank beside filled ones, or that contradict each other."""

from collections.abc import Iterator

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from shared.contracts.records import Finding, Indicator, Project

_CONTRADICTION = "contradiction"


def find(project: Project, habits: Habits) -> Iterator[Finding]:
    """Report a blank level only where other rows of the table have it."""
    for indicator in project.indicators:
        for field, remark in _remarks(indicator, habits):
            yield remark.at_indicator(indicator, field, project=project.name)


def _remarks(indicator: Indicator, habits: Habits) -> Iterator[tuple[str, Remark]]:
    if habits.levels1 and indicator.level1 is None:
        yield "level1", _blank(indicator.name, "一级指标", indicator.level1_inferred)
    if habits.levels2 and indicator.level2 is None:
        yield "level2", _blank(indicator.name, "二级指标", indicator.level2_inferred)


def _blank(name: str, label: str, inferred: str | None) -> Remark:
    guess = f"，推断为“{inferred}”" if inferred else ""
    return Remark("level_blank", "info", f"指标“{name}”的{label}为空{guess}", expected=inferred)

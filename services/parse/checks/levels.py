"""Levels that are blank beside filled ones, or that contradict each other."""

from collections.abc import Iterator

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from services.parse.levels import infer_levels
from shared.contracts.records import Finding, Indicator, Project


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
    if _contradicts(indicator):
        yield "level1", _contradiction(indicator)


def _blank(name: str, label: str, inferred: str | None) -> Remark:
    guess = f"，推断为“{inferred}”" if inferred else ""
    return Remark("level_blank", "info", f"指标“{name}”的{label}为空{guess}", expected=inferred)


def _contradicts(indicator: Indicator) -> bool:
    codes = {"level1_code": indicator.level1_code, "level2_code": indicator.level2_code}
    return infer_levels(indicator.level1, indicator.level2, **codes, name=indicator.name).contradicts


def _contradiction(indicator: Indicator) -> Remark:
    printed = "、".join(filter(None, (indicator.level1, indicator.level2)))
    coded = "-".join(filter(None, (indicator.level1_code, indicator.level2_code)))
    message = f"指标“{indicator.name}”所印级别互相矛盾：{printed}{f'（编码 {coded}）' if coded else ''}"
    expected = "、".join(filter(None, (indicator.level1_inferred, indicator.level2_inferred)))
    return Remark("level_contradicts", "doubt", message, expected=expected, found=printed)

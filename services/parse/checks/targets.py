"""Indicators that promise nothing, or nothing for the year, although their table does."""

from collections.abc import Iterator

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from shared.contracts.records import Finding, Indicator, Project


def find(project: Project, habits: Habits) -> Iterator[Finding]:
    """Report blank values; a blank annual value only where most rows of the table have one."""
    for indicator in project.indicators:
        remark = _remark(indicator, habits)
        if remark:
            yield remark.at_indicator(indicator, "annual_target", project=project.name)


def _remark(indicator: Indicator, habits: Habits) -> Remark | None:
    if indicator.annual_target is not None:
        return None
    if indicator.period_target is None and indicator.actual is None:
        return Remark("value_missing", "doubt", f"指标“{indicator.name}”没有指标值")
    if habits.annual_targets:
        return Remark("annual_missing", "doubt", f"指标“{indicator.name}”没有年度指标值")
    return None

"""Recognised text that its engine was not sure of."""

from collections.abc import Iterator
from typing import Final

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from shared.contracts.records import Finding, Project

_SURE: Final = 0.8
"""On scans with known text 0.03 % of the right characters lay below it, 0.8 % on coarse and noisy ones,
and 59 % of the wrong ones."""


def find(project: Project, _: Habits) -> Iterator[Finding]:
    """Report each indicator with a character whose confidence lies below 0.8."""
    for indicator in project.indicators:
        if indicator.confidence is not None and indicator.confidence < _SURE:
            percent = f"{indicator.confidence:.0%}"
            message = f"指标“{indicator.name}”识别置信度仅 {percent}，请对照原文"
            remark = Remark("low_confidence", "doubt", message, expected=f"≥{_SURE:.0%}", found=percent)
            yield remark.at_indicator(indicator, "name", project=project.name)

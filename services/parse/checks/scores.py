"""Scores of an evaluation that are higher than what an indicator can bring."""

from collections.abc import Iterator
from decimal import Decimal

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from shared.contracts.records import Finding, Indicator, Project
from shared.values.amounts import read_amount


def find(project: Project, _: Habits) -> Iterator[Finding]:
    """Report a score above its weight; a score in words is none."""
    for indicator in project.indicators:
        remark = _remark(indicator)
        if remark:
            yield remark.at_indicator(indicator, "score", project=project.name)


def _remark(indicator: Indicator) -> Remark | None:
    score, weight = read_amount(indicator.score), indicator.weight
    if score is None or weight is None or Decimal(score) <= Decimal(weight):
        return None
    message = f"指标“{indicator.name}”得分 {score} 高于分值 {weight}"
    return Remark("score_above_weight", "doubt", message, expected=weight, found=score)

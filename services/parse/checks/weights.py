"""Weights of a project's indicators that do not make up the whole."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from services.parse.checks.tolerance import plain
from shared.contracts.records import Finding, Project

_WHOLES: Final = (Decimal(100), Decimal(90))


def find(project: Project, _: Habits) -> Iterator[Finding]:
    """
    Report weights that add up to neither 100 nor 90.

    Ninety, because many forms keep ten points for 预算执行率, which is no indicator. Nothing
    is said of a project in which an indicator has no weight.
    """
    weights = [indicator.weight for indicator in project.indicators]
    numbers = [Decimal(weight) for weight in weights if weight is not None]
    if not numbers or len(numbers) < len(weights):
        return
    found = sum(numbers, Decimal(0))
    if found not in _WHOLES:
        yield _remark(project.name, plain(found)).at_project(project, "name")


def _remark(name: str, found: str) -> Remark:
    message = f"“{name}”各指标分值（权重）之和为 {found}，不是 100 或 90"
    return Remark("weight_sum", "doubt", message, expected="100", found=found)

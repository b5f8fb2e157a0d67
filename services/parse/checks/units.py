"""Values whose unit is not the one that their name or their column gives."""

from collections.abc import Iterator

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from shared.contracts.records import Finding, Indicator, Project, Target
from shared.values.target import read_target
from shared.values.units import comparable_unit, normalise_unit


def find(project: Project, _: Habits) -> Iterator[Finding]:
    """Report a value such as 5次 under a name such as 课程数量（门）."""
    for indicator in project.indicators:
        for field, target in (("annual_target", indicator.annual_target), ("actual", indicator.actual)):
            remark = _remark(indicator, target) if target else None
            if remark:
                yield remark.at_indicator(indicator, field, project=project.name)


def _remark(indicator: Indicator, target: Target) -> Remark | None:
    expected = _given_unit(indicator.name, target)
    found = [bound.unit for bound in target.bounds if bound.unit and bound.unit_basis == "value"]
    if expected is None or not found or any(_agree(expected, unit) for unit in found):
        return None
    message = f"指标“{indicator.name}”的单位是“{expected}”，指标值“{target.text}”的单位是“{found[0]}”"
    return Remark("unit_conflict", "doubt", message, expected=expected, found=found[0])


def _agree(expected: str, found: str) -> bool:
    """Count 场次 as 场, and 个/年 as 个: the one says more, but nothing else, than the other."""
    shorter, longer = sorted((comparable_unit(expected), comparable_unit(found)), key=len)
    return longer.startswith(shorter)


def _given_unit(name: str, target: Target) -> str | None:
    column = normalise_unit(target.unit_printed)
    return column.unit if column else _unit_of_bare_number(name)


def _unit_of_bare_number(name: str) -> str | None:
    """Ask which unit a number without one would have under this name."""
    bare = read_target("1", name=name).bounds
    return bare[0].unit if bare and bare[0].unit_basis == "name" else None

"""The same indicator of the same project with other targets in two tables of one document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.parse.checks.remark import Remark
from shared.contracts.records import Finding, Indicator, Project, Table, Target
from shared.values.units import comparable_unit

Key = tuple[str, str, str | None]
"""Names of project and indicator without blanks, and the standard second level."""


@dataclass(frozen=True, slots=True)
class _Place:
    project: Project
    indicator: Indicator
    target: Target


def find(tables: Sequence[Table]) -> Iterator[Finding]:
    """
    Report numbers that differ between tables, at the later place.

    An indicator that stands twice in one table is left out: nobody can tell which of the two
    is meant in the other. So are projects of one name that belong to different units.
    """
    places: dict[Key, list[_Place]] = {}
    for table in tables:
        for key, place in _sole_places(table).items():
            places.setdefault(key, []).append(place)
    for found in places.values():
        for before, after in pairwise(found):
            if _may_be_one(before.project, after.project) and _differ(before.target, after.target):
                yield _remark(before, after).at_indicator(
                    after.indicator, "annual_target", project=after.project.name
                )


def _sole_places(table: Table) -> dict[Key, _Place]:
    found: dict[Key, list[_Place]] = {}
    for project in table.projects:
        for each in project.indicators:
            if each.name and each.annual_target and each.annual_target.bounds:
                key = (_squeezed(project.name), _squeezed(each.name), each.level2_inferred)
                found.setdefault(key, []).append(_Place(project, each, each.annual_target))
    return {key: places[0] for key, places in found.items() if len(places) == 1}


def _squeezed(name: str) -> str:
    return "".join(name.split())


def _may_be_one(first: Project, second: Project) -> bool:
    units = {project.budget_unit for project in (first, second) if project.budget_unit}
    return bool(first.name) and len(units) <= 1


def _differ(first: Target, second: Target) -> bool:
    """Compare numbers, and units where each of them has one: 95 may well be 95 %."""
    have_units = all(bound.unit for target in (first, second) for bound in target.bounds)
    return _promised(first, with_units=have_units) != _promised(second, with_units=have_units)


def _promised(target: Target, *, with_units: bool) -> frozenset[tuple[str | None, ...]]:
    return frozenset(
        (bound.operator, bound.lower, bound.upper, comparable_unit(bound.unit or "") if with_units else None)
        for bound in target.bounds
    )


def _remark(before: _Place, after: _Place) -> Remark:
    first, second = before.target.display, after.target.display
    pages = f"第 {before.indicator.page} 页为“{first}”，第 {after.indicator.page} 页为“{second}”"
    message = f"指标“{after.indicator.name}”在两张表中的指标值不同：{pages}"
    return Remark("target_conflict", "doubt", message, expected=first, found=second)

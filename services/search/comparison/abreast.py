"""What several documents promise for the same things, side by side: a row for each indicator."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.search.comparison.pairing import plain_name
from services.search.words.wording import target_of
from shared.contracts.records import Indicator, Project

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator of one project, as each side has it; None where a side has it not."""

    project: str
    indicator: str
    cells: tuple[Indicator | None, ...]

    @property
    def is_shared(self) -> bool:
        """Say whether more than one side has it."""
        return sum(cell is not None for cell in self.cells) > 1

    @property
    def differs(self) -> bool:
        """Say whether the sides that have it promise different things."""
        promises = {_promise(cell) for cell in self.cells if cell is not None}
        return len(promises) > 1


def lay_abreast(sides: Sequence[Sequence[Project]]) -> list[Row]:
    """
    Put the projects of all sides and their indicators into rows by their names.

    Things of one name are taken in their order; rows that several sides share come first.
    """
    rows = [
        Row(_named(projects).name, _named(indicators).name, indicators)
        for projects in _aligned(sides, lambda project: plain_name(project.name))
        for indicators in _aligned(
            [project.indicators if project else () for project in projects],
            lambda indicator: plain_name(indicator.name),
        )
    ]
    return sorted(rows, key=lambda row: not row.is_shared)


def _aligned(sides: Sequence[Sequence[_T]], key: Callable[[_T], Hashable]) -> list[tuple[_T | None, ...]]:
    found: dict[tuple[Hashable, int], list[_T | None]] = {}
    for place, things in enumerate(sides):
        met: dict[Hashable, int] = {}
        for thing in things:
            name = key(thing)
            met[name] = met.get(name, 0) + 1
            found.setdefault((name, met[name]), [None] * len(sides))[place] = thing
    return [tuple(row) for row in found.values()]


def _named(things: Sequence[_T | None]) -> _T:
    return next(thing for thing in reversed(things) if thing is not None)


def _promise(indicator: Indicator) -> str:
    shown = target_of(indicator)
    return (shown.target.display or shown.target.text) if shown else ""

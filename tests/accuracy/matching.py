"""Pairs what was read with what was expected, best pairs first."""

from collections.abc import Callable, Hashable, Iterable
from difflib import SequenceMatcher
from typing import TypeVar

from shared.contracts.records import Document, Indicator, Project, Target
from tests.accuracy.truth import ExpectedIndicator, ExpectedProject

E = TypeVar("E")
R = TypeVar("R")
ReadIndicator = tuple[Project, Indicator]

_COLUMNS_OF_TARGET = ("operator_printed", "unit_printed")
_ALIKE = 0.6


def squeeze(text: str | None) -> str:
    """Take out blanks, to pair what was read; whether it is exact is told with its blanks."""
    return "".join((text or "").split())


def field_of(indicator: Indicator, field: str) -> str:
    """Give a field of a record as the answers write it."""
    found = getattr(indicator.annual_target if field in _COLUMNS_OF_TARGET else indicator, field, None)
    text = found.text if isinstance(found, Target) else found
    return (text or "").strip()


def wrong_fields(expected: ExpectedIndicator, indicator: Indicator) -> list[str]:
    """Name the fields of a record that differ from the answer, blanks counted."""
    return [
        field
        for field, value in expected.fields.items()
        if field_of(indicator, field) != (value or "").strip()
    ]


def match_indicators(
    expected: Iterable[ExpectedIndicator], document: Document
) -> tuple[list[tuple[ExpectedIndicator, ReadIndicator]], list[ExpectedIndicator], list[ReadIndicator]]:
    """
    Pair indicators: all fields equal first, then by project and name, by name and value, by name.

    What is left over is paired within a project by likeness of the names, so that a name that
    was read wrongly counts as read, but not as exact.
    """
    pairs: list[tuple[ExpectedIndicator, ReadIndicator]] = []
    waiting = list(expected)
    left = [
        (project, row)
        for table in document.tables
        for project in table.projects
        for row in project.indicators
    ]
    fields = list(waiting[0].fields) if waiting else []
    for of_expected, of_read in _keys(fields):
        found, waiting, left = _pair(waiting, left, of_expected, of_read)
        pairs.extend(found)
    found, waiting, left = _pair_alike(waiting, left)
    return [*pairs, *found], waiting, left


def _keys(
    fields: list[str],
) -> list[tuple[Callable[[ExpectedIndicator], Hashable], Callable[[ReadIndicator], Hashable]]]:
    def by(
        names: list[str], *, project: bool
    ) -> tuple[Callable[[ExpectedIndicator], Hashable], Callable[[ReadIndicator], Hashable]]:
        def of_expected(each: ExpectedIndicator) -> Hashable:
            return (
                squeeze(each.project) if project else "",
                *(squeeze(each.fields.get(name)) for name in names),
            )

        def of_read(each: ReadIndicator) -> Hashable:
            return (
                squeeze(each[0].name) if project else "",
                *(squeeze(field_of(each[1], name)) for name in names),
            )

        return of_expected, of_read

    return [
        by(fields, project=True),
        by(["name", "annual_target"], project=True),
        by(["name"], project=True),
        by(fields, project=False),
        by(["name", "annual_target"], project=False),
        by(["name"], project=False),
    ]


def _pair(
    expected: list[E], read: list[R], of_expected: Callable[[E], Hashable], of_read: Callable[[R], Hashable]
) -> tuple[list[tuple[E, R]], list[E], list[R]]:
    """Pair those with equal keys, in the printed order."""
    shelves: dict[Hashable, list[R]] = {}
    for one in read:
        shelves.setdefault(of_read(one), []).append(one)
    pairs: list[tuple[E, R]] = []
    waiting: list[E] = []
    for each in expected:
        shelf = shelves.get(of_expected(each))
        if shelf:
            pairs.append((each, shelf.pop(0)))
        else:
            waiting.append(each)
    left = [one for one in read if any(one is other for other in shelves[of_read(one)])]
    return pairs, waiting, left


def _pair_alike(
    expected: list[ExpectedIndicator], read: list[ReadIndicator]
) -> tuple[list[tuple[ExpectedIndicator, ReadIndicator]], list[ExpectedIndicator], list[ReadIndicator]]:
    pairs: list[tuple[ExpectedIndicator, ReadIndicator]] = []
    waiting: list[ExpectedIndicator] = []
    left = list(read)
    for each in expected:
        candidates = [
            one for one in left if not each.project or squeeze(one[0].name) == squeeze(each.project)
        ]
        best = max(candidates, key=lambda one: _likeness(each, one), default=None)
        if best and _likeness(each, best) >= _ALIKE:
            pairs.append((each, best))
            left = [one for one in left if one is not best]
        else:
            waiting.append(each)
    return pairs, waiting, left


def _likeness(expected: ExpectedIndicator, read: ReadIndicator) -> float:
    return SequenceMatcher(None, squeeze(expected.fields["name"]), squeeze(read[1].name)).ratio()


def match_projects(
    expected: Iterable[ExpectedProject], document: Document
) -> tuple[list[tuple[ExpectedProject, Project]], list[ExpectedProject], list[Project]]:
    """Pair projects by name and unit, then by name: names repeat under different units."""
    waiting = list(expected)
    left = [project for table in document.tables for project in table.projects]
    by_unit, waiting, left = _pair(
        waiting,
        left,
        lambda each: (squeeze(each.name), squeeze(each.budget_unit)),
        lambda one: (squeeze(one.name), squeeze(one.budget_unit)),
    )
    by_name, waiting, left = _pair(
        waiting, left, lambda each: squeeze(each.name), lambda one: squeeze(one.name)
    )
    as_printed, waiting, left = _pair(
        waiting, left, lambda each: squeeze(each.name_raw), lambda one: squeeze(one.name)
    )
    return [*by_unit, *by_name, *as_printed], waiting, left

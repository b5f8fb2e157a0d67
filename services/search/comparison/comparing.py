"""What changed between two readings: of one office in two years, or of two offices."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from typing import Final, Literal

from markupsafe import Markup, escape

from services.search.comparison.pairing import pair, plain_name
from services.search.comparison.promise_change import TargetChange, target_changes
from shared.contracts.records import Amounts, Document, Indicator, Project
from shared.search.normalise import normalise

Change = Literal["added", "lost", "changed", "same"]

STAYED: Final = frozenset({"same", "reworded"})
SAME_PRINT: Final = 0.9
"""So much of two readings must be the same, of 1, for them to be one table published twice."""


@dataclass(frozen=True, slots=True)
class IndicatorChange:
    """An indicator on both sides, or on one; ``after`` and ``before`` are never both None."""

    change: Change
    before: Indicator | None
    after: Indicator | None
    targets: tuple[TargetChange, ...] = ()

    @property
    def shown(self) -> Indicator:
        """The newer of the two."""
        present = self.after or self.before
        assert present is not None  # noqa: S101 (see the class)
        return present

    @property
    def told(self) -> tuple[TargetChange, ...]:
        """The targets that changed, or the first of those that stayed."""
        moved = tuple(target for target in self.targets if target.verdict not in STAYED)
        return moved or self.targets[:1]

    @property
    def is_renamed(self) -> bool:
        """The two are taken for one although their names differ."""
        return bool(self.before and self.after and normalise(self.before.name) != normalise(self.after.name))


@dataclass(frozen=True, slots=True)
class AmountChange:
    """A project's money before and after as printed, and the difference where both can be compared."""

    before: Amounts | None
    after: Amounts | None
    difference: Decimal | None
    unit: str | None
    percent: Decimal | None


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """A project on both sides, or on one."""

    change: Change
    before: Project | None
    after: Project | None
    amounts: AmountChange
    goal_changed: bool
    indicators: tuple[IndicatorChange, ...]

    @property
    def shown(self) -> Project:
        """The newer of the two."""
        present = self.after or self.before
        assert present is not None  # noqa: S101 (one of the two is there)
        return present

    @property
    def is_renamed(self) -> bool:
        """The two are taken for one although their names differ."""
        return bool(self.before and self.after and normalise(self.before.name) != normalise(self.after.name))

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of its indicators were added, lost, changed or stayed."""
        return Counter(indicator.change for indicator in self.indicators)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All projects of two sides, those with changes first in the order of the newer side."""

    projects: tuple[ProjectChange, ...]

    @property
    def project_counts(self) -> Mapping[str, int]:
        """How many projects were added, lost, changed or stayed as they were."""
        return Counter(project.change for project in self.projects)

    @property
    def indicator_counts(self) -> Counter[str]:
        """How many indicators were added, lost, changed or stayed as they were."""
        return Counter(indicator.change for project in self.projects for indicator in project.indicators)

    @property
    def is_second_print(self) -> bool:
        """Nearly every indicator is the same: one table that its unit and its department both published."""
        counts = self.indicator_counts
        return counts["same"] >= SAME_PRINT * max(1, sum(counts.values()))

    @property
    def verdicts(self) -> Mapping[str, int]:
        """How many indicators became stricter, looser, or otherwise another promise."""
        changed = (one for project in self.projects for one in project.indicators if one.change == "changed")
        return Counter(verdict for one in changed for verdict in {target.verdict for target in one.targets})


def projects_of(document: Document, unit: str | None) -> list[Project]:
    """List a document's projects, or those of one budget unit."""
    wanted = normalise(unit) if unit else None
    return [
        project
        for table in document.tables
        for project in table.projects
        if wanted is None or normalise(project.budget_unit or table.department or "") == wanted
    ]


def compare_projects(before: Iterable[Project], after: Iterable[Project]) -> Comparison:
    """Compare two lists of projects."""
    pairs, lost, added = pair(
        list(before),
        list(after),
        (
            lambda project: (plain_name(project.name), normalise(project.budget_unit or "")),
            lambda project: plain_name(project.name),
            lambda project: project.code or "",
        ),
        name=lambda project: plain_name(project.name),
    )
    changes = [_project_change(old, new) for old, new in pairs]
    changes += [_project_change(None, new) for new in added] + [_project_change(old, None) for old in lost]
    return Comparison(tuple(sorted(changes, key=lambda one: _ORDER[one.change])))


_ORDER = {"changed": 0, "added": 1, "lost": 2, "same": 3}


def _project_change(before: Project | None, after: Project | None) -> ProjectChange:
    indicators = _indicator_changes(before.indicators if before else (), after.indicators if after else ())
    amounts = _amount_change(before.amounts if before else None, after.amounts if after else None)
    goal_changed = bool(before and after and normalise(before.goal or "") != normalise(after.goal or ""))
    stayed = all(one.change == "same" for one in indicators) and not goal_changed and not amounts.difference
    both: Change = "same" if stayed else "changed"
    change: Change = both if before and after else "added" if after else "lost"
    return ProjectChange(change, before, after, amounts, goal_changed, indicators)


def _indicator_changes(
    before: tuple[Indicator, ...], after: tuple[Indicator, ...]
) -> tuple[IndicatorChange, ...]:
    pairs, lost, added = pair(
        before,
        after,
        (
            lambda one: (plain_name(one.name), normalise(one.level2 or ""), _first_target(one)),
            lambda one: (plain_name(one.name), normalise(one.level2 or "")),
            lambda one: plain_name(one.name),
        ),
        name=lambda one: plain_name(one.name),
    )
    changes = [_indicator_change(old, new) for old, new in pairs]
    changes += [IndicatorChange("added", None, new) for new in added]
    changes += [IndicatorChange("lost", old, None) for old in lost]
    return tuple(sorted(changes, key=lambda one: _ORDER[one.change]))


def _first_target(indicator: Indicator) -> str:
    target = indicator.annual_target or indicator.period_target
    return target.text if target else ""


def _indicator_change(before: Indicator, after: Indicator) -> IndicatorChange:
    targets = tuple(target_changes(before, after))
    stayed = all(target.verdict in STAYED for target in targets)
    return IndicatorChange("same" if stayed else "changed", before, after, targets)


def _amount_change(before: Amounts | None, after: Amounts | None) -> AmountChange:
    if not before or not after:
        return AmountChange(before, after, None, None, None)
    field = "total" if before.unit == after.unit else "total_yuan"
    try:
        old, new = Decimal(getattr(before, field) or ""), Decimal(getattr(after, field) or "")
    except InvalidOperation:
        return AmountChange(before, after, None, None, None)
    percent = ((new - old) / old * 100).quantize(Decimal("0.1")) if old else None
    return AmountChange(before, after, new - old, before.unit if field == "total" else "元", percent)


_STRUCK, _WRITTEN = Markup("<del>{}</del>"), Markup("<ins>{}</ins>")


def marked_difference(before: str | None, after: str | None) -> tuple[Markup, Markup]:
    """Mark in two texts what was struck out and what was put in."""
    old, new = before or "", after or ""
    struck, written = Markup(), Markup()
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = kind == "equal"
        struck += escape(old[start:end]) if same else _STRUCK.format(old[start:end])
        written += escape(new[first:last]) if same else _WRITTEN.format(new[first:last])
    return struck, written

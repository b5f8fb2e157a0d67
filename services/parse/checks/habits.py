"""
What a table does as a rule, so that an exception can be told from a custom.

A blank cell is missing only where the other rows are filled, and a goal without a full stop
is cut off only where the other goals have one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.parse.checks.sentences import ends_sentence
from shared.contracts.records import Indicator, Project

_GOALS_NEEDED: Final = 4
_MAJORITY: Final = 0.6


@dataclass(frozen=True, slots=True)
class Habits:
    """``columns`` are the amounts that the form prints, filled or blank."""

    columns: frozenset[str] = frozenset()
    goals_end_sentences: bool = False
    levels1: bool = False
    levels2: bool = False
    annual_targets: bool = False


def habits_of(projects: Sequence[Project], columns: frozenset[str]) -> Habits:
    """Look at all projects of a table together."""
    indicators = [indicator for project in projects for indicator in project.indicators]
    goals = [project.goal for project in projects if project.goal]
    finished = sum(ends_sentence(goal) for goal in goals)
    return Habits(
        columns=columns,
        goals_end_sentences=len(goals) >= _GOALS_NEEDED and finished >= _MAJORITY * len(goals),
        levels1=any(indicator.level1 for indicator in indicators),
        levels2=any(indicator.level2 for indicator in indicators),
        annual_targets=_most_are_annual(indicators),
    )


def _most_are_annual(indicators: Sequence[Indicator]) -> bool:
    return sum(indicator.annual_target is not None for indicator in indicators) * 2 > len(indicators)

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
_LINE_WIDTHS: Final = range(12, 61)


@dataclass(frozen=True, slots=True)
class Habits:
    """
    ``columns`` are the amounts that the form prints, filled or blank.

    ``lost_line_width`` is how many characters a line of the goals' cell has, where lines of
    it were lost.
    """

    columns: frozenset[str] = frozenset()
    goals_end_sentences: bool = False
    lost_line_width: int | None = None
    levels1: bool = False
    levels2: bool = False
    annual_targets: bool = False


def habits_of(projects: Sequence[Project], columns: frozenset[str]) -> Habits:
    """Look at all projects of a table together."""
    indicators = [indicator for project in projects for indicator in project.indicators]
    goals = [project.goal for project in projects if project.goal]
    unfinished = [goal for goal in goals if not ends_sentence(goal)]
    many = len(goals) >= _GOALS_NEEDED
    return Habits(
        columns=columns,
        goals_end_sentences=many and len(unfinished) <= (1 - _MAJORITY) * len(goals),
        lost_line_width=_common_width(unfinished),
        levels1=any(indicator.level1 for indicator in indicators),
        levels2=any(indicator.level2 for indicator in indicators),
        annual_targets=_most_are_annual(indicators),
    )


def _common_width(unfinished: Sequence[str]) -> int | None:
    """
    Find the line width of which the lengths of unfinished goals are multiples.

    Where OCR loses lines of a cell it loses whole ones, so that full lines remain; goals that
    their authors left without a full stop have any length.
    """
    if len(unfinished) < _GOALS_NEEDED:
        return None
    counts = {width: sum(len(goal) % width == 0 for goal in unfinished) for width in _LINE_WIDTHS}
    width = max(counts, key=lambda width: (counts[width], width))
    return width if counts[width] >= max(_GOALS_NEEDED, _MAJORITY * len(unfinished)) else None


def _most_are_annual(indicators: Sequence[Indicator]) -> bool:
    return sum(indicator.annual_target is not None for indicator in indicators) * 2 > len(indicators)

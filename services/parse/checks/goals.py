"""Goals that begin or end amid a sentence: lines of the cell were lost before they reached us."""

from collections.abc import Iterator
from typing import Final

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from services.parse.checks.sentences import begins_amid, breaks_off, ends_sentence
from shared.contracts.records import Finding, Project

_SHOWN: Final = 12


def find(project: Project, habits: Habits) -> Iterator[Finding]:
    """
    Report a goal that is cut off.

    A comma at the end or a closing mark at the start is ground enough. A missing full stop is
    one only where most goals of the same table have theirs: many offices write none.
    """
    for field in ("goal", "goal_period"):
        goal: str | None = getattr(project, field)
        remark = _remark(goal, habits) if goal else None
        if remark:
            yield remark.at_project(project, field)


def _remark(goal: str, habits: Habits) -> Remark | None:
    if breaks_off(goal) or (habits.goals_end_sentences and not ends_sentence(goal)):
        return _truncated(f"绩效目标末尾不完整：“…{goal[-_SHOWN:]}”", goal[-_SHOWN:])
    if begins_amid(goal):
        return _truncated(f"绩效目标开头不完整：“{goal[:_SHOWN]}…”", goal[:_SHOWN])
    return None


def _truncated(message: str, found: str) -> Remark:
    return Remark(code="goal_truncated", severity="doubt", message=message, found=found)

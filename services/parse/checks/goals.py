"""Goals that begin or end amid a sentence: lines of the cell were lost before they reached us."""

from collections.abc import Iterator
from typing import Final

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from services.parse.checks.sentences import begins_amid, breaks_off, ends_clause, ends_sentence
from shared.contracts.records import Finding, Project, Severity

_SHOWN: Final = 12


def find(project: Project, habits: Habits) -> Iterator[Finding]:
    """
    Report a goal that is cut off, with the ground that the text itself gives.

    A comma at the end or a closing mark at the start is ground enough. A missing full stop is
    one where most goals of the table have theirs: a doubt where the lengths show that lines
    were lost, otherwise only noted, because authors forget full stops. A goal that lost its
    beginning and happens to end with a sentence cannot be told from a whole one.
    """
    for field in ("goal", "goal_period"):
        goal: str | None = getattr(project, field)
        remark = _remark(goal, habits) if goal else None
        if remark:
            yield remark.at_project(project, field)


def _remark(goal: str, habits: Habits) -> Remark | None:
    if breaks_off(goal) or _fills_whole_lines(goal, habits):
        return _end_lost(goal, "doubt")
    if habits.goals_end_sentences and not ends_sentence(goal):
        return _end_lost(goal, "doubt" if habits.lost_line_width else "info")
    if begins_amid(goal):
        start = goal[:_SHOWN]
        return Remark("goal_truncated", "doubt", f"绩效目标开头不完整：“{start}…”", found=start)
    return None


def _fills_whole_lines(goal: str, habits: Habits) -> bool:
    """A goal that ends with a semicolon at the end of a full line, where other lines were lost."""
    width = habits.lost_line_width
    return width is not None and len(goal) % width == 0 and ends_clause(goal)


def _end_lost(goal: str, severity: Severity) -> Remark:
    how = "末尾不完整" if severity == "doubt" else "末尾没有句号，可能不完整"
    end = goal[-_SHOWN:]
    return Remark("goal_truncated", severity, f"绩效目标{how}：“…{end}”", found=end)

"""Tables that hold heads only, and tables whose promises stand in prose."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from services.parse.checks.remark import Remark
from shared.contracts.records import Finding, Project, Table, Total

_FIGURE: Final = re.compile(r"[0-9０-９]")


def find(table: Table) -> Iterator[Finding]:
    """
    Report a form that nobody has filled in, or one whose goals have figures but no indicators.

    A table with money or a goal in it is filled, even when it has no indicators.
    """
    if any(project.indicators for project in table.projects):
        return
    title = table.title or "绩效目标表"
    if not any(map(_is_filled, table.projects)) and not any(_has_money(total) for total in table.totals):
        yield _on_first_page(table, Remark("empty_form", "info", f"“{title}”只有表头，没有填写内容"))
    elif _promises_in_prose(table.projects):
        yield _on_first_page(
            table, Remark("prose_only", "info", f"“{title}”没有指标，数字只写在绩效目标的文字里")
        )


def _is_filled(project: Project) -> bool:
    return bool(project.goal or project.goal_period or _has_money(project))


def _has_money(row: Project | Total) -> bool:
    return bool(row.amounts.model_dump(exclude={"unit", "total_yuan"}, exclude_none=True))


def _promises_in_prose(projects: Sequence[Project]) -> bool:
    return any(_FIGURE.search(project.goal or "") for project in projects)


def _on_first_page(table: Table, remark: Remark) -> Finding:
    return Finding(code=remark.code, severity=remark.severity, message=remark.message, page=table.pages.first)

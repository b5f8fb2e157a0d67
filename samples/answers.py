"""The answer beside each sample: what a reader of it must find."""

from decimal import Decimal
from typing import Any

from samples.drafts import IndicatorDraft, ProjectDraft, TableDraft

Answer = dict[str, Any]


def list_answer(table: TableDraft, *, title: str) -> Answer:
    """Say what the list layout prints, row by row: grand total, then each unit above its projects."""
    rows: list[Answer] = [_total("total", "合计", table.projects)]
    for unit in table.department.units:
        projects = [project for project in table.projects if project.unit == unit]
        rows.append(_total("unit", unit, projects))
        rows.extend(_project_row(project) for project in projects)
    return {
        "layout": "list",
        "title": title,
        "department": table.department.name,
        "unit_of_amount": "万元",
        "year": table.year,
        "rows": rows,
    }


def form_answer(table: TableDraft, *, title: str) -> Answer:
    """Say what the block layout prints, one form a project."""
    return {
        "layout": "form",
        "title": title,
        "department": table.department.name,
        "year": table.year,
        "forms": [_form(project, table) for project in table.projects],
    }


def _form(project: ProjectDraft, table: TableDraft) -> Answer:
    return {
        "name": project.name,
        "department": table.department.name,
        "unit": project.unit,
        "total": float(project.total),
        "fiscal": float(project.fiscal),
        "other": float(project.other),
        "goal": project.goal,
        "year": str(table.year),
        "indicators": [
            {"l1": each.level1, "l2": each.level2, "name": each.name, "value": each.annual_value}
            for each in project.indicators
        ],
    }


def _total(kind: str, name: str, projects: list[ProjectDraft] | tuple[ProjectDraft, ...]) -> Answer:
    fiscal = sum((project.fiscal for project in projects), Decimal(0))
    other = sum((project.other for project in projects), Decimal(0))
    return _row(kind, name, None if kind == "total" else name, fiscal, other)


def _project_row(project: ProjectDraft) -> Answer:
    row = _row("project", project.name, project.unit, project.fiscal, project.other)
    row["goal"] = project.goal
    row["indicators"] = [_indicator(number, each) for number, each in enumerate(project.indicators, 1)]
    return row


def _row(kind: str, name: str, unit: str | None, fiscal: Decimal, other: Decimal) -> Answer:
    return {
        "kind": kind,
        "name": name,
        "unit": unit,
        "total": float(fiscal + other),
        "fiscal": float(fiscal),
        "special_account": None,
        "other": float(other) if other else None,
        "goal": "",
        "indicators": [],
    }


def _indicator(number: int, draft: IndicatorDraft) -> Answer:
    return {
        "seq": number,
        "l1_code": draft.level1_code,
        "l1": draft.level1,
        "l2_code": draft.level2_code,
        "l2": draft.level2,
        "name": draft.name,
        "period_value": draft.period_value,
        "annual_value": draft.annual_value,
    }

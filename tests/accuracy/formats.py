"""Reads the shapes in which answers are written."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.accuracy.truth import ExpectedIndicator, ExpectedProject, Truth

_AMOUNTS = ("total", "fiscal", "special_account", "other")


def rows_truth(answer: Mapping[str, Any], document: Path, form: str) -> Truth:
    """Read an answer that lists the rows of one table: seeds, rendered lists, samples."""
    rows = [row for row in answer["rows"] if row["kind"] == "project"]
    damaged = sum(len(row.get("damaged", ())) for row in rows)
    return Truth(
        document,
        form,
        indicators=tuple(_row_indicator(row, each) for row in rows for each in row["indicators"]),
        projects=tuple(_project(row, goal=row["goal"]) for row in rows),
        codes={"indicator_damaged": damaged} if damaged else {},
    )


def _row_indicator(row: Mapping[str, Any], each: Mapping[str, Any]) -> ExpectedIndicator:
    fields = {
        "sequence_printed": str(each["seq"]),
        "level1": each["l1"],
        "level2": each["l2"],
        "level1_code": each["l1_code"],
        "level2_code": each["l2_code"],
        "name": each["name"],
        "period_target": each["period_value"],
        "annual_target": each["annual_value"],
    }
    return ExpectedIndicator(row["name"], fields, row.get("page"))


def _project(row: Mapping[str, Any], goal: str | None) -> ExpectedProject:
    amounts = {name: _decimal(row[name]) for name in _AMOUNTS if name in row}
    return ExpectedProject(
        row["name"],
        row.get("unit") or row.get("org"),
        amounts,
        goal,
        name_raw=row.get("name_raw"),
        goal_raw=row.get("goal_raw"),
    )


def _decimal(amount: object) -> Decimal | None:
    return Decimal(str(amount).replace(",", "")) if amount not in (None, "") else None


def forms_truth(answer: Mapping[str, Any], document: Path, form: str) -> Truth:
    """Read an answer that lists one form for each project: rendered blocks, samples."""
    return Truth(
        document,
        form,
        indicators=tuple(
            _form_indicator(each, row) for each in answer["forms"] for row in each["indicators"]
        ),
        projects=tuple(_project(each, goal=each["goal"]) for each in answer["forms"]),
    )


def _form_indicator(form: Mapping[str, Any], row: Mapping[str, Any]) -> ExpectedIndicator:
    fields = {"level1": row["l1"], "level2": row["l2"], "name": row["name"], "annual_target": row["value"]}
    return ExpectedIndicator(form["name"], fields, form.get("pages", [None])[0])


def tables_truth(answer: Mapping[str, Any], document: Path) -> Truth:
    """Read an answer made for a published document: its tables with their indicators."""
    if "tables" not in answer:
        return _counts_truth(answer, document)
    tables = answer["tables"]
    department_wide = [table for table in tables if table["project"] == "部门整体"]
    return Truth(
        document,
        _form_of(answer),
        indicators=tuple(_table_indicators(tables)),
        projects=() if department_wide else tuple(_project(_amounts(each), goal=None) for each in tables),
        project_count=len(tables),
    )


def _amounts(table: Mapping[str, Any]) -> dict[str, Any]:
    named = {name: table[name] for name in ("total", "fiscal", "org") if name in table}
    return {"name": table["project"], **({"total": table["amount"]} if "amount" in table else {}), **named}


def _table_indicators(tables: list[Mapping[str, Any]]) -> Iterator[ExpectedIndicator]:
    for table in tables:
        project = "" if table["project"] == "部门整体" else table["project"]
        for row in table["indicators"]:
            yield ExpectedIndicator(project, _table_fields(row), row["page"])


def _table_fields(row: Mapping[str, Any]) -> dict[str, str | None]:
    fields = {
        "level1": row.get("l1_printed", row["l1"]) or None,
        "level2": row["l2"],
        "name": row["l3"],
        "annual_target": row["value"],
    }
    renamed = {
        "n": "sequence_printed",
        "explain": "explanation",
        "op": "operator_printed",
        "unit": "unit_printed",
        "l1_code": "level1_code",
        "l2_code": "level2_code",
        "period_value": "period_target",
    }
    for key, value in row.items():
        if key in renamed:
            fields[renamed[key]] = str(value) or None
        elif key == "weight" or key.startswith("分值"):
            fields["weight"] = value
    return fields


def _counts_truth(answer: Mapping[str, Any], document: Path) -> Truth:
    samples = answer.get("sample_rows", [])
    return Truth(
        document,
        _form_of(answer),
        indicators=tuple(ExpectedIndicator("", _table_fields(row), row["page"]) for row in samples),
        indicator_count=answer["n_indicators_table12"] + answer.get("table13_rows", 0),
    )


def _form_of(answer: Mapping[str, Any]) -> str:
    """Name the place, which heads each description of a form."""
    return " ".join(answer["form"].split()[:2])[:24]

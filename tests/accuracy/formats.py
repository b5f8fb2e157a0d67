"""Reads the shapes in which answers are written."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.accuracy.truth import Excerpt, ExpectedIndicator, ExpectedProject, Truth

_AMOUNTS = ("total", "fiscal", "special_account", "other")
_WHOLE_DEPARTMENT = "部门整体"
_ORIGIN = ("province", "city", "district", "department", "fiscal_year", "kind")
_PROJECT_FIELDS = ("code", "department", "title", "scope")


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
    """
    Read an answer made for a published document: its tables with their indicators.

    ``heads`` are the tables again, with what an older answer does not state of their projects.
    """
    if "tables" not in answer:
        return _counts_truth(answer, document)
    tables = answer["tables"]
    heads = answer.get("heads", tables)
    nameless = [head for head in heads if head["project"] == _WHOLE_DEPARTMENT]
    return Truth(
        document,
        _form_of(answer),
        indicators=tuple(_table_indicators(tables)),
        projects=() if nameless else tuple(_table_project(head) for head in heads),
        project_count=len(tables),
        origin=origin_of(answer),
        page_counts=_page_counts(answer),
    )


def origin_of(answer: Mapping[str, Any]) -> dict[str, str | int | None]:
    """Read what an answer states of the document as a whole."""
    return {name: answer[name] for name in _ORIGIN if name in answer}


def _page_counts(answer: Mapping[str, Any]) -> dict[int, int]:
    """Count the indicators of each page, where the answer was made page by page."""
    if "checked" not in answer:
        return {}
    return dict(Counter(row["page"] for table in answer["tables"] for row in table["indicators"]))


def _table_project(head: Mapping[str, Any]) -> ExpectedProject:
    amounts = {name: _decimal(amount) for name, amount in _amounts(head).items()}
    return ExpectedProject(
        head["project"],
        head.get("budget_unit") or head.get("org"),
        amounts,
        _goal(head),
        fields={name: head[name] for name in _PROJECT_FIELDS if name in head},
    )


def _amounts(head: Mapping[str, Any]) -> dict[str, Any]:
    if "amounts" in head:
        return dict(head["amounts"])
    named = {name: head[name] for name in ("total", "fiscal") if name in head}
    return {**({"total": head["amount"]} if "amount" in head else {}), **named}


def _goal(head: Mapping[str, Any]) -> str | Excerpt | None:
    if "goal_length" in head:
        return Excerpt(head["goal_begins"], head["goal_ends"], head["goal_length"])
    return head.get("goal")


def _table_indicators(tables: list[Mapping[str, Any]]) -> Iterator[ExpectedIndicator]:
    for table in tables:
        project = "" if table["project"] == _WHOLE_DEPARTMENT else table["project"]
        for row in table["indicators"]:
            yield ExpectedIndicator(project, _table_fields(row), row["page"])


def _table_fields(row: Mapping[str, Any]) -> dict[str, str | None]:
    fields: dict[str, str | None] = {
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
        "scoring": "scoring",
        "core": "core",
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

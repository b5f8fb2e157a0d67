"""Pages and tables of what changed between two documents."""

from dataclasses import replace
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from services.search.api import ArchiveHere
from services.search.comparison.comparing import (
    Comparison,
    IndicatorChange,
    compare_projects,
    marked_difference,
    projects_of,
)
from services.search.comparison.sides import Side, in_order, other_sides, side_at, side_of
from services.search.documents.archive import Archive
from services.search.tabular import csv_response
from services.search.templates import render_page
from services.search.words import labels
from services.search.words.wording import target_of
from shared.contracts.records import Indicator, Model, Target

router = APIRouter()

_MOST_UNITS: Final = 12
_MOST_TRIED: Final = 8

Id = Annotated[str, Query(max_length=200)]
Unit = Annotated[str | None, Query(max_length=500)]


class ComparedRow(Model):
    """One indicator on both sides of a comparison."""

    project: str
    project_change: str
    amount_before: str | None
    amount_after: str | None
    amount_unit: str | None
    level1: str | None
    level2: str | None
    indicator: str
    change: str
    verdict: str | None
    before: str | None
    after: str | None
    before_record: str | None
    after_record: str | None


class ComparedSide(Model):
    """One side of a comparison."""

    document_id: str
    file_name: str
    department: str | None
    unit: str | None
    year: int | None


class ComparisonAnswer(Model):
    """What changed between two documents, indicator by indicator."""

    left: ComparedSide
    right: ComparedSide
    projects: dict[str, int]
    indicators: dict[str, int]
    verdicts: dict[str, int]
    rows: tuple[ComparedRow, ...]


@router.get("/compare", include_in_schema=False)
def show_comparison(
    request: Request,
    archive: ArchiveHere,
    *,
    record: Id = "",
    document: Id = "",
    left: Id = "",
    right: Id = "",
    unit: Unit = None,
) -> Response:
    """
    Show what changed between two documents, side by side.

    Of a ``record`` the unit that it belongs to is compared with its nearest other year.
    """
    here, chosen = _starting_side(archive, record, document or right or left, unit)
    others = other_sides(archive.index, here)
    if left and right:
        sides: tuple[Side, Side] | None = (
            side_at(archive, left, here.unit),
            side_at(archive, right, here.unit),
        )
    else:
        partner = _partner(archive, here, others)
        sides = in_order(partner, here) if partner else None
    context: dict[str, object] = {"here": here, "others": others, "chosen": chosen, "sides": sides}
    context["units"] = [] if sides or here.unit else _units_elsewhere(archive, here)
    if sides:
        context |= {"comparison": _compare(archive, sides), "difference": marked_difference}
    return render_page(request, "compare.html", context)


def _partner(archive: Archive, here: Side, others: list[Side]) -> Side | None:
    """
    Choose what a document is compared with first: the nearest other year.

    Where years are not printed a second print of the same table is passed over, for the first
    that says something else.
    """
    for other in others[:_MOST_TRIED]:
        known = here.year is not None and other.year is not None
        if (known and here.year != other.year) or not _compare(archive, (other, here)).is_second_print:
            return other
    return others[0] if others else None


@router.get("/api/compare", tags=["compare"])
def answer_comparison(archive: ArchiveHere, left: Id, right: Id, unit: Unit = None) -> ComparisonAnswer:
    """Say what changed between two documents, or between what they say of one budget unit."""
    sides = side_at(archive, left, unit), side_at(archive, right, unit)
    compared = _compare(archive, sides)
    return ComparisonAnswer(
        left=_side(sides[0]),
        right=_side(sides[1]),
        projects=dict(compared.project_counts),
        indicators=dict(compared.indicator_counts),
        verdicts=dict(compared.verdicts),
        rows=tuple(_rows(compared)),
    )


@router.get("/api/compare.csv", tags=["compare"], response_class=Response)
def send_comparison(archive: ArchiveHere, left: Id, right: Id, unit: Unit = None) -> Response:
    """Send the same as a table for spreadsheets."""
    sides = side_at(archive, left, unit), side_at(archive, right, unit)
    rows = _rows(_compare(archive, sides))
    head = [_HEADS[name] for name in ComparedRow.model_fields]
    cells = [[_said(name, value) for name, value in row.model_dump().items()] for row in rows]
    return csv_response(f"对比 {sides[0].label} {sides[1].label}.csv", head, cells)


_HEADS: Final = {
    "project": "项目",
    "project_change": "项目变化",
    "amount_before": "前金额",
    "amount_after": "后金额",
    "amount_unit": "金额单位",
    "level1": "一级指标",
    "level2": "二级指标",
    "indicator": "三级指标",
    "change": "指标变化",
    "verdict": "目标变化",
    "before": "前指标值",
    "after": "后指标值",
    "before_record": "前记录号",
    "after_record": "后记录号",
}


def _said(name: str, value: object) -> object:
    words = labels.CHANGES if name.endswith("change") else labels.VERDICTS if name == "verdict" else {}
    return words.get(str(value), value)


def _units_elsewhere(archive: Archive, here: Side) -> list[str]:
    """List the units of a document of which another document speaks, too."""
    units = dict.fromkeys(
        project.budget_unit
        for table in archive.reading(here.document_id).tables
        for project in table.projects
        if project.budget_unit and project.budget_unit != here.department
    )
    looked_at = (unit for unit in list(units)[:_MOST_UNITS])
    return [unit for unit in looked_at if other_sides(archive.index, replace(here, unit=unit))]


def _starting_side(archive: Archive, record_id: str, document_id: str, unit: str | None) -> tuple[Side, str]:
    if record_id:
        record = archive.record(record_id)
        return side_of(record, unit=record.budget_unit), record_id
    return side_at(archive, document_id, unit), ""


def _compare(archive: Archive, sides: tuple[Side, Side]) -> Comparison:
    before, after = (projects_of(archive.reading(side.document_id), side.unit) for side in sides)
    return compare_projects(before, after)


def _side(side: Side) -> ComparedSide:
    return ComparedSide(
        document_id=side.document_id,
        file_name=side.file_name,
        department=side.department,
        unit=side.unit,
        year=side.year,
    )


def _rows(compared: Comparison) -> list[ComparedRow]:
    return [
        ComparedRow(
            project=project.shown.name,
            project_change=project.change,
            amount_before=project.before.amounts.total if project.before else None,
            amount_after=project.after.amounts.total if project.after else None,
            amount_unit=project.shown.amounts.unit,
            level1=indicator.shown.level1,
            level2=indicator.shown.level2,
            indicator=indicator.shown.name,
            change=indicator.change,
            verdict=indicator.told[0].verdict if indicator.told else None,
            before=_value(indicator.before, indicator),
            after=_value(indicator.after, indicator),
            before_record=indicator.before.record_id if indicator.before else None,
            after_record=indicator.after.record_id if indicator.after else None,
        )
        for project in compared.projects
        for indicator in project.indicators
    ]


def _value(side: Indicator | None, change: IndicatorChange) -> str | None:
    """Give what a side prints of the target that is told."""
    if side is None:
        return None
    if change.told:
        target: Target | None = getattr(side, change.told[0].field)
        return target.text if target else None
    shown = target_of(side)
    return shown.target.text if shown else None

"""The comparison of more than two documents: years of one office, or offices, as one table."""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from services.search.api import ArchiveHere
from services.search.comparison.abreast import Row, lay_abreast
from services.search.comparison.comparing import projects_of
from services.search.comparison.sides import Side, side_at
from services.search.documents.archive import Archive
from services.search.problems import Problem, Refused
from services.search.tabular import csv_response
from services.search.templates import render_page
from services.search.words.wording import target_of
from shared.contracts.records import Indicator

MOST_SIDES: Final = 12
Documents = Annotated[Sequence[str], Query(min_length=1, max_length=MOST_SIDES)]
Unit = Annotated[str | None, Query(max_length=500)]

router = APIRouter()


@router.get("/compare/all", include_in_schema=False)
def show_abreast(request: Request, archive: ArchiveHere, document: Documents, unit: Unit = None) -> Response:
    """Show what several documents promise, each in its column."""
    sides, rows = _table(archive, document, unit)
    context = {"sides": sides, "rows": rows, "unit": unit, "asked": request.url.query}
    return render_page(request, "abreast.html", context)


@router.get("/api/compare/all.csv", tags=["compare"], response_class=Response)
def send_abreast(archive: ArchiveHere, document: Documents, unit: Unit = None) -> Response:
    """Send what several documents promise for the same projects and indicators, each in its column."""
    sides, rows = _table(archive, document, unit)
    head = ["项目", "指标", *(f"{side.label}（{side.file_name}）" for side in sides)]
    return csv_response("并列对比.csv", head, map(_cells, rows))


def _table(archive: Archive, documents: Sequence[str], unit: str | None) -> tuple[list[Side], list[Row]]:
    wanted = list(dict.fromkeys(documents))
    if len(wanted) < 2:
        raise Refused(400, _TOO_FEW)
    sides = sorted((side_at(archive, one, unit) for one in wanted), key=lambda side: side.year or 0)
    projects = [projects_of(archive.reading(side.document_id), unit) for side in sides]
    return sides, lay_abreast(projects)


def _cells(row: Row) -> list[object]:
    return [row.project, row.indicator, *map(_target, row.cells)]


def _target(indicator: Indicator | None) -> str | None:
    shown = target_of(indicator) if indicator else None
    return shown.target.text if shown else None


_TOO_FEW = Problem(
    code="too_few_documents",
    message_zh="至少要两份文件才能对比。",
    message_en="There have to be two documents at least.",
)

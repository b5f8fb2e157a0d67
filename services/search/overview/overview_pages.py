"""Overviews for people and programs: what does not add up, and what the archive holds."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from services.search.api import ArchiveHere
from services.search.documents.archive import Archive
from services.search.overview.overviews import (
    Row,
    by_weight,
    choices,
    code_choices,
    finding_rows,
    read_narrowing,
)
from services.search.questions.parameters import as_in_an_address
from services.search.tabular import csv_response
from services.search.templates import render_page
from services.search.uploads.upload_access import UploadingHere
from services.search.words import labels
from shared.contracts.ledger import QuarantineEntry
from shared.contracts.records import Finding, Model

ON_A_PAGE: Final = 200
AT_WORK: Final = frozenset({"received", "parsed"})
DOCUMENT_FILTERS: Final = ("city", "district", "department", "year", "kind")
_NARROWED: Final = as_in_an_address("code", *DOCUMENT_FILTERS)

router = APIRouter()

PageNumber = Annotated[int, Query(ge=1, le=100_000)]


class FoundIn(Model):
    """A finding, the document that it was made in and how much is missing (below zero: too much)."""

    document_id: str
    file_name: str
    department: str | None
    year: int | None
    row: str | None
    gap: str | None
    amount_unit: str | None
    finding: Finding


class FindingList(Model):
    """Findings of the whole archive; ``documents_unseen`` were not looked at yet."""

    total: int
    documents_unseen: int
    findings: tuple[FoundIn, ...]


@router.get("/findings", include_in_schema=False)
def show_findings(request: Request, archive: ArchiveHere, page: PageNumber = 1) -> Response:
    """Show what was noticed in all documents, grave and large first."""
    overview = archive.catalogue.look()
    narrowing = read_narrowing("/findings", request.query_params, names=("code",))
    every = list(finding_rows(overview.documents, narrowing))
    rows = by_weight(_of_code(every, narrowing.chosen.get("code")))
    context = {
        "narrowing": narrowing,
        "codes": code_choices(every, narrowing),
        "choices": choices(overview.documents, narrowing),
        "filters": DOCUMENT_FILTERS,
        "rows": rows[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        "total": len(rows),
        "page": page,
        "has_next": len(rows) > page * ON_A_PAGE,
        "unseen": overview.unseen,
    }
    return render_page(request, "findings.html", context)


@router.get("/api/findings", tags=["documents"], openapi_extra=_NARROWED)
def answer_findings(
    request: Request,
    archive: ArchiveHere,
    page: PageNumber = 1,
    size: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> FindingList:
    """List findings (``code``, ``city``, ``district``, ``department``, ``year``, ``kind``), grave first."""
    rows, unseen = _rows(request, archive)
    shown = rows[(page - 1) * size : page * size]
    return FindingList(total=len(rows), documents_unseen=unseen, findings=tuple(map(_found, shown)))


@router.get("/api/findings.csv", tags=["documents"], response_class=Response, openapi_extra=_NARROWED)
def send_findings(request: Request, archive: ArchiveHere) -> Response:
    """Send the same as a table for spreadsheets."""
    rows, _ = _rows(request, archive)
    head = [
        "发现",
        "代码",
        "行",
        "说明",
        "应为",
        "实为",
        "相差",
        "金额单位",
        "部门",
        "年度",
        "文件",
        "页",
        "文件号",
    ]
    return csv_response("需留意.csv", head, map(_cells, rows))


@router.get("/documents", include_in_schema=False)
def show_documents(
    request: Request, archive: ArchiveHere, uploading: UploadingHere, page: PageNumber = 1
) -> Response:
    """Show what became of each document, and what a person can do for those that wait."""
    overview = archive.catalogue.look()
    narrowing = read_narrowing("/documents", request.query_params)
    listed = [one for one in reversed(overview.documents) if narrowing.admits(one)]
    waiting = list(archive.ledger.quarantined())
    counts = dict(archive.state_counts())
    context = {
        "narrowing": narrowing,
        "choices": choices(overview.documents, narrowing),
        "filters": DOCUMENT_FILTERS,
        "listed": listed[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        "found": len(listed),
        "quarantined": {entry.document_id: entry for entry in waiting if entry.document_id},
        "refused": _refused(waiting, narrowing.chosen),
        "counts": counts,
        "state": narrowing.chosen.get("state"),
        "page": page,
        "has_next": len(listed) > page * ON_A_PAGE,
        "records": archive.record_count(),
        "unseen": overview.unseen,
        "may_write": uploading.access.admits(request),
        "at_work": any(counts.get(name) for name in AT_WORK),
    }
    return render_page(request, "documents.html", context)


def _refused(waiting: list[QuarantineEntry], chosen: object) -> list[QuarantineEntry]:
    """List the uploads that became no document, unless a choice asks for documents only."""
    narrowed = chosen != {} and chosen != {"state": "quarantined"}
    return [] if narrowed else [entry for entry in waiting if entry.document_id is None]


def _rows(request: Request, archive: Archive) -> tuple[list[Row], int]:
    overview = archive.catalogue.look()
    narrowing = read_narrowing("/findings", request.query_params, names=("code",))
    every = list(finding_rows(overview.documents, narrowing))
    return by_weight(_of_code(every, narrowing.chosen.get("code"))), overview.unseen


def _of_code(rows: list[Row], code: str | None) -> list[Row]:
    return [row for row in rows if code is None or row.noticed.finding.code == code]


def _found(row: Row) -> FoundIn:
    summary, noticed = row.listed.summary, row.noticed
    return FoundIn(
        document_id=row.listed.entry.document_id,
        file_name=row.listed.entry.file_name,
        department=summary.department if summary else None,
        year=summary.year if summary else None,
        row=noticed.row,
        gap=None if noticed.gap is None else f"{noticed.gap:f}",
        amount_unit=noticed.unit,
        finding=noticed.finding.whole(),
    )


def _cells(row: Row) -> list[object]:
    said = _found(row)
    finding = said.finding
    return [
        labels.FINDINGS.get(finding.code, finding.code),
        finding.code,
        said.row,
        finding.message,
        finding.expected,
        finding.found,
        said.gap,
        said.amount_unit,
        said.department,
        said.year,
        said.file_name,
        finding.page,
        said.document_id,
    ]

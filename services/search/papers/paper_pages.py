"""The pages that show what was read beside the paper it was read from: record, document, page."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from services.search.api import ArchiveHere, PageNumber
from services.search.documents.archive import Archive
from services.search.documents.recognition import Recognition, find_recognition
from services.search.documents.surroundings import (
    find_surroundings,
    findings_of,
    neighbouring_lines,
    unexplained_codes,
)
from services.search.papers.paper import Sheet, page_sheet, record_sheets
from services.search.papers.walking import walk_from
from services.search.problems import Refused, page_not_found, record_not_found
from services.search.questions.address import read_address
from services.search.questions.highlighting import mark_spans
from services.search.results import printed_texts
from services.search.templates import in_minutes, language_of, render_page
from services.search.uploads.upload_access import UploadingHere
from services.search.words.wording import amount_rows, cite, cite_in_english
from shared.contracts.records import Document, Finding, Record
from shared.contracts.search import QueryError, Span
from shared.export import permanent_path
from shared.search.entry import entry_of
from shared.search.highlight import highlight
from shared.search.parser import parse
from shared.search.ranking import bands

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Words = Annotated[bool, Query()]


@router.get("/records/{record_id}")
def show_record(request: Request, archive: ArchiveHere, record_id: str, words: Words = False) -> Response:
    """Show a record beside the page it is printed on."""
    return _record_page(request, archive, archive.record(record_id), words=words)


@router.get("/documents/{document_id}/records/{record_id}")
def show_cited_record(
    request: Request,
    archive: ArchiveHere,
    document_id: str,
    record_id: str,
    *,
    page: PageNumber = 1,
    words: Words = False,
) -> Response:
    """
    Show a record by its permanent address: it needs no index, and survives a newer parser.

    Where the present reading has no such record, it leads to the page that was cited.
    """
    record = archive.cited_record(document_id, record_id)
    if record is not None:
        return _record_page(request, archive, record, words=words)
    context = {"entry": archive.entry(document_id), "page": page, "problem": record_not_found().problem}
    return render_page(request, "moved.html", context, status=404)


def _record_page(request: Request, archive: Archive, record: Record, *, words: bool) -> Response:
    address = read_address(request.query_params)
    document = _reading_if_there(archive, record.document_id)
    walked = "q" in request.query_params
    context = {
        "address": address,
        "record": record,
        "texts": _marked_texts(record, address.query),
        "amounts": amount_rows(record.amounts),
        "walked": walked,
        "walk": walk_from(archive.index, address, record.record_id) if walked else None,
        "successor": archive.successor(record.document_id),
        **_citation(request, archive, record),
        **_paper(archive, document, record, words=words),
    }
    return render_page(request, "record.html", context)


def _citation(request: Request, archive: Archive, record: Record) -> dict[str, object]:
    """Give the permanent address, and the words to quote the record by."""
    entry = archive.ledger.document(record.document_id)
    permanent = str(request.base_url).rstrip("/") + permanent_path(record)
    read_on = in_minutes(entry.changed_at)[:10] if entry else None
    say = cite if language_of(request) == "zh" else cite_in_english
    return {"permanent": permanent, "citation": say(record, address=permanent, read_on=read_on)}


def _marked_texts(record: Record, query: str) -> dict[str, object]:
    """Mark in each printed text what answers the query that led here."""
    spans = _answers_in(record, query)
    return {field: mark_spans(text, spans.get(field, ())) for field, text in printed_texts(record)}


def _answers_in(record: Record, query: str) -> dict[str, tuple[Span, ...]]:
    try:
        return highlight(bands(parse(query)).widest, entry_of(record), record) if query.strip() else {}
    except QueryError:
        return {}


def _reading_if_there(archive: Archive, document_id: str) -> Document | None:
    try:
        return archive.reading(document_id)
    except Refused:
        return None


def _paper(archive: Archive, document: Document | None, record: Record, *, words: bool) -> dict[str, object]:
    around = find_surroundings(document, record.record_id) if document else None
    findings: list[Finding] = findings_of(document, record) if document else []
    sheets: list[Sheet] = []
    if document:
        sheets = record_sheets(
            document, around.indicator if around else record, around.project if around else None
        )
    return {
        "around": around,
        "lines": neighbouring_lines(document, around) if document and around else [],
        "findings": findings,
        "codes": unexplained_codes(record, findings),
        "sheets": sheets,
        "words": words,
        "is_scan": bool(document and any(_is_scanned(document, sheet.number) for sheet in sheets)),
        "recognitions": _recognitions(archive, sheets) if words else {},
    }


def _recognitions(archive: Archive, sheets: list[Sheet]) -> dict[int, Recognition | None]:
    return {
        sheet.number: find_recognition(archive.store, sheet.document_id, sheet.number) for sheet in sheets
    }


def _is_scanned(document: Document, number: int) -> bool:
    return any(page.number == number and page.source == "ocr" for page in document.pages)


@router.get("/documents/{document_id}")
def show_document(
    request: Request, archive: ArchiveHere, uploading: UploadingHere, document_id: str
) -> Response:
    """Show what was read from a document: tables, projects, sums, findings."""
    entry = archive.entry(document_id)
    waiting = [found for found in archive.ledger.quarantined() if found.document_id == document_id]
    context = {
        "entry": entry,
        "document": _reading_if_there(archive, document_id),
        "quarantine": waiting[0] if waiting else None,
        "sources": archive.ledger.sources(document_id),
        "successor": archive.successor(document_id),
        "may_write": uploading.access.admits(request),
    }
    return render_page(request, "document.html", context)


@router.get("/documents/{document_id}/pages/{page}")
def show_page(
    request: Request,
    archive: ArchiveHere,
    document_id: str,
    page: PageNumber,
    *,
    finding: Annotated[int | None, Query(ge=0, le=10**6)] = None,
    words: Words = False,
) -> Response:
    """Show one page with every indicator on it marked; of a scan also what was read, side by side."""
    document = archive.reading(document_id)
    sheet = page_sheet(document, page, aimed=finding)
    if sheet is None:
        raise page_not_found()
    findings = [(place, found) for place, found in enumerate(document.findings) if found.page == page]
    context = {
        "document": document,
        "sheet": sheet,
        "findings": findings,
        "aimed": finding,
        "words": words,
        "is_scan": _is_scanned(document, page),
        "recognition": find_recognition(archive.store, document_id, page) if words else None,
        "successor": archive.successor(document_id),
    }
    return render_page(request, "page.html", context)

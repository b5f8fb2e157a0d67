"""The pages for people."""

from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from services.search import results
from services.search.address import SearchAddress, read_address
from services.search.api import ArchiveHere, PageNumber
from services.search.archive import Archive
from services.search.paper import Sheet, page_sheet, record_sheets
from services.search.parameters import LONGEST_QUERY
from services.search.problems import Refused, page_not_found, query_problem, unknown_facet
from services.search.surroundings import find_surroundings, findings_of, unexplained_codes
from services.search.templates import in_minutes, render_page
from services.search.walking import walk_from
from services.search.wording import amount_rows, cite
from shared.contracts.records import Document, Finding, Record
from shared.contracts.search import FACETS, QueryError

MOST_FACET_VALUES: Final = 65_000

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
def show_search(request: Request, archive: ArchiveHere) -> Response:
    """Show the answers to a question, or a welcome where nothing is asked."""
    address = read_address(request.query_params)
    if "q" not in request.query_params and address.is_blank:
        return render_page(request, "welcome.html", _figures(archive))
    try:
        return _show_answers(request, archive, address)
    except QueryError as error:
        if address.after:  # perhaps only the cursor is of another question: the first page will tell
            return RedirectResponse(address.first_page().href(), status_code=303)
        return _show_misunderstanding(request, address, error)


def _figures(archive: Archive) -> dict[str, object]:
    facets = ("city", "department", "year")
    answer = archive.index.search(SearchAddress().request(facets=facets, facet_size=12))
    address = SearchAddress()
    return {
        "total": answer.total,
        "documents": len(archive.index.document_counts()),
        "distinct": {name: facet.distinct for name, facet in answer.facets.items()},
        "groups": results.facet_groups(address, answer),
        "states": archive.state_counts(),
    }


def _show_answers(request: Request, archive: Archive, address: SearchAddress) -> Response:
    if len(address.query) > LONGEST_QUERY:
        raise QueryError(
            f"检索式太长，最多 {LONGEST_QUERY} 个字符。", start=LONGEST_QUERY, end=len(address.query)
        )
    answer = archive.index.search(address.request(facets=FACETS))
    context = {
        "address": address,
        "answer": answer,
        "groups": results.facet_groups(address, answer),
        "chips": results.chips(address),
        "sorts": results.sort_links(address),
        "hits": results.shown_hits(address, answer),
        "next": address.page_after(answer.next).href() if answer.next else None,
        "before": before.href() if (before := address.page_before()) else None,
        "suggestions": [] if answer.total else results.suggestions(address, archive.index),
    }
    return render_page(request, "results.html", context)


def _show_misunderstanding(request: Request, address: SearchAddress, error: QueryError) -> Response:
    start = max(0, min(error.start, len(address.query)))
    end = max(start, min(error.end, len(address.query)))
    shown = address.query[:start][-200:], address.query[start:end][:200], address.query[end:][:200]
    context = {"address": address, "problem": query_problem(error), "parts": shown}
    return render_page(request, "misunderstood.html", context, status=400)


@router.get("/facets/{name}")
def show_facet(request: Request, archive: ArchiveHere, name: str) -> Response:
    """Show all values of one facet with their exact counts."""
    if name not in FACETS:
        raise unknown_facet()
    address = read_address(request.query_params)
    answer = archive.index.search(
        address.request(facets=(name,), facet_size=MOST_FACET_VALUES).model_copy(
            update={"size": 0, "after": None}
        )
    )
    choices = list(results.facet_choices(address, name, answer.facets[name])) if name in answer.facets else []
    context = {"address": address, "name": name, "choices": choices, "back": address.href()}
    return render_page(request, "facet.html", context)


@router.get("/records/{record_id}")
def show_record(request: Request, archive: ArchiveHere, record_id: str) -> Response:
    """Show a record beside the page it is printed on."""
    record = archive.record(record_id)
    entry = archive.ledger.document(record.document_id)
    address = read_address(request.query_params)
    document = _reading_if_there(archive, record.document_id)
    permanent = f"{str(request.base_url).rstrip('/')}/records/{record.record_id}"
    context = {
        "address": address,
        "record": record,
        "amounts": amount_rows(record.amounts),
        "walk": walk_from(archive.index, address, record_id) if "q" in request.query_params else None,
        "permanent": permanent,
        "citation": cite(
            record, address=permanent, collected=in_minutes(entry.received_at)[:10] if entry else None
        ),
        "entry": entry,
        **_paper(document, record),
    }
    return render_page(request, "record.html", context)


def _reading_if_there(archive: Archive, document_id: str) -> Document | None:
    try:
        return archive.reading(document_id)
    except Refused:
        return None


def _paper(document: Document | None, record: Record) -> dict[str, object]:
    around = find_surroundings(document, record.record_id) if document else None
    findings: list[Finding] = findings_of(document, record) if document else []
    sheets: list[Sheet] = []
    if document:
        sheets = record_sheets(
            document, around.indicator if around else record, around.project if around else None
        )
    return {
        "around": around,
        "findings": findings,
        "codes": unexplained_codes(record, findings),
        "sheets": sheets,
    }


@router.get("/documents/{document_id}")
def show_document(request: Request, archive: ArchiveHere, document_id: str) -> Response:
    """Show what was read from a document: tables, projects, sums, findings."""
    entry = archive.entry(document_id)
    waiting = [found for found in archive.ledger.quarantined() if found.document_id == document_id]
    context = {
        "entry": entry,
        "document": _reading_if_there(archive, document_id),
        "quarantine": waiting[0] if waiting else None,
        "sources": archive.ledger.sources(document_id),
    }
    return render_page(request, "document.html", context)


@router.get("/documents/{document_id}/pages/{page}")
def show_page(request: Request, archive: ArchiveHere, document_id: str, page: PageNumber) -> Response:
    """Show one page with every indicator on it marked."""
    document = archive.reading(document_id)
    sheet = page_sheet(document, page)
    if sheet is None:
        raise page_not_found()
    findings = [finding for finding in document.findings if finding.page == page]
    return render_page(request, "page.html", {"document": document, "sheet": sheet, "findings": findings})

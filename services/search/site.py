"""The pages for people."""

from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from services.search import results
from services.search.answering import answers_of
from services.search.api import ArchiveHere
from services.search.documents.archive import Archive
from services.search.problems import query_problem, unknown_facet
from services.search.questions.address import SearchAddress, read_address
from services.search.questions.loosening import suggestions
from services.search.questions.parameters import LONGEST_QUERY
from services.search.templates import render_page
from services.search.words import labels
from shared.contracts.search import FACETS, USUAL_FACETS, Facet, QueryError

MOST_FACET_VALUES: Final = 65_000
MOST_SHOWN: Final = 1000
LONGEST_FIND: Final = 200

SHOWN_FACETS: Final = tuple(name for name in USUAL_FACETS if name not in ("province", "city", "district"))
"""The facets beside the results; the three are levels of the place."""

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
    answer = answers_of(archive.index, address, facets=SHOWN_FACETS)
    context = {
        "address": address,
        "answer": answer,
        "groups": results.facet_groups(address, answer),
        "chips": results.chips(address),
        "sorts": results.sort_links(address),
        "views": results.view_links(address),
        "hits": results.shown_hits(address, answer),
        "folded": sum(len(hit.group.twins) for hit in answer.hits if hit.group),
        "next": address.page_after(answer.next).href() if answer.next else None,
        "before": before.href() if (before := address.page_before()) else None,
        "suggestions": [] if answer.total else suggestions(address, archive.index),
        "asked": urlencode([("q", address.query), *address.facet_parameters()]),
    }
    return render_page(request, "results.html", context)


def _show_misunderstanding(request: Request, address: SearchAddress, error: QueryError) -> Response:
    start = max(0, min(error.start, len(address.query)))
    end = max(start, min(error.end, len(address.query)))
    shown = address.query[:start][-200:], address.query[start:end][:200], address.query[end:][:200]
    context = {"address": address, "problem": query_problem(error), "parts": shown}
    return render_page(request, "misunderstood.html", context, status=400)


@router.get("/facets/{name}")
def show_facet(request: Request, archive: ArchiveHere, name: str, find: str = "") -> Response:
    """Show the values of one facet with their exact counts, all of them or those that contain a text."""
    if name not in FACETS:
        raise unknown_facet()
    address = read_address(request.query_params)
    find = find.strip()[:LONGEST_FIND]
    facet = _values(archive, address, name, find)
    choices = list(results.facet_choices(address, name, facet, flat=bool(find)))
    context = {
        "address": address,
        "name": name,
        "find": find,
        "choices": choices[:MOST_SHOWN],
        "distinct": facet.distinct,
        "back": address.href(),
    }
    return render_page(request, "facet.html", context)


def _values(archive: Archive, address: SearchAddress, name: str, find: str) -> Facet:
    """Look for a text in what people read: in the labels where the values are codes."""
    asked = {"size": 0, "after": None, "facet_text": "" if name in labels.CODED else find}
    request = address.request(facets=(name,), facet_size=MOST_FACET_VALUES).model_copy(update=asked)
    facet = archive.index.search(request).facets.get(name, Facet(values=(), distinct=0))
    if name not in labels.CODED:
        return facet
    values = tuple(one for one in facet.values if find in labels.facet_value(name, one.value))
    return Facet(values=values, distinct=len(values))

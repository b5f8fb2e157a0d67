"""Pages of an answer: the order in Elasticsearch's words, and places in it as cursors."""

from collections.abc import Mapping
from typing import Any

from shared.contracts.search import SearchRequest
from shared.runtime.elastic_index.clauses import Clause, clause_of
from shared.runtime.elastic_index.layout import rising
from shared.search.ranking import Bands
from shared.search.request import Cursor
from shared.search.sorting import sort_key


def bonuses(answer: Bands, request: SearchRequest) -> tuple[Clause, ...]:
    """Give a point for every band that a record is in: bands lie within each other."""
    if request.sort != "relevance":
        return ()
    return tuple({"constant_score": {"filter": clause_of(band)}} for band in answer.queries[:-1])


def page_of(request: SearchRequest, answer: Bands, after: Cursor | None) -> dict[str, Any]:
    """Ask for a page, and one hit more to know whether another one follows."""
    if not request.size:
        return {"size": 0}
    page = {"size": request.size + 1, "sort": _order(request), "_source": ["record"]}
    if after is None:
        return page
    points = [len(answer.queries) - 1 - after.strip] if request.sort == "relevance" else []
    return page | {"search_after": [*points, after.key, after.record_id]}


def _order(request: SearchRequest) -> list[Mapping[str, str]]:
    """The record's id decides among equal keys, which are rare."""
    deciding = sort_key(request.sort)
    if deciding is None:
        return [{"_score": "desc"}, {"rank": "desc"}, {"record_id": "asc"}]
    if deciding.rising:
        return [{rising(deciding.field): "asc"}, {"record_id": "asc"}]
    return [{deciding.field: "desc"}, {"record_id": "asc"}]


def place_of(hit: Mapping[str, Any], request: SearchRequest, answer: Bands) -> Cursor:
    """Tell where in the answer a hit stands."""
    if request.sort == "relevance":
        points, key, record_id = hit["sort"][:3]
        return Cursor(len(answer.queries) - 1 - int(points), int(key), record_id)
    key, record_id = hit["sort"][:2]
    return Cursor(0, int(key), record_id)

"""Counts the values of facets exactly, each with its own filter lifted."""

from typing import Any, Final

from tantivy import Query as TantivyQuery
from tantivy import Searcher

from shared.contracts.search import Facet, SearchRequest
from shared.runtime.search_index.queries import every
from shared.search.facets import facet_of

_ALL_VALUES: Final = 65_000
"""More buckets are refused by tantivy; fewer than there are would make counts inexact."""


def count(
    request: SearchRequest, query: TantivyQuery, filters: dict[str, TantivyQuery], searcher: Searcher
) -> tuple[int, dict[str, Facet]]:
    """Count all answers and the facets' values: one pass for all facets that are not filtered by."""
    together = [name for name in request.facets if name not in filters]
    counted = _aggregate(searcher, every([query, *filters.values()]), together)
    total = int(counted.pop("total")["value"])
    for name in request.facets:
        if name in filters:
            others = (condition for field, condition in filters.items() if field != name)
            counted |= _aggregate(searcher, every([query, *others]), [name])
    return total, {name: _facet(name, counted[name], request) for name in request.facets}


def _aggregate(searcher: Searcher, query: TantivyQuery, names: list[str]) -> dict[str, Any]:
    wanted: dict[str, object] = {name: {"terms": {"field": name, "size": _ALL_VALUES}} for name in names}
    return searcher.aggregate(query, wanted | {"total": {"value_count": {"field": "rank"}}})


def _facet(name: str, counted: dict[str, Any], request: SearchRequest) -> Facet:
    counts = {bucket["key"]: bucket["doc_count"] for bucket in counted["buckets"]}
    return facet_of(name, counts, request)

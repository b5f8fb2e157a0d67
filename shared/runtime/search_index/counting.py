"""Counts the values of facets exactly, each with its own filter lifted."""

from typing import Any, Final

from tantivy import Query as TantivyQuery
from tantivy import Searcher

from shared.contracts.search import Facet, FacetValue, SearchRequest
from shared.runtime.search_index.queries import every

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
    return total, {name: _facet(counted[name], request.facet_size) for name in request.facets}


def _aggregate(searcher: Searcher, query: TantivyQuery, names: list[str]) -> dict[str, Any]:
    wanted: dict[str, object] = {name: {"terms": {"field": name, "size": _ALL_VALUES}} for name in names}
    return searcher.aggregate(query, wanted | {"total": {"value_count": {"field": "rank"}}})


def _facet(counted: dict[str, Any], size: int) -> Facet:
    """Equal counts are ordered by value: tantivy's own order changes with its segments."""
    buckets = sorted(counted["buckets"], key=lambda bucket: (-bucket["doc_count"], bucket["key"]))
    values = (FacetValue(value=bucket["key"], count=bucket["doc_count"]) for bucket in buckets[:size])
    return Facet(values=tuple(values), distinct=len(buckets))

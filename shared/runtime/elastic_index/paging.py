"""Pages of an answer: the order in Elasticsearch's words, and places in it as cursors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shared.contracts.search import SearchRequest
from shared.runtime.elastic_index.clauses import Clause, clause_of, every
from shared.runtime.elastic_index.layout import rising
from shared.search.query import Query
from shared.search.ranking import Bands
from shared.search.request import Cursor
from shared.search.sorting import sort_key


@dataclass(frozen=True, slots=True)
class Window:
    """
    Those of ``bands`` from ``first`` to ``last``, in which a page is looked for.

    Telling bands apart needs scores, which cost much among many records. A page is therefore looked
    for in one band, and in the next with it only where that one is found to end.
    """

    bands: tuple[Query, ...]
    first: int
    last: int

    @property
    def is_whole(self) -> bool:
        """Say whether it holds all that is meant."""
        return self.first == 0 and self.last == len(self.bands) - 1

    @property
    def filter(self) -> Clause:
        """Match what is in it: bands lie within each other."""
        before = [clause_of(self.bands[self.first - 1])] if self.first else []
        return every([clause_of(self.bands[self.last])], without=before)

    @property
    def bonuses(self) -> tuple[Clause, ...]:
        """Give a point for each band but the last that a record is in."""
        better = self.bands[self.first : self.last]
        return tuple({"constant_score": {"filter": clause_of(band)}} for band in better)


def windows_of(request: SearchRequest, answer: Bands, after: Cursor | None) -> Iterator[Window]:
    """Give the windows in which to look for a page, one after the other, until it is full."""
    end = len(answer.queries) - 1
    if request.sort != "relevance" or not request.size:
        yield Window((answer.widest,), 0, 0)
        return
    first = min(after.strip, end) if after else 0
    for last in range(first, end + 1):
        yield Window(answer.queries, first, last)


def page_of(request: SearchRequest, window: Window, after: Cursor | None) -> dict[str, Any]:
    """Ask for a page, and one hit more to know whether another one follows."""
    if not request.size:
        return {"size": 0}
    page = {"size": request.size + 1, "sort": _order(request, window), "_source": ["record"]}
    if not window.is_whole:
        page["post_filter"] = window.filter
    if after is None:
        return page
    points = [len(window.bonuses)] if window.bonuses else []
    return page | {"search_after": [*points, after.key, after.record_id]}


def _order(request: SearchRequest, window: Window) -> list[Mapping[str, str]]:
    """The record's id decides among equal keys, which are rare."""
    deciding = sort_key(request.sort)
    if deciding is None:
        points = [{"_score": "desc"}] if window.bonuses else []
        return [*points, {"rank": "desc"}, {"record_id": "asc"}]
    if deciding.rising:
        return [{rising(deciding.field): "asc"}, {"record_id": "asc"}]
    return [{deciding.field: "desc"}, {"record_id": "asc"}]


def place_of(hit: Mapping[str, Any], window: Window) -> Cursor:
    """Tell where in the answer a hit stands."""
    points = int(hit["sort"][0]) if window.bonuses else 0
    key, record_id = hit["sort"][1 if window.bonuses else 0 :][:2]
    return Cursor(window.last - points, int(key), record_id)

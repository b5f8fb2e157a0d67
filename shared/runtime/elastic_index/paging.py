"""Pages of an answer: the order in Elasticsearch's words, and places in it as cursors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shared.contracts.search import SearchRequest
from shared.runtime.elastic_index.asking import Question
from shared.runtime.elastic_index.clauses import Clause, clause_of, every
from shared.runtime.elastic_index.layout import rising
from shared.search.ranking import Bands
from shared.search.request import Cursor
from shared.search.sorting import sort_key


@dataclass(frozen=True, slots=True)
class Strip:
    """
    Part number so and so of an answer, in which one sort key decides; None is the whole answer.

    Telling bands apart in one question needs scores, which cost much among many records. A page is
    therefore looked for in one band, and in what the next one adds only where that one ends.
    """

    number: int
    only: Clause | None = None


def strips_of(request: SearchRequest, answer: Bands, after: Cursor | None) -> list[Strip]:
    """List the strips in which to look for a page, one after the other, until it is full."""
    end = len(answer.queries) - 1
    if request.sort != "relevance" or not request.size or not end:
        return [Strip(0)]
    bands = [clause_of(query) for query in answer.queries]
    strips = [Strip(0, bands[0])]
    for number in range(1, end + 1):
        strips.append(Strip(number, every([bands[number]], without=[bands[number - 1]])))
    return strips[min(after.strip, end) if after else 0 :]


@dataclass(frozen=True, slots=True)
class Page:
    """The first hits of a strip, or those after a place in it: ``wanted`` of what lies in ``only``."""

    wanted: Mapping[str, Any]
    only: Clause | None

    def beside(self, meant: Clause, counted: Mapping[str, Any]) -> Question:
        """Ask for it while all that is meant is counted."""
        narrowed = {} if self.only is None else {"post_filter": self.only}
        return Question(meant, {**self.wanted, **narrowed, "aggregations": counted})

    def alone(self, meant: Clause) -> Question:
        """Ask for nothing else."""
        return Question(meant if self.only is None else every([meant, self.only]), self.wanted)


def page_of(request: SearchRequest, strip: Strip, after: Cursor | None, *, size: int) -> Page:
    """Ask for so many hits; ``after`` is a place in this strip or in one before it."""
    if not size:
        return Page({"size": 0}, None)
    wanted = {"size": size, "sort": _order(request), "_source": ["record"]}
    if after is not None and after.strip >= strip.number:
        wanted["search_after"] = [after.key, after.record_id]
    return Page(wanted, strip.only)


def _order(request: SearchRequest) -> list[Mapping[str, str]]:
    """The record's id decides among equal keys, which are rare."""
    deciding = sort_key(request.sort)
    if deciding is None:
        return [{"rank": "desc"}, {"record_id": "asc"}]
    if deciding.rising:
        return [{rising(deciding.field): "asc"}, {"record_id": "asc"}]
    return [{deciding.field: "desc"}, {"record_id": "asc"}]


def place_of(hit: Mapping[str, Any], strip: Strip) -> Cursor:
    """Tell where in the answer a hit of a strip stands."""
    key, record_id = hit["sort"][:2]
    return Cursor(strip.number, int(key), record_id)

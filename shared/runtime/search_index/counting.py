"""Counts the values of facets exactly, each with its own filter lifted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from tantivy import Query as TantivyQuery
from tantivy import Searcher

from shared.contracts.search import Facet, SearchRequest
from shared.runtime.search_index.queries import Translator, every
from shared.runtime.search_index.schema import PROFILE
from shared.search.facets import facet_of
from shared.search.profiles import LARGEST_CODE, PROFILE_OF, PROFILES, beginning_of
from shared.search.tally import Tally

_ALL_VALUES: Final = 65_000
"""More buckets are refused by tantivy; fewer than there are would make counts inexact."""
_TOO_MANY: Final = "bucket limit was exceeded"
_TOTAL: Final = "total"

Buckets: TypeAlias = list[dict[str, Any]]


class Counter:
    """Counts in one index; what a code stands for is looked up once."""

    def __init__(self) -> None:
        self._tallies = {profile: Tally(profile) for profile in PROFILES}

    def count(
        self,
        request: SearchRequest,
        query: TantivyQuery,
        filters: Mapping[str, TantivyQuery],
        state: "Countable",
    ) -> tuple[int, dict[str, Facet]]:
        """Count all answers and the facets' values: one pass for all facets that are not filtered by."""
        together = [name for name in request.facets if name not in filters]
        total, facets = self._facets(together, every([query, *filters.values()]), state, request)
        for name in request.facets:
            if name in filters:
                others = (condition for field, condition in filters.items() if field != name)
                facets |= self._facets([name], every([query, *others]), state, request)[1]
        return total, {name: facets[name] for name in request.facets}

    def _facets(
        self, names: list[str], query: TantivyQuery, state: "Countable", request: SearchRequest
    ) -> tuple[int, dict[str, Facet]]:
        total, counted = state.count([*dict.fromkeys(PROFILE_OF.get(name, name) for name in names)], query)
        facets: dict[str, Facet] = {}
        for field, buckets in counted.items():
            if field in PROFILES:
                wanted = [name for name in names if PROFILE_OF.get(name) == field]
                facets |= self._tallied(field, wanted, buckets, state, request)
            else:
                facets[field] = facet_of(field, {one["key"]: one["doc_count"] for one in buckets}, request)
        return total, facets

    def _tallied(
        self, profile: str, names: list[str], buckets: Buckets, state: "Countable", request: SearchRequest
    ) -> dict[str, Facet]:
        tally = self._tallies[profile]
        codes = np.array([one["key"] for one in buckets], dtype=np.int64)
        counts = np.array([one["doc_count"] for one in buckets], dtype=np.int64)
        if tally.lacks(codes):
            tally.learn(state.profiles(profile))
        return tally.facets(names, codes, counts, request)


@dataclass(frozen=True, slots=True)
class Countable:
    """One state of the index."""

    searcher: Searcher
    say: Translator

    def profiles(self, profile: str) -> Iterator[str]:
        """Give all profiles of one kind in writing."""
        return (text for text, _ in self.searcher.terms_with_prefix(PROFILE, beginning_of(profile)))

    def count(self, fields: list[str], query: TantivyQuery) -> tuple[int, dict[str, Buckets]]:
        """Count all answers, and by each of some fields."""
        told = self._aggregate(query, fields)
        if told is None:  # one field at a time has less values
            total, _ = self.count([], query)
            return total, {name: self._by(name, query) for name in fields}
        return int(told.pop(_TOTAL)["value"]), {
            name: self._by(name, query) if counted["sum_other_doc_count"] else counted["buckets"]
            for name, counted in told.items()
        }

    def _by(self, field: str, query: TantivyQuery) -> Buckets:
        """Codes are spread evenly: of half of them there are half as many."""
        if field in PROFILES:
            return self._by_code(field, query, 0, LARGEST_CODE)
        return list((self._aggregate(query, [field]) or {}).get(field, {}).get("buckets", ()))

    def _by_code(self, profile: str, query: TantivyQuery, low: int, high: int) -> Buckets:
        middle = (low + high) // 2
        return [
            bucket
            for ends in ((low, middle), (middle + 1, high))
            for bucket in self._part(profile, every([query, self.say.number_between(profile, *ends)]), *ends)
        ]

    def _part(self, profile: str, query: TantivyQuery, low: int, high: int) -> Buckets:
        told = self._aggregate(query, [profile])
        if told is None or told[profile]["sum_other_doc_count"]:
            return self._by_code(profile, query, low, high)
        return list(told[profile]["buckets"])

    def _aggregate(self, query: TantivyQuery, fields: Iterable[str]) -> dict[str, Any] | None:
        """Give None where there are more buckets than tantivy counts at once."""
        wanted = {name: {"terms": {"field": name, "size": _ALL_VALUES}} for name in fields}
        try:
            return self.searcher.aggregate(query, {**wanted, _TOTAL: {"value_count": {"field": "rank"}}})
        except ValueError as error:
            if _TOO_MANY not in str(error):
                raise
            return None

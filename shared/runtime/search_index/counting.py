"""Counts the values of facets exactly, each as if it were not filtered by."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from tantivy import Query as TantivyQuery
from tantivy import Searcher

from shared.contracts.search import Facet, SearchRequest
from shared.runtime.search_index.queries import Translator, all_but_one, every
from shared.runtime.search_index.schema import PROFILE
from shared.search.facets import facet_of
from shared.search.passes import Pass, passes_of
from shared.search.profiles import LARGEST_CODE, PROFILES, beginning_of
from shared.search.tally import Tally

_ALL_VALUES: Final = 65_000
"""More buckets are refused by tantivy; fewer than there are would make counts inexact."""
_TOO_MANY: Final = "bucket limit was exceeded"
_TOTAL: Final = "total"
_THREADS: Final = 4

Buckets: TypeAlias = list[dict[str, Any]]


class Counter:
    """Counts in one index; what a code stands for is looked up once."""

    def __init__(self) -> None:
        self._tallies = {profile: Tally(profile) for profile in PROFILES}
        self._beside = ThreadPoolExecutor(_THREADS, "counting")

    def begin(
        self,
        request: SearchRequest,
        query: TantivyQuery,
        filters: Mapping[str, TantivyQuery],
        state: "Countable",
    ) -> "Counting":
        """Begin to count all answers and the facets' values, in threads of their own."""
        return Counting(
            request.facets,
            [
                self._beside.submit(self._counted, one, _meant(one, query, filters), state, request)
                for one in passes_of(request)
            ],
        )

    def _counted(
        self, one: Pass, query: TantivyQuery, state: "Countable", request: SearchRequest
    ) -> tuple[int | None, dict[str, Facet]]:
        """Count for a pass; the total is None where it does not tell it."""
        told, counted = state.count(one.fields, query)
        total = None if one.lifted else told
        facets: dict[str, Facet] = {}
        for field, buckets in counted.items():
            if field in PROFILES:
                total, of_field = self._tallied(field, one, buckets, state, request)
                facets |= of_field
            else:
                counts = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
                facets[field] = facet_of(field, counts, request)
        return total, facets

    def _tallied(
        self, profile: str, one: Pass, buckets: Buckets, state: "Countable", request: SearchRequest
    ) -> tuple[int, dict[str, Facet]]:
        tally = self._tallies[profile]
        codes = np.array([bucket["key"] for bucket in buckets], dtype=np.int64)
        counts = np.array([bucket["doc_count"] for bucket in buckets], dtype=np.int64)
        if tally.lacks(codes):
            tally.learn(state.profiles(profile))
        return tally.count(one, codes, counts, request)


def _meant(one: Pass, query: TantivyQuery, filters: Mapping[str, TantivyQuery]) -> TantivyQuery:
    loosened = one.loosened(filters)
    return every([query, *one.kept(filters), *([all_but_one(loosened)] if loosened else [])])


@dataclass(frozen=True, slots=True)
class Counting:
    """What is being counted for facets."""

    names: tuple[str, ...]
    passes: Sequence[Future[tuple[int | None, dict[str, Facet]]]]

    def result(self) -> tuple[int, dict[str, Facet]]:
        """Wait for the total, 0 where nobody wants it, and the facets."""
        told = [one.result() for one in self.passes]
        facets = {name: facet for _, counted in told for name, facet in counted.items()}
        total = next((total for total, _ in told if total is not None), 0)
        return total, {name: facets[name] for name in self.names}


@dataclass(frozen=True, slots=True)
class Countable:
    """One state of the index."""

    searcher: Searcher
    say: Translator

    def profiles(self, profile: str) -> Iterator[str]:
        """Give all profiles of one kind in writing."""
        return (text for text, _ in self.searcher.terms_with_prefix(PROFILE, beginning_of(profile)))

    def count(self, fields: Sequence[str], query: TantivyQuery) -> tuple[int, dict[str, Buckets]]:
        """Count all answers, and by each of some fields."""
        told = self._aggregate(query, fields)
        if told is None:  # one field at a time has less values
            total, _ = self.count((), query)
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

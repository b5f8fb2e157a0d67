"""Adds up counts of profiles to counts of facets: the same for every engine that can count by code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from shared.contracts.search import UNSTATED, Facet, FacetValue, SearchRequest
from shared.search.facets import PLACE
from shared.search.normalise import contained_patterns, normalise
from shared.search.passes import Pass
from shared.search.places import STEP, beginnings, opened, own_name
from shared.search.profiles import PROFILES, code_of, read_profile

_MOST_KEPT: Final = 400_000
"""Profiles of records that are long gone are kept up to this many; then only those are that are met again."""

Numbers: TypeAlias = NDArray[np.int64]


class Tally:
    """Knows what the codes of one profile stand for, as far as it was told."""

    def __init__(self, profile: str) -> None:
        self._profile = profile
        self._facets = PROFILES[profile]
        self._texts: dict[int, str] = {}
        self._table = _Table.of(self._facets, {})
        self._turn = Lock()

    def lacks(self, codes: Numbers) -> list[int]:
        """List the codes that nobody has explained yet."""
        known = self._table.codes
        places = np.searchsorted(known, codes)
        found = places < len(known)
        found[found] = known[places[found]] == codes[found]
        return [int(code) for code in np.unique(codes[~found])]

    def learn(self, texts: Iterable[str]) -> None:
        """Remember profiles in writing."""
        with self._turn:
            kept = self._texts if len(self._texts) < _MOST_KEPT else {}
            self._texts = kept | {code_of(text): text for text in texts}
            self._table = _Table.of(self._facets, self._texts)

    def count(
        self, one: Pass, codes: Numbers, counts: Numbers, request: SearchRequest
    ) -> tuple[int, dict[str, Facet]]:
        """
        Count what passes all filters, and the values of facets, told how many records have each code.

        Each facet of the pass is counted over what passes the filters of the others.
        """
        table = self._table
        weights = table.weights(codes, counts)
        let_through = {name: table.columns[name].has(request.filters[name]) for name in one.lifted}
        answers = _through(weights, let_through.values())
        facets: dict[str, Facet] = {}
        for name in one.names_of(self._profile):
            others = (rows for field, rows in let_through.items() if field != name)
            meant = _through(weights, others) if name in let_through else answers
            facets[name] = table.columns[name].facet(meant, request)
        return int(answers.sum()), facets


def _through(weights: Numbers, let_through: Iterable[NDArray[np.bool_]]) -> Numbers:
    """Leave out the rows that one of several filters does not let through."""
    for rows in let_through:
        weights = np.where(rows, weights, 0)
    return weights


@dataclass(frozen=True, slots=True)
class _Table:
    """The known codes in order, and which values the profile in each row has."""

    codes: Numbers
    columns: Mapping[str, "_Column"]

    @classmethod
    def of(cls, facets: tuple[str, ...], texts: Mapping[int, str]) -> "_Table":
        codes = np.array(sorted(texts), dtype=np.int64)
        profiles = [read_profile(texts[int(code)])[1] for code in codes]
        columns = {
            name: _Column.of(name, [profile[place] for profile in profiles])
            for place, name in enumerate(facets)
        }
        return cls(codes, columns)

    def weights(self, codes: Numbers, counts: Numbers) -> Numbers:
        """Add up counts in the rows of their codes."""
        weights = np.zeros(len(self.codes), dtype=np.int64)
        np.add.at(weights, np.searchsorted(self.codes, codes), counts)
        return weights


@dataclass(frozen=True)
class _Column:
    """The values of one facet in order; who has one is in ``rows``, beside its number in ``numbers``."""

    height: int
    values: tuple[str, ...]
    rows: Numbers
    numbers: Numbers
    is_place: bool

    @classmethod
    def of(cls, name: str, held: Sequence[Sequence[str]]) -> "_Column":
        is_place = name == PLACE
        if is_place:
            held = [[place for path in values for place in beginnings(path)] for values in held]
        values = tuple(sorted({value for values in held for value in values}))
        number_of = _numbered(values)
        pairs = [(row, number_of[value]) for row, values in enumerate(held) for value in values]
        rows, numbers = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        return cls(len(held), values, rows, numbers, is_place)

    def has(self, wanted: Iterable[str]) -> NDArray[np.bool_]:
        """Say of each row whether it has one of the values; it has every place that it lies in."""
        numbers = [self._number_of[value] for value in wanted if value in self._number_of]
        found = np.zeros(self.height, dtype=np.bool_)
        found[self.rows[np.isin(self.numbers, numbers)]] = True
        return found

    def facet(self, weights: Numbers, request: SearchRequest) -> Facet:
        """Rank the values, most frequent first and equal ones by value, and cut the list."""
        counts = np.bincount(self.numbers, weights=weights[self.rows], minlength=len(self.values))
        unstated = self._number_of.get(UNSTATED, -1)
        found = np.flatnonzero(counts)
        found = found[self._is_asked(found, request) & (found != unstated)]
        ranked = found[np.lexsort((found, -counts[found]))][: request.facet_size]
        values = (FacetValue(value=self.values[number], count=int(counts[number])) for number in ranked)
        told = unstated >= 0 and not contained_patterns(request.facet_text, closed=False)
        return Facet(values=tuple(values), distinct=len(found), unstated=int(counts[unstated]) if told else 0)

    def _is_asked(self, found: Numbers, request: SearchRequest) -> NDArray[np.bool_]:
        wanted = contained_patterns(request.facet_text, closed=False)
        if wanted:
            normal = (self._normal[number] for number in found)
            return np.array([any(part in name for part in wanted) for name in normal], dtype=bool)
        if self.is_place and not request.facet_text:
            shown = opened(request.filters.get(PLACE, ()))
            return np.isin(self._parents[found], [self._parent_number.get(place, -1) for place in shown])
        return np.ones(len(found), dtype=bool)

    @cached_property
    def _number_of(self) -> Mapping[str, int]:
        return _numbered(self.values)

    @cached_property
    def _normal(self) -> tuple[str, ...]:
        return tuple(normalise(own_name(value)) for value in self.values)

    @cached_property
    def _parent_number(self) -> Mapping[str, int]:
        """What a place lies in, numbered."""
        parents = dict.fromkeys(value.rpartition(STEP)[0] for value in self.values)
        return {parent: number for number, parent in enumerate(parents)}

    @cached_property
    def _parents(self) -> Numbers:
        numbers = (self._parent_number[value.rpartition(STEP)[0]] for value in self.values)
        return np.array(list(numbers), dtype=np.int64)


def _numbered(values: Iterable[str]) -> dict[str, int]:
    return {value: number for number, value in enumerate(values)}

"""Facets in Elasticsearch: counted by the codes of what goes together, each with its own filter lifted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.search import Facet, SearchRequest
from shared.runtime.elastic_index.asking import Answer, Question
from shared.runtime.elastic_index.clauses import Clause, every
from shared.runtime.elastic_index.layout import written
from shared.search.facets import facet_of
from shared.search.profiles import PROFILE_OF, PROFILES
from shared.search.tally import Numbers, Tally

_MOST_VALUES: Final = 65_000
"""More than these are refused by default; fewer than there are would make counts inexact."""
_MOST_CODES: Final = 27_000
"""Of one profile: those of all profiles together have to stay below what is refused."""
_LEARNT_AT_ONCE: Final = 10_000
_TRIES: Final = 12
_TOTAL: Final = "records"
_COUNTED: Final[Mapping[str, Any]] = {_TOTAL: {"value_count": {"field": "rank"}}}

Ask = Callable[[Sequence[Question]], list[Answer]]
Buckets = Mapping[str, list[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Group:
    """Facets that are counted over the same records."""

    names: tuple[str, ...]
    meant: Clause

    @property
    def fields(self) -> tuple[str, ...]:
        """What is counted for them."""
        return tuple(dict.fromkeys(PROFILE_OF.get(name, name) for name in self.names))


def groups_of(request: SearchRequest, query: Clause, filters: Mapping[str, Clause]) -> list[Group]:
    """Gather the facets of a request: those that are not filtered by, and each other one by itself."""
    together = tuple(name for name in request.facets if name not in filters)
    lifted = (name for name in request.facets if name in filters)
    return [
        Group(together, every([query, *filters.values()])),
        *(Group((name,), every([query, *_others(name, filters)])) for name in lifted),
    ]


def _others(name: str, filters: Mapping[str, Clause]) -> Iterable[Clause]:
    return (condition for field, condition in filters.items() if field != name)


class Facets:
    """
    Counts in one index; what a code stands for is looked up once.

    More codes than the server counts at once are counted in parts, each code in one of them.
    """

    def __init__(self, ask: Ask, *, most_codes: int = _MOST_CODES) -> None:
        self._ask = ask
        self._most_codes = most_codes
        self._tallies = {profile: Tally(profile) for profile in PROFILES}
        self._parts = dict.fromkeys(PROFILES, 1)

    def search(
        self, request: SearchRequest, groups: Sequence[Group], page: Question
    ) -> tuple[Answer, dict[str, Facet]]:
        """Ask for a page of what the first group means, and count all groups in the same state."""
        for _ in range(_TRIES):
            asked = [(place, one) for place, group in enumerate(groups) for one in self._counted(group)]
            questions = [Question(groups[place].meant, wanted=_counts_only(one)) for place, one in asked]
            wanted = {**page.wanted, "aggregations": _with_total(asked[0][1])}
            answers = self._ask([Question(page.meant, page.first, wanted), *questions[1:]])
            counted = [(place, answer) for (place, _), answer in zip(asked, answers, strict=True)]
            facets = None if self._overflows(answers) else self._facets(request, groups, counted)
            if facets is not None:
                return answers[0], facets
        raise DependencyUnavailable("search index: facets could not be counted")

    def _counted(self, group: Group) -> list[dict[str, Any]]:
        """What is counted at once, then every part of what is not."""
        parts = {field: self._parts.get(field, 1) for field in group.fields}
        at_once = {field: self._terms(field) for field, count in parts.items() if count == 1}
        return [
            at_once,
            *(
                {field: self._terms(field, include={"partition": number, "num_partitions": count})}
                for field, count in parts.items()
                if count > 1
                for number in range(count)
            ),
        ]

    def _terms(self, field: str, **more: object) -> dict[str, Any]:
        size = self._most_codes if field in PROFILES else _MOST_VALUES
        return {"terms": {"field": field, "size": size, **more}}

    def _overflows(self, answers: Iterable[Answer]) -> bool:
        """Remember that a profile has to be counted in more parts."""
        full = {
            field
            for answer in answers
            for field in PROFILES
            if answer["aggregations"].get(field, {}).get("sum_other_doc_count")
        }
        for field in full:
            self._parts[field] *= 2
        return bool(full)

    def _facets(
        self, request: SearchRequest, groups: Sequence[Group], counted: Iterable[tuple[int, Answer]]
    ) -> dict[str, Facet] | None:
        """Give all facets; None where a code is of records that have gone since."""
        buckets: list[dict[str, list[Mapping[str, Any]]]] = [defaultdict(list) for _ in groups]
        for place, answer in counted:
            for field in groups[place].fields:
                buckets[place][field] += answer["aggregations"].get(field, {}).get("buckets", ())
        facets: dict[str, Facet] = {}
        for group, held in zip(groups, buckets, strict=True):
            for field in group.fields:
                found = self._of_field(field, group, held[field], request)
                if found is None:
                    return None
                facets |= found
        return {name: facets[name] for name in request.facets}

    def _of_field(
        self, field: str, group: Group, buckets: list[Mapping[str, Any]], request: SearchRequest
    ) -> dict[str, Facet] | None:
        if field not in PROFILES:
            return {field: facet_of(field, {one["key"]: one["doc_count"] for one in buckets}, request)}
        codes = np.array([int(one["key"], 16) for one in buckets], dtype=np.int64)
        counts = np.array([one["doc_count"] for one in buckets], dtype=np.int64)
        if not self._knows(field, codes):
            return None
        names = [name for name in group.names if PROFILE_OF.get(name) == field]
        return self._tallies[field].facets(names, codes, counts, request)

    def _knows(self, profile: str, codes: Numbers) -> bool:
        tally = self._tallies[profile]
        lacking = tally.lacks(codes)
        if lacking:
            tally.learn(self._written(profile, lacking))
        return not lacking or not tally.lacks(codes)

    def _written(self, profile: str, codes: list[int]) -> list[str]:
        counted = {"terms": {"field": written(profile), "size": _LEARNT_AT_ONCE}}
        texts: list[str] = []
        for start in range(0, len(codes), _LEARNT_AT_ONCE):
            wanted = [format(code, "x") for code in codes[start : start + _LEARNT_AT_ONCE]]
            question = Question({"terms": {profile: wanted}}, wanted=_counts_only({"written": counted}))
            (answer,) = self._ask([question])
            texts += (bucket["key"] for bucket in answer["aggregations"]["written"]["buckets"])
        return texts


def _with_total(counted: Mapping[str, Any]) -> Mapping[str, Any]:
    """Every record has one code of each profile; without a profile records are counted for themselves."""
    return counted if any(profile in counted for profile in PROFILES) else {**counted, **_COUNTED}


def total_of(answer: Answer) -> int:
    """Say how many records were counted."""
    told = answer["aggregations"]
    for profile in PROFILES:
        if profile in told:
            return sum(bucket["doc_count"] for bucket in told[profile]["buckets"])
    return int(told[_TOTAL]["value"])


def _counts_only(aggregations: Mapping[str, Any]) -> dict[str, Any]:
    return {"size": 0, "aggregations": dict(aggregations)}

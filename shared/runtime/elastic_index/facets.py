"""Facets in Elasticsearch: counted by the codes of what goes together, each as if it were not filtered by."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.search import Facet, SearchRequest
from shared.runtime.elastic_index.asking import Answer, Question
from shared.runtime.elastic_index.clauses import Clause, all_but_one, every
from shared.runtime.elastic_index.layout import written
from shared.runtime.elastic_index.paging import Page
from shared.search.facets import facet_of
from shared.search.passes import Pass, passes_of
from shared.search.profiles import PROFILES
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
Buckets = list[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and its filters, said in clauses."""

    query: Clause
    filters: Mapping[str, Clause]

    @property
    def meant(self) -> Clause:
        """Match all that answers."""
        return every([self.query, *self.filters.values()])

    def counted(self, one: Pass) -> Clause:
        """Match what a pass counts."""
        loosened = one.loosened(self.filters)
        return every([self.query, *one.kept(self.filters), *([all_but_one(loosened)] if loosened else [])])


@dataclass(frozen=True, slots=True)
class Step:
    """What of a pass is counted by one question."""

    of: Pass
    counted: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Counted:
    """The page that was asked for, how many records answer if that was asked, and their facets."""

    found: Answer
    total: int | None
    facets: dict[str, Facet]


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

    def search(self, request: SearchRequest, asked: Asked, page: Page) -> "Counted":
        """Ask for a page of all that answers, and count in the same state."""
        passes = sorted(passes_of(request), key=lambda one: len(one.lifted))
        for _ in range(_TRIES):
            steps = [Step(one, counted) for one in passes for counted in self._steps(one)]
            found, answers = self._answered(steps, asked, page)
            counted = None if self._overflows(answers) else self._told(request, steps, answers)
            if counted is not None:
                total, facets = counted
                return Counted(found, total, {name: facets[name] for name in request.facets})
        raise DependencyUnavailable("search index: facets could not be counted")

    def _answered(self, steps: Sequence[Step], asked: Asked, page: Page) -> tuple[Answer, Sequence[Answer]]:
        """What is counted over all that answers is counted while the page is looked for."""
        questions = [Question(asked.counted(one.of), _counts_only(one.counted)) for one in steps]
        if not steps or steps[0].of.lifted:
            found, *answers = self._ask([page.alone(asked.meant), *questions])
            return found, answers
        answers = self._ask([page.beside(asked.meant, steps[0].counted), *questions[1:]])
        return answers[0], answers

    def _steps(self, one: Pass) -> list[Mapping[str, Any]]:
        """What is counted at once, then every part of what is not."""
        parts = {field: self._parts.get(field, 1) for field in one.fields}
        at_once = {field: self._terms(field) for field, count in parts.items() if count == 1}
        if not one.lifted and not any(field in PROFILES for field in parts):
            at_once |= _COUNTED
        return [
            *([at_once] if at_once else []),
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

    def _told(
        self, request: SearchRequest, steps: Iterable[Step], answers: Iterable[Answer]
    ) -> tuple[int | None, dict[str, Facet]] | None:
        """Give the total and all facets; None where a code is of records that have gone since."""
        total: int | None = None
        facets: dict[str, Facet] = {}
        buckets: dict[tuple[Pass, str], Buckets] = defaultdict(list)
        for step, answer in zip(steps, answers, strict=True):
            told = answer["aggregations"]
            total = int(told[_TOTAL]["value"]) if _TOTAL in told else total
            for field in step.of.fields:
                buckets[step.of, field] += told.get(field, {}).get("buckets", ())
        for (one, field), held in buckets.items():
            if field not in PROFILES:
                counts = {bucket["key"]: bucket["doc_count"] for bucket in held}
                facets[field] = facet_of(field, counts, request)
                continue
            tallied = self._tallied(field, one, held, request)
            if tallied is None:
                return None
            total, facets = tallied[0], facets | tallied[1]
        return total, facets

    def _tallied(
        self, profile: str, one: Pass, buckets: Buckets, request: SearchRequest
    ) -> tuple[int, dict[str, Facet]] | None:
        codes = np.array([int(bucket["key"], 16) for bucket in buckets], dtype=np.int64)
        counts = np.array([bucket["doc_count"] for bucket in buckets], dtype=np.int64)
        if not self._knows(profile, codes):
            return None
        return self._tallies[profile].count(one, codes, counts, request)

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


def _counts_only(aggregations: Mapping[str, Any]) -> dict[str, Any]:
    return {"size": 0, "aggregations": dict(aggregations)}

"""Facets in Elasticsearch: counted by the codes of what goes together, each as if it were not filtered by."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.search import Facet, SearchRequest
from shared.runtime.elastic_index.asking import Answer, Question
from shared.runtime.elastic_index.clauses import Clause, all_but_one, every
from shared.runtime.elastic_index.codes import counted_codes, read_codes
from shared.runtime.elastic_index.layout import written
from shared.runtime.elastic_index.paging import Page
from shared.search.facets import facet_of
from shared.search.passes import Pass, passes_of
from shared.search.profiles import PROFILES
from shared.search.tally import Numbers, Tally

_MOST_VALUES: Final = 65_000
"""More than these are refused by default; fewer than there are would make counts inexact."""
_MOST_CODES: Final = 1 << 14
"""Room for so many codes in each shard; where there are more, it is doubled and remembered."""
_LARGEST_ROOM: Final = 1 << 19
"""A script may not loop more than a million times; so many codes take 19 MB of each shard while it counts."""
_LEARNT_AT_ONCE: Final = 10_000
_TRIES: Final = 12
_TOTAL: Final = "records"
_CODES: Final = "codes"
_COUNTED: Final[Mapping[str, Any]] = {_TOTAL: {"value_count": {"field": "rank"}}}

Ask = Callable[[Sequence[Question]], list[Answer]]


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
class Counted:
    """The page that was asked for, how many records answer if that was asked, and their facets."""

    found: Answer
    total: int | None
    facets: dict[str, Facet]


class Facets:
    """Counts in one index; what a code stands for is looked up once."""

    def __init__(self, ask: Ask, *, most_codes: int = _MOST_CODES) -> None:
        self._ask = ask
        self._most_codes = most_codes
        self._tallies = {profile: Tally(profile) for profile in PROFILES}

    def search(self, request: SearchRequest, asked: Asked, page: Page) -> "Counted":
        """Ask for a page of all that answers, and count in the same state."""
        passes = sorted(passes_of(request), key=lambda one: len(one.lifted))
        for _ in range(_TRIES):
            found, answers = self._answered(passes, asked, page)
            counted = self._told(request, passes, answers)
            if counted is not None:
                total, facets = counted
                return Counted(found, total, {name: facets[name] for name in request.facets})
        raise DependencyUnavailable("search index: facets could not be counted")

    def _answered(self, passes: Sequence[Pass], asked: Asked, page: Page) -> tuple[Answer, Sequence[Answer]]:
        """What is counted over all that answers is counted while the page is looked for."""
        counted = list(map(self._aggregations, passes))
        questions = [
            Question(asked.counted(one), {"size": 0, "aggregations": wanted})
            for one, wanted in zip(passes, counted, strict=True)
        ]
        if not passes or passes[0].lifted:
            found, *answers = self._ask([page.alone(asked.meant), *questions])
            return found, answers
        answers = self._ask([page.beside(asked.meant, counted[0]), *questions[1:]])
        return answers[0], answers

    def _aggregations(self, one: Pass) -> dict[str, Any]:
        profiles = _profiles_in(one)
        others = [field for field in one.fields if field not in PROFILES]
        wanted = {field: {"terms": {"field": field, "size": _MOST_VALUES}} for field in others}
        if profiles:
            return wanted | {_CODES: counted_codes(profiles, most=self._most_codes)}
        return wanted if one.lifted else {**wanted, **_COUNTED}

    def _told(
        self, request: SearchRequest, passes: Iterable[Pass], answers: Iterable[Answer]
    ) -> tuple[int | None, dict[str, Facet]] | None:
        """Give the total and all facets; None where more codes were met than there is room for or known."""
        total: int | None = None
        facets: dict[str, Facet] = {}
        for one, answer in zip(passes, answers, strict=True):
            told = answer["aggregations"]
            total = int(told[_TOTAL]["value"]) if _TOTAL in told else total
            if _CODES in told:
                tallied = self._tallied(one, told[_CODES], request)
                if tallied is None:
                    return None
                total, facets = tallied[0], facets | tallied[1]
            for field in one.fields:
                if field not in PROFILES:
                    counts = {bucket["key"]: bucket["doc_count"] for bucket in told[field]["buckets"]}
                    facets[field] = facet_of(field, counts, request)
        return total, facets

    def _tallied(
        self, one: Pass, told: Mapping[str, Any], request: SearchRequest
    ) -> tuple[int, dict[str, Facet]] | None:
        counted = read_codes(told, _profiles_in(one))
        if counted is None:
            self._most_codes = min(2 * self._most_codes, _LARGEST_ROOM)
            return None
        total = 0
        facets: dict[str, Facet] = {}
        for profile, (codes, counts) in counted.items():
            if not self._knows(profile, codes):
                return None
            total, of_profile = self._tallies[profile].count(one, codes, counts, request)
            facets |= of_profile
        return total, facets

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
            meant: Clause = {"terms": {profile: codes[start : start + _LEARNT_AT_ONCE]}}
            question = Question(meant, {"size": 0, "aggregations": {"written": counted}})
            (answer,) = self._ask([question])
            texts += (bucket["key"] for bucket in answer["aggregations"]["written"]["buckets"])
        return texts


def _profiles_in(one: Pass) -> list[str]:
    return [field for field in one.fields if field in PROFILES]

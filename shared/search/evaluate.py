"""
What a request means, said as plainly as possible: the judge of every engine.

It looks at each entry in turn and knows nothing of indexes. An engine is right when it gives the
same records in the same order with the same counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from shared.contracts.search import Facet, SearchRequest, SortOrder
from shared.search.entry import Entry
from shared.search.facets import facet_of, has_value
from shared.search.normalise import normalise
from shared.search.parser import parse
from shared.search.query import Among, Between, Both, Contains, Either, Everything, Graded, Query, Without
from shared.search.ranking import Bands, bands
from shared.search.request import check
from shared.search.sorting import sort_key


@dataclass(frozen=True, slots=True)
class Judgement:
    """All entries that answer, in order, each with its tier."""

    entries: tuple[Entry, ...]
    tiers: tuple[int, ...]


def holds(query: Query, entry: Entry) -> bool:
    """Say whether an entry answers."""
    match query:
        case Both(parts):
            return all(holds(part, entry) for part in parts)
        case Either(parts):
            return any(holds(part, entry) for part in parts)
        case Without(part):
            return not holds(part, entry)
        case Graded(_, grades):
            return holds(grades[-1], entry)
    return _leaf_holds(query, entry)


def _leaf_holds(query: Query, entry: Entry) -> bool:
    match query:
        case Everything():
            return True
        case Contains(fields, patterns):
            texts = [getattr(entry, field) for field in fields]
            return any(pattern in text for text in texts for pattern in patterns)
        case Among(field, value, whole):
            values = keywords(entry, field)
            return value in values if whole else any(value in normalise(printed) for printed in values)
        case Between(field, low, high):
            return any(
                (low is None or low <= number) and (high is None or number <= high)
                for number in entry.numbers[field]
            )
    raise TypeError(query)


def keywords(entry: Entry, field: str) -> tuple[str, ...]:
    """Give an entry's values of a keyword field: a facet, or the exact words of its promises."""
    return entry.target if field == "target" else entry.facets.get(field, ())


def judge(entries: Iterable[Entry], request: SearchRequest) -> Judgement:
    """Find, filter and order."""
    check(request)
    answer = bands(parse(request.query))
    found = [
        entry
        for entry in entries
        if holds(answer.widest, entry) and _passes(entry, request.filters) and _stays(entry, request)
    ]
    grades = {entry.record_id: grade_of(answer, entry) for entry in found}
    ordered = sorted(found, key=lambda entry: _place(entry, request.sort, grades[entry.record_id]))
    tiers = (grades[entry.record_id] + 1 if answer.tiered else 0 for entry in ordered)
    return Judgement(tuple(ordered), tuple(tiers))


def count_facets(entries: Iterable[Entry], request: SearchRequest) -> dict[str, Facet]:
    """Count each facet's values over the answers, the facet's own filter lifted."""
    widest = bands(parse(request.query)).widest
    found = [entry for entry in entries if holds(widest, entry) and _stays(entry, request)]
    return {name: _count(found, name, request) for name in request.facets}


def _count(found: Sequence[Entry], name: str, request: SearchRequest) -> Facet:
    others = {field: values for field, values in request.filters.items() if field != name}
    counts = Counter(
        value for entry in found if _passes(entry, others) for value in entry.facets.get(name, ())
    )
    return facet_of(name, counts, request)


def _passes(entry: Entry, filters: Mapping[str, tuple[str, ...]]) -> bool:
    return all(
        has_value(field, entry.facets.get(field, ()), values) for field, values in filters.items() if values
    )


def _stays(entry: Entry, request: SearchRequest) -> bool:
    return not any(
        has_value(field, entry.facets.get(field, ()), values) for field, values in request.without.items()
    )


def grade_of(answer: Bands, entry: Entry) -> int:
    """Give the first band that an entry, which is known to answer, belongs to."""
    return next(grade for grade, query in enumerate(answer.queries) if holds(query, entry))


def _place(entry: Entry, sort: SortOrder, grade: int) -> tuple[int, int, str]:
    """Order by band, then key; what has no year, amount or target comes last either way."""
    deciding = sort_key(sort)
    if deciding is None:
        return grade, -entry.rank, entry.record_id
    key: int = getattr(entry, deciding.field)
    return int(key < deciding.known), key if deciding.rising else -key, entry.record_id

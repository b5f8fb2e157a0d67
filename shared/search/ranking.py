"""The bands of an answer: what is shown before what, as queries that widen from band to band."""

from collections.abc import Iterator
from dataclasses import dataclass

from shared.search.query import Both, Either, Graded, Query, Without

GRADES = 3


@dataclass(frozen=True, slots=True)
class Bands:
    """
    The query at each grade, best first; ``widest`` is all that is found.

    ``tiered`` says that the grades are those of a target condition, which a hit reports as its tier.
    """

    queries: tuple[Query, ...]
    tiered: bool

    @property
    def widest(self) -> Query:
        """All that is found."""
        return self.queries[-1]


def bands(query: Query) -> Bands:
    """
    Resolve the grades of ``query``.

    Conditions decide when there are any: a word then counts the same wherever it stands.
    Without one, records with all words in the name come first, then those with all words in
    their short texts, then those that need the goal or the remarks.
    """
    kinds = {leaf.kind for leaf in _wanted(query)}
    if not kinds:
        return Bands((_at(query, GRADES, "word"),), tiered=False)
    deciding = "condition" if "condition" in kinds else "word"
    queries = [_at(query, grade, deciding) for grade in range(1, GRADES + 1)]
    while len(queries) > 1 and queries[-1] == queries[-2]:
        queries.pop()
    return Bands(tuple(queries), tiered=deciding == "condition")


def _wanted(query: Query) -> Iterator[Graded]:
    """Yield the graded leaves that are not excluded: what is excluded has no rank."""
    match query:
        case Graded():
            yield query
        case Both(parts) | Either(parts):
            for part in parts:
                yield from _wanted(part)


def _at(query: Query, grade: int, deciding: str) -> Query:
    match query:
        case Graded(kind, grades):
            return grades[min(grade, len(grades)) - 1] if kind == deciding else grades[-1]
        case Both(parts):
            return Both(tuple(_at(part, grade, deciding) for part in parts))
        case Either(parts):
            return Either(tuple(_at(part, grade, deciding) for part in parts))
        case Without(part):
            return Without(_at(part, GRADES, deciding))
    return query

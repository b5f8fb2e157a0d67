"""The meaning of a query said in tantivy's queries."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from tantivy import FieldType, Occur, Schema, Searcher
from tantivy import Query as TantivyQuery

from shared.runtime.search_index.schema import CHARACTERS, NAME, NAME_THREES, PROMISES
from shared.search.facets import PLACE, has_value
from shared.search.normalise import normalise
from shared.search.query import Among, Between, Both, Contains, Either, Everything, Query, Without
from shared.search.signs import NUMBER_CLOSES, NUMBER_OPENS

Values = Callable[[str], Mapping[str, str]]
"""All values of a keyword field, each with its normal form."""


def keyword_values(searcher: Searcher, field: str) -> dict[str, str]:
    """List the values that a keyword field has in the whole index."""
    return {value: normalise(value) for value, _ in searcher.terms_with_prefix(field, "")}


class Translator:
    """Turns query trees into tantivy queries on one state of the index."""

    def __init__(self, schema: Schema, values: Values) -> None:
        self._schema = schema
        self._values = values

    def translate(self, query: Query) -> TantivyQuery:
        """Say ``query``, whose grades are resolved, in tantivy's words."""
        match query:
            case Both(parts):
                return self._both(parts)
            case Either(parts):
                return _any(map(self.translate, parts))
            case Without(part):
                return without(TantivyQuery.all_query(), self.translate(part))
        return self._leaf(query)

    def has(self, field: str, values: Iterable[str]) -> TantivyQuery:
        """Match records that have one of the values of a facet, or lie in one of the places."""
        if field != PLACE:
            return self.one_of(field, values)
        places = tuple(values)
        return self.one_of(field, (path for path in self._values(field) if has_value(field, (path,), places)))

    def lacks(self, field: str, values: Iterable[str]) -> TantivyQuery:
        """Match records that have none of the values."""
        return without(TantivyQuery.all_query(), self.has(field, values))

    def one_of(self, field: str, values: Iterable[str]) -> TantivyQuery:
        """Match records that have one of the values."""
        sayable = list(filter(_is_text, values))
        if len(sayable) == 1:
            return TantivyQuery.term_query(self._schema, field, sayable[0])
        return TantivyQuery.term_set_query(self._schema, field, sayable)

    def number_between(self, field: str, low: int | None, high: int | None) -> TantivyQuery:
        """Match numbers from ``low`` to ``high``, both included; a range of nothing is refused by tantivy."""
        if low is None and high is None:
            return TantivyQuery.exists_query(field)
        if low is not None and high is not None and low > high:
            return TantivyQuery.empty_query()
        listed = field in PROMISES
        return TantivyQuery.range_query(
            self._schema, field, FieldType.Integer, low, high, use_inverted_index=listed
        )

    def _both(self, parts: Iterable[Query]) -> TantivyQuery:
        clauses = [
            (Occur.MustNot, self.translate(part.part))
            if isinstance(part, Without)
            else (Occur.Must, self.translate(part))
            for part in parts
        ]
        if all(occur == Occur.MustNot for occur, _ in clauses):
            clauses.append((Occur.Must, TantivyQuery.all_query()))
        return TantivyQuery.boolean_query(clauses)

    def _leaf(self, query: Query) -> TantivyQuery:
        match query:
            case Everything():
                return TantivyQuery.all_query()
            case Contains(fields, patterns):
                return _any(self._contains(field, pattern) for field in fields for pattern in patterns)
            case Among(field, value, True):
                return self.one_of(field, (value,))
            case Among(field, value, False):
                found = [printed for printed, normal in self._values(field).items() if value in normal]
                return self.one_of(field, found)
            case Between(field, low, high):
                return self.number_between(field, low, high)
        raise TypeError(query)

    def _contains(self, field: str, pattern: str) -> TantivyQuery:
        """
        Match texts that contain ``pattern``.

        A lone character begins a pair wherever it stands, for every text ends in a mark; the short
        texts have an index of single characters, which is quicker.
        """
        if len(pattern) == 1 and field == "text":
            return TantivyQuery.term_query(self._schema, CHARACTERS, pattern)
        if len(pattern) == 1:
            return TantivyQuery.regex_query(self._schema, field, f"{re.escape(pattern)}.")
        if len(pattern) > 2 and field == NAME:
            return self._in_order(NAME_THREES, pattern, 3)
        return self._in_order(field, pattern, 2)

    def _in_order(self, field: str, pattern: str, length: int) -> TantivyQuery:
        """Match what holds the pieces of a pattern in place; a phrase of one piece makes tantivy panic."""
        if len(pattern) == length:
            return TantivyQuery.term_query(self._schema, field, pattern)
        places = places_of_pieces(pattern, length)
        terms: list[str | tuple[int, str]] = [(place, pattern[place : place + length]) for place in places]
        return TantivyQuery.phrase_query(self._schema, field, terms)


def places_of_pieces(pattern: str, length: int) -> list[int]:
    """
    Choose the places of pieces that hold all of a pattern in place.

    A fence of a number between two pieces is in none: nothing else can stand between a digit and
    what is none, and the piece of digits alone is rarer than one with a fence.
    """
    places, at, last = [], 0, len(pattern) - length
    while at <= last:
        places.append(at)
        at += length
        at += at <= last and pattern[at] in (NUMBER_OPENS, NUMBER_CLOSES)
    return [*places, last] if at < len(pattern) else places


def _is_text(value: str) -> bool:
    """Half characters, which an address can smuggle in, are refused by tantivy and in no record."""
    return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)


def every(queries: Iterable[TantivyQuery]) -> TantivyQuery:
    """Match what all of the queries match."""
    clauses = [(Occur.Must, query) for query in queries]
    return clauses[0][1] if len(clauses) == 1 else TantivyQuery.boolean_query(clauses)


def all_but_one(queries: Sequence[TantivyQuery]) -> TantivyQuery:
    """Match what no more than one of the queries does not match."""
    clauses = [(Occur.Should, query) for query in queries]
    return TantivyQuery.boolean_query(clauses, minimum_number_should_match=len(clauses) - 1)


def without(query: TantivyQuery, excluded: TantivyQuery) -> TantivyQuery:
    """Match what the first query matches and the second does not."""
    return TantivyQuery.boolean_query([(Occur.Must, query), (Occur.MustNot, excluded)])


def _any(queries: Iterable[TantivyQuery]) -> TantivyQuery:
    clauses = [(Occur.Should, query) for query in queries]
    return clauses[0][1] if len(clauses) == 1 else TantivyQuery.boolean_query(clauses)

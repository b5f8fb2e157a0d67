"""The meaning of a query said in Elasticsearch's clauses."""

import base64
import json
from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeAlias

from shared.search.facets import PLACE
from shared.search.places import STEP
from shared.search.query import Among, Between, Both, Contains, Either, Everything, Query, Without

Clause: TypeAlias = dict[str, Any]

RECORDS: Final[Clause] = {"term": {"holds": "record"}}
NOTHING: Final[Clause] = {"match_none": {}}
_DEEPEST: Final = 8
_WILD: Final = str.maketrans({sign: f"\\{sign}" for sign in "\\*?"})


def clause_of(query: Query, *, depth: int = 0) -> Clause:
    """
    Say ``query``, whose grades are resolved.

    Only records are matched: what matches by having nothing that is excluded says so itself.
    """
    if depth == _DEEPEST:
        return _packed(clause_of(query))
    match query:
        case Both(parts):
            return _both(parts, depth + 1)
        case Either(parts):
            return any_of(clause_of(part, depth=depth + 1) for part in parts)
        case Without(part):
            return every([RECORDS], without=[clause_of(part, depth=depth + 1)])
    return _leaf(query)


def _packed(clause: Clause) -> Clause:
    """Elasticsearch refuses clauses that are nested 30 deep; what is packed it unfolds by itself."""
    return {"wrapper": {"query": base64.b64encode(json.dumps(clause).encode()).decode()}}


def every(clauses: Iterable[Clause], *, without: Iterable[Clause] = ()) -> Clause:
    """Match what all clauses match and none of the others."""
    excluded = list(without)
    return {"bool": {"filter": list(clauses)} | ({"must_not": excluded} if excluded else {})}


def any_of(clauses: Iterable[Clause]) -> Clause:
    """Match what one of the clauses matches."""
    alternatives = list(clauses)
    return alternatives[0] if len(alternatives) == 1 else {"bool": {"should": alternatives}}


def all_but_one(clauses: Sequence[Clause]) -> Clause:
    """Match what no more than one of the clauses does not match."""
    return {"bool": {"should": clauses, "minimum_should_match": len(clauses) - 1}}


def has(field: str, values: Iterable[str]) -> Clause:
    """Match records that have one of the values of a facet, or lie in one of the places."""
    sayable = list(filter(_is_text, values))
    if not sayable:
        return NOTHING
    if field != PLACE:
        return {"terms": {field: sayable}}
    within: list[Clause] = [{"prefix": {field: place + STEP}} for place in sayable]
    return any_of([{"terms": {field: sayable}}, *within])


def _both(parts: Iterable[Query], depth: int) -> Clause:
    wanted: list[Clause] = []
    excluded: list[Clause] = []
    for part in parts:
        if isinstance(part, Without):
            excluded.append(clause_of(part.part, depth=depth))
        else:
            wanted.append(clause_of(part, depth=depth))
    return every(wanted or [RECORDS], without=excluded)


def _leaf(query: Query) -> Clause:
    match query:
        case Everything():
            return RECORDS
        case Contains(fields, patterns):
            return any_of(_contains(field, pattern) for field in fields for pattern in patterns)
        case Among(field, value, True):
            return has(field, (value,))
        case Among(field, value, False):
            return {"wildcard": {f"said.{field}": {"value": f"*{value.translate(_WILD)}*"}}}
        case Between(field, low, high):
            return _between(field, low, high)
    raise TypeError(query)


def _between(field: str, low: int | None, high: int | None) -> Clause:
    ends = {name: end for name, end in (("gte", low), ("lte", high)) if end is not None}
    return {"range": {field: ends}} if ends else {"exists": {"field": field}}


def _contains(field: str, pattern: str) -> Clause:
    """
    Match texts that contain ``pattern``.

    A phrase of one character is none: it would find nothing, without an error. A lone character
    begins a pair wherever it stands, for every text ends in a mark; the short texts have an index
    of single characters, which is quicker.
    """
    if len(pattern) == 1 and field == "text":
        return {"term": {"text.characters": pattern}}
    if len(pattern) == 1:
        return {"prefix": {field: pattern}}
    if len(pattern) == 2:
        return {"term": {field: pattern}}
    return {"match_phrase": {field: pattern}}


def _is_text(value: str) -> bool:
    """Half characters, which an address can smuggle in, are in no record and cannot be sent."""
    return not any("\ud800" <= character <= "\udfff" for character in value)

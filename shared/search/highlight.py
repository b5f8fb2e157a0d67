"""Where in a record's printed text a query is answered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from shared.contracts.records import Record
from shared.contracts.search import Span
from shared.search.entry import Entry, promised_target
from shared.search.evaluate import holds
from shared.search.normalise import Normalised, normalise, normalise_with_places
from shared.search.query import Among, Between, Both, Contains, Either, Query
from shared.search.signs import FIELD_ENDS

_VALUE: Final = "target"
_PRINTED: Final[dict[str, tuple[str, ...]]] = {
    "text": (
        "province", "city", "district", "department", "budget_unit", "project",
        "level1", "level2", "name", _VALUE, "period_target", "actual",
    ),
    "name": ("name", _VALUE),
    "project": ("project",),
    "goal": ("goal",),
    "remarks": ("explanation", "scoring", "note", "deviation"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Mark:
    """A pattern to mark in some fields, or without one the whole of them."""

    fields: tuple[str, ...]
    pattern: str | None


def highlight(query: Query, entry: Entry, record: Record) -> dict[str, tuple[Span, ...]]:
    """
    Mark what answers ``query`` in the printed fields of a record that it was found in.

    A target condition marks the whole value: what it implies need not stand there in the words asked.
    """
    printed = _printed_fields(record)
    places: dict[str, set[tuple[int, int]]] = {}
    for mark in dict.fromkeys(_marks(query, entry)):
        for name, start, end in _places(mark, printed):
            places.setdefault(name, set()).add((start, end))
    target = "annual_target" if record.annual_target else "period_target"
    merged = {target if name == _VALUE else name: _merged(found) for name, found in places.items()}
    return {name: spans for name, spans in merged.items() if spans}


def _printed_fields(record: Record) -> dict[str, str]:
    """The texts that are printed, by field; the target that conditions look at has a name of its own."""
    texts: dict[str, str] = {}
    for name in dict.fromkeys(name for names in _PRINTED.values() for name in names):
        value = promised_target(record) if name == _VALUE else getattr(record, name)
        text = value if isinstance(value, str) or value is None else value.text
        if text and not (name == "period_target" and record.annual_target is None):
            texts[name] = text
    return texts


def _marks(query: Query, entry: Entry) -> Iterator[_Mark]:
    """Walk what was asked for and holds; an alternative that does not hold marks nothing."""
    match query:
        case Both(parts) | Either(parts):
            for part in parts:
                if holds(part, entry):
                    yield from _marks(part, entry)
        case Contains(fields, patterns):
            names = tuple(dict.fromkeys(name for field in fields for name in _PRINTED[field]))
            yield from (_Mark(names, pattern) for pattern in patterns)
        case Among("target" | "unit" | "operator") | Between("lower" | "upper" | "unit_lower" | "unit_upper"):
            yield _Mark((_VALUE,), None)
        case Among(field, value, False) if field in _PRINTED["text"]:
            yield _Mark((field,), value)


# Hits of one page share departments, projects and goals.
_normalised = lru_cache(maxsize=4096)(normalise)
_with_places = lru_cache(maxsize=1024)(normalise_with_places)


def _places(mark: _Mark, printed: dict[str, str]) -> Iterator[tuple[str, int, int]]:
    for name in mark.fields:
        text = printed.get(name)
        if text and mark.pattern is None:
            yield name, 0, len(text)
        elif text and mark.pattern and mark.pattern in _normalised(text):
            for start, end in _with_places(text).occurrences(mark.pattern):
                yield name, start, end
    if mark.pattern and "name" in mark.fields and _VALUE in printed:
        yield from _places_across(mark.pattern.rstrip(FIELD_ENDS), printed["name"], printed[_VALUE])


def _places_across(pattern: str, name: str, value: str) -> Iterator[tuple[str, int, int]]:
    """Find what begins in the name and ends in the value: they stand side by side in the row."""
    row, border = _normalised(name) + _normalised(value), len(_normalised(name))
    at = row.find(pattern, max(border - len(pattern) + 1, 0))
    if 0 <= at < border < at + len(pattern):
        yield "name", *_printed_range(_with_places(name), at, border)
        yield _VALUE, *_printed_range(_with_places(value), 0, at + len(pattern) - border)


def _printed_range(text: Normalised, start: int, end: int) -> tuple[int, int]:
    return text.starts[start], text.ends[end - 1]


def _merged(places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """Join what overlaps or touches, and leave out what is empty."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(place for place in places if place[0] < place[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(Span(start=start, end=end) for start, end in joined)

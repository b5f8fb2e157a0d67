"""A search index in memory: substrings instead of a query language, but honest totals, facets and cursors."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from shared.contracts.records import Record
from shared.contracts.search import (
    Facet,
    FacetValue,
    Hit,
    QueryError,
    SearchAnswer,
    SearchRequest,
    Span,
)


class MemoryIndex:
    """Finds records whose name, target or project hold every word of the query."""

    def __init__(self) -> None:
        self._records: dict[str, tuple[Record, ...]] = {}

    def replace(self, document_id: str, records: Iterable[Record]) -> None:
        self._records[document_id] = tuple(records)

    def remove(self, document_id: str) -> None:
        self._records.pop(document_id, None)

    def get(self, record_id: str) -> Record:
        for record in self._all():
            if record.record_id == record_id:
                return record
        raise KeyError(record_id)

    def document_counts(self) -> Mapping[str, int]:
        return {document_id: len(records) for document_id, records in self._records.items()}

    def search(self, request: SearchRequest) -> SearchAnswer:
        if request.query.count('"') % 2:
            place = request.query.rindex('"')
            raise QueryError("引号没有成对。", start=place, end=place + 1)
        words = request.query.replace('"', " ").split()
        found = [record for record in self._all() if all(word in _text(record) for word in words)]
        chosen = [record for record in found if _passes(record, request.filters)]
        start = int(request.after) if request.after and request.after.isdigit() else 0
        end = start + request.size
        return SearchAnswer(
            total=len(chosen),
            hits=tuple(
                Hit(record=record, tier=0, highlights=_highlights(record, words))
                for record in chosen[start:end]
            ),
            facets={name: _facet(found, request, name) for name in request.facets},
            next=str(end) if request.size and end < len(chosen) else None,
        )

    def _all(self) -> Iterator[Record]:
        for records in self._records.values():
            yield from records


def _text(record: Record) -> str:
    target = record.annual_target.text if record.annual_target else ""
    return f"{record.name}{target} {record.project}"


def _highlights(record: Record, words: list[str]) -> dict[str, tuple[Span, ...]]:
    return {
        field: tuple(
            Span(start=text.index(word), end=text.index(word) + len(word)) for word in words if word in text
        )
        for field, text in (("name", record.name), ("project", record.project))
    }


def _values(record: Record, facet: str) -> tuple[str, ...]:
    if facet in {"operator", "unit"}:
        bounds = record.annual_target.bounds if record.annual_target else ()
        return tuple(value for bound in bounds if (value := getattr(bound, facet)))
    if facet == "findings":
        return record.findings
    attribute = {"year": "fiscal_year"}.get(facet, facet)
    value = getattr(record, f"{attribute}_inferred", None) or getattr(record, attribute)
    return (str(value),) if value else ()


def _passes(record: Record, filters: Mapping[str, tuple[str, ...]]) -> bool:
    return all(set(values) & set(_values(record, facet)) for facet, values in filters.items())


def _facet(found: list[Record], request: SearchRequest, name: str) -> Facet:
    others = {facet: values for facet, values in request.filters.items() if facet != name}
    counts = Counter(value for record in found if _passes(record, others) for value in _values(record, name))
    values = tuple(
        FacetValue(value=value, count=count) for value, count in counts.most_common(request.facet_size)
    )
    return Facet(values=values, distinct=len(counts))

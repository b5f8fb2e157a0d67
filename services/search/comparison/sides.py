"""The two sides of a comparison: which documents speak of the same office."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from services.search.documents.archive import Archive
from shared.contracts.records import Record
from shared.contracts.search import SearchIndex, SearchRequest

MOST_RECORDS: Final = 5_000
"""So many records are looked through for documents that speak of an office."""
_STRIDE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Side:
    """A document, as far as it speaks of one budget unit (of all, where ``unit`` is None)."""

    document_id: str
    file_name: str
    department: str | None
    unit: str | None
    year: int | None
    title: str | None

    @property
    def label(self) -> str:
        """Name it in a line: who and when."""
        who = self.unit or self.department or self.file_name
        return f"{who} {self.year}" if self.year else who


def side_of(record: Record, *, unit: str | None) -> Side:
    """Make a side of the document that a record stands in."""
    return Side(
        record.document_id, record.file_name, record.department, unit, record.fiscal_year, record.title
    )


def side_at(archive: Archive, document_id: str, unit: str | None) -> Side:
    """Make a side of a document; refused where it is not in the archive or was not read."""
    document = archive.reading(document_id)
    title = next((table.title for table in document.tables if table.title), None)
    return Side(document_id, document.file_name, document.department, unit, document.fiscal_year, title)


def other_sides(index: SearchIndex, side: Side) -> list[Side]:
    """
    List the other documents of the same budget unit, or else of the same department.

    The nearest year comes first, earlier before later; what has no year comes last.
    """
    filters = {"budget_unit": side.unit} if side.unit else {"department": side.department}
    found: dict[str, Side] = {}
    for name, value in filters.items():
        if value:
            request = SearchRequest(filters={name: (value,)}, sort="year_desc", facets=())
            for record in islice(all_records(index, request), MOST_RECORDS):
                found.setdefault(record.document_id, side_of(record, unit=side.unit))
    found.pop(side.document_id, None)
    return sorted(found.values(), key=lambda other: _distance(side, other))


def all_records(index: SearchIndex, request: SearchRequest) -> Iterator[Record]:
    """Walk all answers to a request."""
    after: str | None = None
    while True:
        answer = index.search(
            request.model_copy(update={"size": _STRIDE, "after": after, "marked": False, "counted": False})
        )
        yield from (hit.record for hit in answer.hits)
        after = answer.next
        if after is None:
            return


def in_order(one: Side, other: Side) -> tuple[Side, Side]:
    """Put the earlier year on the left; what has no year stays where it is."""
    if one.year is not None and other.year is not None and other.year < one.year:
        return other, one
    return one, other


def _distance(side: Side, other: Side) -> tuple[bool, int, bool, str]:
    if side.year is None or other.year is None:
        return True, 0, False, other.file_name
    years = other.year - side.year
    return years == 0, abs(years), years > 0, other.file_name

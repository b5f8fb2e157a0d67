"""An index that keeps records in a dictionary and looks at each of them: slow, and plainly right."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from shared.contracts.records import Record
from shared.contracts.search import Hit, SearchAnswer, SearchRequest
from shared.search.entry import Entry, entry_of
from shared.search.evaluate import count_facets, judge
from shared.search.highlight import highlight
from shared.search.parser import parse
from shared.search.query import Query
from shared.search.ranking import bands
from shared.search.request import Cursor, read_cursor, write_cursor


class BruteForceIndex:
    """Answers as ``shared.search.evaluate`` judges; its cursor only needs the last record's id."""

    def __init__(self) -> None:
        self._records: dict[str, tuple[Record, Entry]] = {}

    def replace(self, document_id: str, records: Iterable[Record]) -> None:
        fresh = {record.record_id: (record, entry_of(record)) for record in records}
        others = {name: kept for name, kept in self._records.items() if kept[1].document_id != document_id}
        self._records = others | fresh  # in one step, for readers in other threads

    def remove(self, document_id: str) -> None:
        self.replace(document_id, ())

    @contextmanager
    def batch(self) -> Iterator[None]:
        yield

    def search(self, request: SearchRequest) -> SearchAnswer:
        after = read_cursor(request)
        held = self._records
        entries = [entry for _, entry in held.values()]
        judged = judge(entries, request)
        order = [entry.record_id for entry in judged.entries]
        start = _start(entries, request, order, after) if after else 0
        end = start + request.size
        query = bands(parse(request.query)).widest
        hits = (
            _hit(query, *held[name], tier, marked=request.marked)
            for name, tier in zip(order, judged.tiers, strict=True)
        )
        more = request.size and end < len(order)
        return SearchAnswer(
            total=len(order) if request.counted else 0,
            hits=tuple(hits)[start:end],
            facets=count_facets(entries, request),
            next=write_cursor(Cursor(0, 0, order[end - 1]), request) if more else None,
        )

    def get(self, record_id: str) -> Record:
        return self._records[record_id][0]

    def document_counts(self) -> Mapping[str, int]:
        return Counter(entry.document_id for _, entry in self._records.values())


def _start(entries: list[Entry], request: SearchRequest, order: list[str], after: Cursor) -> int:
    """Find the place after a record that may itself be left out."""
    everything = judge(entries, request.model_copy(update={"without": {}})).entries
    passed = {entry.record_id for entry in everything[: _place(everything, after) + 1]}
    return sum(name in passed for name in order)


def _place(entries: tuple[Entry, ...], after: Cursor) -> int:
    return [entry.record_id for entry in entries].index(after.record_id)


def _hit(query: Query, record: Record, entry: Entry, tier: int, *, marked: bool) -> Hit:
    return Hit(record=record, tier=tier, highlights=highlight(query, entry, record) if marked else {})

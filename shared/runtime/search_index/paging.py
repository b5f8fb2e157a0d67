"""Walks through an answer in order, a page at a time, from any place in it and to its very end."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from tantivy import DocAddress, Order, Searcher
from tantivy import Query as TantivyQuery

from shared.contracts.records import Record
from shared.contracts.search import SearchRequest
from shared.runtime.search_index.queries import Translator, every, without
from shared.runtime.search_index.schema import RECORD
from shared.search.ranking import Bands
from shared.search.request import Cursor
from shared.search.sorting import sort_key

_LARGEST_TIE: Final = 65_536


@dataclass(frozen=True, slots=True)
class Strip:
    """Part of an answer in which one sort key decides; an answer is a list of strips."""

    query: TantivyQuery
    key: str
    rising: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A record, and the place in the answer that it takes."""

    place: Cursor
    record: Record


def strips_of(
    request: SearchRequest, answer: Bands, filters: list[TantivyQuery], say: Translator
) -> list[Strip]:
    """Cut an answer into strips: its bands by relevance, else what has a sort value before what has none."""
    deciding = sort_key(request.sort)
    if deciding is None:
        return list(_bands(answer, filters, say))
    key, known = deciding.field, deciding.known
    query = every([say.translate(answer.widest), *filters])
    if not deciding.rising:
        return [Strip(query, key, rising=False)]
    ranges = (say.number_between(key, known, None), say.number_between(key, None, known - 1))
    return [Strip(every([query, part]), key, rising=True) for part in ranges]


def _bands(answer: Bands, filters: list[TantivyQuery], say: Translator) -> Iterator[Strip]:
    shown: TantivyQuery | None = None
    for band in map(say.translate, answer.queries):
        fresh = band if shown is None else without(band, shown)
        yield Strip(every([fresh, *filters]), "rank", rising=False)
        shown = band


def walk(
    strips: list[Strip], after: Cursor | None, count: int, *, searcher: Searcher, say: Translator
) -> list[Found]:
    """Take the next ``count`` records after a place."""
    found: list[Found] = []
    for number in range(after.strip if after else 0, len(strips)):
        page = _Page(number, strips[number], searcher, say)
        found += page.take(after if after and after.strip == number else None, count - len(found))
        if len(found) >= count:
            break
    return found


@dataclass(frozen=True, slots=True)
class _Page:
    """Takes hits from one strip; among equal keys, which are rare, the record's id decides."""

    number: int
    strip: Strip
    searcher: Searcher
    say: Translator

    def take(self, after: Cursor | None, count: int) -> list[Found]:
        if after is None:
            return self._ordered(self.strip.query, count)
        tied = [found for found in self._tied(after.key) if found.place.record_id > after.record_id]
        if len(tied) >= count:
            return tied[:count]
        beyond = (after.key + 1, None) if self.strip.rising else (None, after.key - 1)
        rest = every([self.strip.query, self.say.number_between(self.strip.key, *beyond)])
        return tied + self._ordered(rest, count - len(tied))

    def _ordered(self, query: TantivyQuery, count: int) -> list[Found]:
        """Where the last key is shared by records beyond the page, all of them are ordered before the cut."""
        hits = self._search(query, count + 1)
        last = hits[-1][0] if len(hits) > count else None
        keys = [key for key, _ in hits[:count]]
        cut = last if last in keys else None
        groups = (
            self._tied(key) if key == cut else self._load(list(group))
            for key, group in groupby(hits[:count], key=lambda hit: hit[0])
        )
        return [found for group in groups for found in group][:count]

    def _tied(self, key: int) -> list[Found]:
        same = every([self.strip.query, self.say.number_between(self.strip.key, key, key)])
        return self._load(self._search(same, _LARGEST_TIE))

    def _search(self, query: TantivyQuery, count: int) -> list[tuple[int, DocAddress]]:
        order = Order.Asc if self.strip.rising else Order.Desc
        return self.searcher.search(query, count, False, order_by_field=self.strip.key, order=order).hits

    def _load(self, hits: list[tuple[int, DocAddress]]) -> list[Found]:
        records = ((key, load(self.searcher, address)) for key, address in hits)
        loaded = (Found(Cursor(self.number, key, record.record_id), record) for key, record in records)
        return sorted(loaded, key=lambda found: found.place.record_id)


def load(searcher: Searcher, address: DocAddress) -> Record:
    """Read a stored record."""
    return Record.model_validate_json(_stored(searcher, address))


def stored_in(searcher: Searcher, query: TantivyQuery, count: int) -> Iterator[bytes]:
    """Yield the records that a query finds as they are stored, in no order."""
    return (_stored(searcher, address) for _, address in searcher.search(query, count, False).hits)


def _stored(searcher: Searcher, address: DocAddress) -> bytes:
    return bytes(searcher.doc(address).get_first(RECORD) or b"")

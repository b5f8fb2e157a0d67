"""
Answers gathered by what they have in common: projects, documents, the same thing printed twice.

Written on what every engine can do anyway, so that no engine can group otherwise than another:
a group stands where its first record stands in the order of the answer.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from shared.contracts.records import Record
from shared.contracts.search import Group, GroupBy, Hit, SearchAnswer, SearchRequest, Twin
from shared.search.entry import LONGEST_KEYWORD, promised_target
from shared.search.identity import project_identity, record_identity
from shared.search.walking import Answering

_MOST_COUNTED: Final = 65_000
"""Groups are counted as values of a facet, of which an engine can count that many."""

_MOST_TWINS: Final = 1000

KEY_OF: Final[Mapping[str, Callable[[Record], str]]] = {
    "document_id": lambda record: record.document_id,
    "project_id": project_identity,
    "indicator": lambda record: record.name[:LONGEST_KEYWORD],
    "project_name": lambda record: record.project[:LONGEST_KEYWORD],
}
_FIELDS: Final = {"project": "project_id", "document": "document_id"}


def search_grouped(index: Answering, request: SearchRequest, by: GroupBy) -> SearchAnswer:
    """Answer with one hit for each group; ``request.size`` is how many groups a page has."""
    if by == "same":
        return _fold_twins(index, request)
    return gather(index, request, _FIELDS[by])


def gather(index: Answering, request: SearchRequest, key_field: str) -> SearchAnswer:
    """Give the first hit of each value of a field, with how many answers have that value."""
    whole = index.search(request.model_copy(update={"size": 0, "after": None}))
    walk = _Walk(index, request.model_copy(update={"facets": ()}), key_field)
    shown = walk.take(request.size)
    more = walk.after if walk.after and walk.goes_on() else None
    return whole.model_copy(
        update={"hits": tuple(shown), "next": more, "groups": _count(index, request, key_field, whole.total)}
    )


def _count(index: Answering, request: SearchRequest, key_field: str, total: int) -> int | None:
    if total > _MOST_COUNTED or request.filters.get(key_field):
        return None
    asked = {"size": 0, "after": None, "facets": (key_field,), "facet_size": 1, "facet_text": ""}
    return index.search(request.model_copy(update=asked)).facets[key_field].distinct


@dataclass(slots=True)
class _Walk:
    """
    Goes through an answer from group to group.

    Whatever group was decided about is left out of the next question, so that a group of a hundred
    thousand records is stepped over at once. Each question asks for no more hits than groups are
    wanted: its cursor is then never beyond a group that was not shown.
    """

    index: Answering
    request: SearchRequest
    key_field: str
    after: str | None = None
    decided: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.after = self.request.after

    def take(self, count: int) -> list[Hit]:
        shown: list[Hit] = []
        while len(shown) < count:
            part = self._ask(count - len(shown))
            shown += filter(None, map(self._decide, _firsts(part.hits, KEY_OF[self.key_field])))
            self.after = part.next
            if self.after is None:
                break
        return shown

    def goes_on(self) -> bool:
        """Say whether another group follows; the cursor stays where it is."""
        here = self.after
        try:
            return bool(self.take(1))
        finally:
            self.after = here

    def _ask(self, size: int) -> SearchAnswer:
        without = dict(self.request.without)
        without[self.key_field] = (*without.get(self.key_field, ()), *self.decided)
        return self.index.search(
            self.request.model_copy(
                update={"after": self.after, "size": size, "without": without, "counted": False}
            )
        )

    def _decide(self, hit: Hit) -> Hit | None:
        """A group is shown where its first record stands; elsewhere it was shown before."""
        key = KEY_OF[self.key_field](hit.record)
        self.decided.append(key)
        asked = {
            "filters": {**self.request.filters, self.key_field: (key,)},
            "after": None,
            "size": 1,
            "marked": False,
        }
        group = self.index.search(self.request.model_copy(update=asked))
        if [first.record.record_id for first in group.hits] != [hit.record.record_id]:
            return None
        return hit.model_copy(update={"group": Group(key=key, count=group.total)})


def _firsts(hits: Iterable[Hit], key_of: Callable[[Record], str]) -> list[Hit]:
    firsts: dict[str, Hit] = {}
    for hit in hits:
        firsts.setdefault(key_of(hit.record), hit)
    return list(firsts.values())


def _fold_twins(index: Answering, request: SearchRequest) -> SearchAnswer:
    """
    Fold an answer behind an earlier one that says the same in another document.

    A page then has as many hits less; what is printed twice in one document is never folded.
    """
    answer = index.search(request)
    keys = {identity for hit in answer.hits if (identity := record_identity(hit.record))}
    if not keys:
        return answer
    families = _families(index, request, keys)
    hits = (_folded(hit, families.get(record_identity(hit.record) or "", ())) for hit in answer.hits)
    return answer.model_copy(update={"hits": tuple(filter(None, hits))})


def _families(index: Answering, request: SearchRequest, keys: set[str]) -> dict[str, list[Record]]:
    """All answers that share their identity with a hit of the page, in the order of the answer."""
    asked = {
        "filters": {**request.filters, "same_id": tuple(sorted(keys))},
        "facets": (),
        "after": None,
        "size": _MOST_TWINS,
        "marked": False,
        "counted": False,
    }
    families: dict[str, list[Record]] = {}
    for hit in index.search(request.model_copy(update=asked)).hits:
        families.setdefault(record_identity(hit.record) or "", []).append(hit.record)
    return families


def _folded(hit: Hit, family: Iterable[Record]) -> Hit | None:
    members = list(family)
    if len({record.document_id for record in members}) < 2:
        return hit
    first = members[0]
    if hit.record.document_id != first.document_id:
        known = any(record.record_id == hit.record.record_id for record in members)
        return None if known else hit
    if hit.record.record_id != first.record_id:
        return hit
    twins = tuple(_twins(members))
    key = record_identity(first) or ""
    return hit.model_copy(update={"group": Group(key=key, count=1 + len(twins), twins=twins)})


def _twins(members: list[Record]) -> Iterator[Twin]:
    for record in members[1:]:
        if record.document_id != members[0].document_id:
            target = promised_target(record)
            yield Twin(
                record_id=record.record_id,
                document_id=record.document_id,
                file_name=record.file_name,
                page=record.page,
                target=target.text if target else None,
            )

"""Builds a search index anew beside live search: fills, compares, and only then switches."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from shared.contracts.records import Record
from shared.search.fingerprint import Fingerprint, fingerprint_of, stored_form

RecordsOf = Callable[[str], Sequence[Record]]
"""Reads the records of a document from the truth; none when it is gone."""


class Rebuild(Protocol):
    """A new index beside the one that is searched; filling it tells which documents it cannot hold whole."""

    def fill(self, documents: Iterable[tuple[str, Sequence[Record]]]) -> frozenset[str]: ...
    def held(self) -> Mapping[str, Fingerprint]: ...
    def former(self) -> Mapping[str, Fingerprint] | None: ...
    def switch(self) -> None: ...
    def roll_back(self) -> None: ...
    def discard(self) -> None: ...


class RebuiltIndexDiffers(Exception):
    """The new index does not hold what it was given; it was not switched to."""

    def __init__(self, documents: Sequence[str]) -> None:
        self.documents = tuple(documents)
        super().__init__(
            f"新索引与原始记录不一致（{len(self.documents)} 份文件，例如 {self.documents[0][:12]}），未切换。"
        )


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """
    How much was filled in, and how many documents had changed meanwhile and were filled in again.

    ``refused`` are documents of which the index cannot hold every record.
    """

    documents: int
    records: int
    changed_meanwhile: int
    refused: frozenset[str]


def rebuild_index(beside: Rebuild, document_ids: Iterable[str], records_of: RecordsOf) -> Rebuilt:
    """
    Fill a new index from the truth and let it take the place of the one that is searched.

    Search goes on all the time, and so does indexing, into the former index: what differs from it
    after filling, and once more after the switch, is read again. A new index that does not hold
    exactly what was read is thrown away, and nothing has changed.
    """
    truth = _Truth(records_of)
    try:
        refused = beside.fill(truth.read(document_ids))
        changed, refused = _catch_up(beside, truth, refused)
        _compare(beside, truth.given, refused)
    except BaseException:
        beside.discard()
        raise
    beside.switch()
    changed_late, refused = _catch_up(beside, truth, refused)
    kept = [fingerprint.records for fingerprint in truth.given.values() if fingerprint.records]
    return Rebuilt(len(kept), sum(kept), len(changed | changed_late), refused)


@dataclass(slots=True)
class _Truth:
    """Reads records, and remembers what it gave."""

    records_of: RecordsOf
    given: dict[str, Fingerprint] = field(default_factory=dict)

    def read(self, document_ids: Iterable[str]) -> Iterator[tuple[str, Sequence[Record]]]:
        """Give the records of documents that were not given like this before."""
        for document_id in dict.fromkeys(document_ids):
            records = self.records_of(document_id)
            fingerprint = fingerprint_of(map(stored_form, records))
            if fingerprint != self.given.get(document_id, Fingerprint()):
                self.given[document_id] = fingerprint
                yield document_id, records


def _catch_up(beside: Rebuild, truth: _Truth, refused: frozenset[str]) -> tuple[set[str], frozenset[str]]:
    former = beside.former()
    changed = [] if former is None else list(truth.read(_differing(former, truth.given)))
    names = {document_id for document_id, _ in changed}
    return names, (refused - names) | beside.fill(changed)


def _compare(beside: Rebuild, given: Mapping[str, Fingerprint], refused: frozenset[str]) -> None:
    differing = set(_differing(beside.held(), given)) - refused
    if differing:
        raise RebuiltIndexDiffers(sorted(differing))


def _differing(one: Mapping[str, Fingerprint], other: Mapping[str, Fingerprint]) -> list[str]:
    nothing = Fingerprint()
    names = sorted(one.keys() | other.keys())
    return [name for name in names if one.get(name, nothing) != other.get(name, nothing)]

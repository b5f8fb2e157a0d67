"""Compares bucket, ledger and index, and announces what was missed: an event is only a hint."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from shared.contracts.events import (
    DocumentParsed,
    DocumentUploaded,
    DocumentWithdrawn,
    Event,
    ScansFound,
    UploadRemoved,
)
from shared.contracts.ledger import GONE, DocumentEntry, Holding, Ledger

_AT_A_TIME: Final = 5000
_READ: Final = frozenset({"indexed", "no_records"})


def missed_uploads(bucket: str, versions: Mapping[str, str], ledger: Ledger) -> Iterator[Event]:
    """List keys whose version nobody has looked at; what was refused as it is stays refused."""
    known = {source.key: source.version for source in ledger.sources_in(bucket)}
    refused = {
        entry.key: entry.event.get("version") for entry in ledger.quarantined() if entry.bucket == bucket
    }
    for key, version in versions.items():
        if version not in (known.get(key), refused.get(key)):
            yield DocumentUploaded(bucket=bucket, key=key, version=version)


def missed_removals(bucket: str, keys: Iterable[str], ledger: Ledger) -> Iterator[Event]:
    """List keys that the ledger holds and the bucket does not."""
    there = set(keys)
    for source in ledger.sources_in(bucket):
        if source.key not in there:
            yield UploadRemoved(bucket=bucket, key=source.key)


def unfinished_work(ledger: Ledger, indexed: Mapping[str, int], *, can_recognise: bool) -> Iterator[Event]:
    """List what each document still needs to reach an end, and what the index holds wrongly."""
    beyond = set(indexed)
    for holding in each_holding(ledger):
        if holding.state not in GONE:
            beyond.discard(holding.document_id)
        entry = None if _is_settled(holding, indexed) else ledger.document(holding.document_id)
        if entry:
            yield from next_step(entry, ledger, indexed, can_recognise=can_recognise)
    for document_id in sorted(beyond):
        yield DocumentWithdrawn(document_id=document_id)


def each_holding(ledger: Ledger) -> Iterator[Holding]:
    """Go through the documents by id; the ledger is never in memory as a whole."""
    after = ""
    while part := ledger.holdings_after(after, limit=_AT_A_TIME):
        yield from part
        after = part[-1].document_id


def _is_settled(holding: Holding, indexed: Mapping[str, int]) -> bool:
    """Say whether a document needs nothing: most do not, and are not asked about one by one."""
    if holding.state in GONE or not holding.is_wanted:
        return holding.state in GONE and not holding.is_wanted
    is_as_said = indexed.get(holding.document_id, 0) == holding.records
    return holding.state == "quarantined" or (holding.state in _READ and is_as_said)


def next_step(
    entry: DocumentEntry, ledger: Ledger, indexed: Mapping[str, int], *, can_recognise: bool
) -> Iterator[Event]:
    """Say what one document needs to reach an end, if anything."""
    sources = ledger.sources(entry.document_id)
    if not sources:
        if entry.state not in GONE:
            yield DocumentWithdrawn(document_id=entry.document_id)
    elif entry.state == "received" or entry.state in GONE:
        first = sources[0]
        yield DocumentUploaded(bucket=first.bucket, key=first.key, version=first.version)
    elif entry.state == "waiting_for_ocr" and can_recognise:
        yield ScansFound(document_id=entry.document_id, pages=())
    elif entry.state == "parsed" or _differs(entry, indexed):
        yield DocumentParsed(document_id=entry.document_id)


def _differs(entry: DocumentEntry, indexed: Mapping[str, int]) -> bool:
    return entry.state != "quarantined" and indexed.get(entry.document_id, 0) != (entry.records or 0)

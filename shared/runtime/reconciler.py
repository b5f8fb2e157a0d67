"""Compares bucket, ledger and index, and announces what was missed: an event is only a hint."""

from collections.abc import Iterable, Iterator, Mapping

from shared.contracts.events import (
    DocumentParsed,
    DocumentUploaded,
    DocumentWithdrawn,
    Event,
    ScansFound,
    UploadRemoved,
)
from shared.contracts.ledger import GONE, DocumentEntry, Ledger


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
    entries = {entry.document_id: entry for entry in ledger.documents()}
    for entry in entries.values():
        yield from next_step(entry, ledger, indexed, can_recognise=can_recognise)
    for document_id in indexed:
        if document_id not in entries or entries[document_id].state in GONE:
            yield DocumentWithdrawn(document_id=document_id)


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

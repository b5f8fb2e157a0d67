"""What ingest does with an event: bytes become a document, a removed key withdraws it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from services.ingest.hints import hints_of
from services.ingest.survey import ContentSurvey
from shared.contracts.artifacts import SURVEY, ObjectStore, Survey, original_key
from shared.contracts.errors import FileTooLarge
from shared.contracts.events import (
    DocumentIdentified,
    DocumentUploaded,
    DocumentWithdrawn,
    Event,
    ScansFound,
    UploadRemoved,
)
from shared.contracts.ledger import Ledger, Source

Surveyor = Callable[..., ContentSurvey]
Describer = Callable[[str], Mapping[str, str]]

_SETTLED = frozenset({"parsed", "waiting_for_ocr", "indexed", "no_records"})


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """How large a document may be to be taken in."""

    size_bytes: int = 200 * 1024 * 1024
    pages: int = 2000


def ingest_upload(
    event: DocumentUploaded,
    *,
    uploads: ObjectStore,
    store: ObjectStore,
    ledger: Ledger,
    survey: Surveyor,
    limits: UploadLimits,
    describe: Describer = lambda _: {},
) -> list[Event]:
    """
    Store the bytes under their hash, find out what they are, and say who may read them.

    The source is noted before the bytes are looked at, so that a document that is rejected is
    known by its hash too. ``describe`` tells what the bucket keeps of the uploader's words, because
    an event may come from somebody who only saw the key. A document that was worked on already is
    left alone, unless the new source says more about it than the ones before.
    """
    try:
        content = _fetch(event, uploads, limits)
        said = {**describe(event.key), **event.hints}
    except KeyError:
        return withdraw_upload(_removal(event), uploads=uploads, ledger=ledger)
    except FileTooLarge:
        ledger.drop_source(event.bucket, event.key)
        raise
    replaced = ledger.source_at(event.bucket, event.key)
    told = event.model_copy(update={"hints": said})
    document_id = _keep(told, content, replaced, store=store, ledger=ledger)
    withdrawn = _withdrawn(replaced, ledger) if replaced else []
    found = survey(content, file_name=_file_name(event.key), page_limit=limits.pages)
    known = _survey_of(document_id, found, size_bytes=len(content), ledger=ledger)
    if _is_settled(known, store=store, ledger=ledger):
        return withdrawn
    SURVEY.save(store, document_id, known)
    ledger.set_state(document_id, "received", media_type=known.media_type, pages=known.page_count or None)
    return [*withdrawn, *_readers_of(known)]


def withdraw_upload(event: UploadRemoved, *, uploads: ObjectStore, ledger: Ledger) -> list[Event]:
    """Forget a source; a document that has no other one must no longer be found."""
    if _exists(event.key, uploads):
        return []  # it was uploaded again: the news of its removal came late
    source = ledger.source_at(event.bucket, event.key)
    ledger.drop_source(event.bucket, event.key)
    return _withdrawn(source, ledger) if source else []


def _fetch(event: DocumentUploaded, uploads: ObjectStore, limits: UploadLimits) -> bytes:
    size = uploads.size(event.key)
    if size > limits.size_bytes:
        raise FileTooLarge(size_bytes=size, limit_bytes=limits.size_bytes)
    return uploads.read(event.key)


def _keep(
    event: DocumentUploaded, content: bytes, before: Source | None, *, store: ObjectStore, ledger: Ledger
) -> str:
    document_id = sha256(content).hexdigest()
    if not _exists(original_key(document_id), store):
        store.write(original_key(document_id), content)
    source = Source(
        bucket=event.bucket,
        key=event.key,
        version=event.version,
        document_id=document_id,
        hints={**_hints_told_before(event, before), **hints_of(event.key, event.hints)},
    )
    ledger.record_source(source, file_name=_file_name(event.key), size_bytes=len(content))
    return document_id


def _hints_told_before(event: DocumentUploaded, before: Source | None) -> dict[str, str]:
    """Keep what other news of the same version said: a folder watcher knows less than the uploader."""
    return before.hints if before and event.version is not None and before.version == event.version else {}


def _survey_of(document_id: str, found: ContentSurvey, *, size_bytes: int, ledger: Ledger) -> Survey:
    """Join what all sources say; the earliest has the last word, so that order of news matters little."""
    sources = ledger.sources(document_id)
    hints: dict[str, str] = {}
    for source in reversed(sources):
        hints.update(source.hints)
    return Survey(
        document_id=document_id,
        file_name=_file_name(sources[0].key),
        media_type=found.media_type,
        size_bytes=size_bytes,
        page_count=found.page_count,
        scanned_pages=found.scanned_pages,
        hints=hints,
    )


def _is_settled(survey: Survey, *, store: ObjectStore, ledger: Ledger) -> bool:
    entry = ledger.document(survey.document_id)
    if entry is None or entry.state not in _SETTLED:
        return False
    return SURVEY.exists(store, survey.document_id) and SURVEY.load(store, survey.document_id) == survey


def _readers_of(survey: Survey) -> list[Event]:
    scans = tuple(sorted(survey.scanned_pages))
    events: list[Event] = []
    if scans:
        events.append(ScansFound(document_id=survey.document_id, pages=scans))
    if len(scans) < max(survey.page_count, 1):
        events.append(DocumentIdentified(document_id=survey.document_id))
    return events


def _withdrawn(source: Source, ledger: Ledger) -> list[Event]:
    if ledger.sources(source.document_id):
        return []
    return [DocumentWithdrawn(document_id=source.document_id)]


def _removal(event: DocumentUploaded) -> UploadRemoved:
    return UploadRemoved(bucket=event.bucket, key=event.key, version=event.version)


def _exists(key: str, store: ObjectStore) -> bool:
    try:
        store.size(key)
    except KeyError:
        return False
    return True


def _file_name(key: str) -> str:
    return key.rpartition("/")[2]

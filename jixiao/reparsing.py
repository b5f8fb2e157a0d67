"""Reads documents of an archive again and compares, before anything is replaced."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from rich.progress import track

from jixiao.archive import Archive
from jixiao.commands.work import work_off
from jixiao.differences import DocumentDifference, compare
from jixiao.items import of_document
from jixiao.telling import errors, tell_rejection
from services.parse.document import read_document
from services.parse.handle import Reader, read_stored
from services.parse.version import is_affected
from shared.contracts.artifacts import READING, SURVEY
from shared.contracts.errors import DocumentRejected
from shared.contracts.events import DocumentIdentified
from shared.contracts.ledger import GONE, QuarantineEntry
from shared.runtime.sandbox import Sandbox
from shared.runtime.settings import ReadingSettings


def affected_documents(archive: Archive, *, every: bool) -> list[str]:
    """List the documents that this parser may read otherwise than the one that read them."""
    ids = [entry.document_id for entry in archive.ledger.documents() if entry.state not in GONE]
    read = [each for each in ids if READING.exists(archive.store, each)]
    return [each for each in read if every or is_affected(READING.load(archive.store, each))]


def refused_documents(archive: Archive) -> list[QuarantineEntry]:
    """List what was refused when it was read, once for each document: a newer parser may read it."""
    refused = (entry for entry in archive.ledger.quarantined() if entry.stage == "parse")
    stored = (
        entry for entry in refused if entry.document_id and SURVEY.exists(archive.store, entry.document_id)
    )
    return list({entry.document_id: entry for entry in stored}.values())


def read_again(archive: Archive, document_ids: Sequence[str]) -> list[DocumentDifference]:
    """Read documents anew and say how each differs from what is kept of it; nothing is kept of this."""
    reading = ReadingSettings()
    size = max(1, min(reading.processes, len(document_ids)))
    with Sandbox(reading.sandbox_limits(), size=size) as sandbox, ThreadPoolExecutor(size) as readers:
        differ = partial(_difference, archive, sandbox.confined(read_document))
        found = readers.map(differ, document_ids)
        shown = track(found, "重读 reading", total=len(document_ids), console=errors, transient=True)
        return [difference for difference in shown if difference]


def _difference(archive: Archive, read: Reader, document_id: str) -> DocumentDifference | None:
    """A document that cannot be read, now or any more, keeps what there is of it, and is told of."""
    kept = READING.exists(archive.store, document_id)
    before = READING.load(archive.store, document_id) if kept else None
    try:
        after = read_stored(document_id, store=archive.store, read=read)
    except DocumentRejected as reason:
        tell_rejection(SURVEY.load(archive.store, document_id).file_name, reason)
        return None
    return compare(of_document(before) if before else None, of_document(after))


def publish(archive: Archive, document_ids: Sequence[str]) -> None:
    """Have the documents read by the pipeline, as if they had just come in; none waits in quarantine."""
    waiting = {entry.document_id: entry for entry in refused_documents(archive)}
    for document_id in document_ids:
        if entry := waiting.get(document_id):
            archive.ledger.release(entry.entry_id)
        archive.bus.announce(DocumentIdentified(document_id=document_id))
    work_off(archive)

"""Takes uploads from browsers and programs, and says how far each has come."""

import re
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final, Literal, Protocol

from services.search.problems import Problem, Refused
from services.search.write_access import WriteAccess
from shared.contracts.artifacts import ObjectStore, recognition_progress
from shared.contracts.ledger import GONE, Ledger, QuarantineEntry, State
from shared.contracts.records import Model
from shared.runtime.worker import entry_id_of

MOST_FILES: Final = 200
MOST_FOLLOWED: Final = 200
_LONGEST_NAME_BYTES: Final = 200
_ENDS: Final = frozenset({"indexed", "no_records", "quarantined", *GONE})
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_UNFINISHED: Final = re.compile(r"(\.(part|partial|crdownload|download|tmp|swp))+$", re.IGNORECASE)


class Intake(Protocol):
    """
    The part of the runtime that takes files in and has work done again.

    ``receive`` answers the key under which the file lies in ``bucket`` now; it never replaces
    another file. The temporary file may be gone afterwards.
    """

    bucket: str

    def receive(self, name: str, file: Path) -> str: ...
    def replay(self, entry: QuarantineEntry) -> None: ...


class UploadState(Model):
    """
    How far an upload has come; ``waiting`` until it was looked at, ``is_done`` when nothing follows.

    Of a document that is worked on, ``pages_recognised`` counts the scanned pages that OCR has read,
    of ``pages_scanned``; both are None where none are. ``stage`` is where a refused one was refused.
    """

    key: str
    file_name: str
    state: State | Literal["waiting"]
    is_done: bool
    document_id: str | None = None
    pages: int | None = None
    records: int | None = None
    pages_recognised: int | None = None
    pages_scanned: int | None = None
    reason: str | None = None
    stage: str | None = None
    code: str | None = None
    advice: str | None = None
    entry_id: str | None = None


@dataclass(frozen=True, slots=True)
class Uploading:
    """What the service needs to take uploads; without an ``intake`` or a key it only reads."""

    access: WriteAccess
    intake: Intake | None
    limit_bytes: int

    @property
    def is_open(self) -> bool:
        """Somebody may upload."""
        return self.intake is not None and self.access.is_open

    def door(self) -> Intake:
        """Give the intake; refused where this service only reads."""
        if self.intake is None or not self.access.is_open:
            raise Refused(403, _CLOSED)
        return self.intake

    def refuse_larger(self, size_bytes: int) -> None:
        """Refuse a file before more of it is read than may be."""
        if size_bytes > self.limit_bytes:
            raise Refused(413, too_large(self.limit_bytes))


READ_ONLY: Final = Uploading(WriteAccess(None), None, 0)


def safe_name(typed: str) -> str:
    """
    Make of a browser's file name one that can lie in an inbox.

    Folders, control characters and what marks hidden or unfinished files are left out; a name
    that is too long for a file system loses its middle, not its ending.
    """
    name = _CONTROL.sub("", typed.replace("\\", "/")).rpartition("/")[2].strip().lstrip(".~$ ")
    name = _UNFINISHED.sub("", name).strip() or "未命名"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > 20:
        stem, ending = name, ""
    kept = stem.encode()[: _LONGEST_NAME_BYTES - len(ending.encode())].decode(errors="ignore")
    return f"{kept}{dot if ending else ''}{ending}"


def state_of(ledger: Ledger, store: ObjectStore, bucket: str, key: str) -> UploadState:
    """Say how far an upload has come, as the ledger knows it; pages are counted where they are kept."""
    source = ledger.source_at(bucket, key)
    document = ledger.document(source.document_id) if source else None
    refusal = ledger.quarantine(entry_id_of(source.document_id if source else f"{bucket}/{key}"))
    state: State | Literal["waiting"] = document.state if document else "waiting"
    if refusal:
        state = "quarantined"
    progress = recognition_progress(store, document.document_id) if document and state not in _ENDS else None
    return UploadState(
        key=key,
        file_name=key.rpartition("/")[2],
        state=state,
        is_done=state in _ENDS,
        document_id=document.document_id if document else None,
        pages=document.pages if document else None,
        records=document.records if document else None,
        pages_recognised=progress[0] if progress else None,
        pages_scanned=progress[1] if progress else None,
        reason=document.reason if document and not refusal else None,
        stage=refusal.stage if refusal else None,
        code=refusal.code if refusal else None,
        advice=refusal.advice if refusal else None,
        entry_id=refusal.entry_id if refusal else None,
    )


@contextmanager
def temporary_file() -> Iterator[IO[bytes]]:
    """Lend a file that is gone afterwards."""
    with tempfile.NamedTemporaryFile(prefix="jixiao-upload-") as file:
        yield file


async def keep_stream(chunks: AsyncIterator[bytes], file: IO[bytes], uploading: Uploading) -> int:
    """Write a body as it comes, no more of it than may be; answer how long it was."""
    size_bytes = 0
    async for chunk in chunks:
        size_bytes += len(chunk)
        uploading.refuse_larger(size_bytes)
        file.write(chunk)
    file.flush()
    return size_bytes


def too_large(limit_bytes: int) -> Problem:
    """Say that a file has more bytes than are taken in."""
    limit = limit_bytes // (1024 * 1024)
    return Problem(
        code="file_too_large",
        message_zh=f"文件超过上限 {limit} MB，请拆分后再上传。",
        message_en=f"The file exceeds the limit of {limit} MB: split it.",
    )


_CLOSED: Final = Problem(
    code="read_only",
    message_zh="这个服务只供检索，不接受上传。",
    message_en="This service is for reading only and takes no uploads.",
)

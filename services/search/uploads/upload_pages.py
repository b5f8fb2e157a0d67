"""Uploading in the browser, and following each file on its way."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from pathlib import Path as FilePath
from threading import BoundedSemaphore
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from services.search.api import ArchiveHere
from services.search.documents.archive import Archive
from services.search.problems import Problem, Refused
from services.search.templates import render_page
from services.search.uploads.upload_access import UploadingHere
from services.search.uploads.uploading import (
    MOST_FILES,
    MOST_FOLLOWED,
    Uploading,
    UploadState,
    keep_stream,
    safe_name,
    state_of,
    temporary_file,
)
from shared.contracts.records import Model

FOLLOWED_SECONDS: Final = 600.0
LOOK_SECONDS: Final = 0.5
QUIET_SECONDS: Final = 15.0
MOST_FOLLOWERS: Final = 40
_WRONG_KEY_SECONDS: Final = 0.5
_BYTES_AROUND_FILES: Final = 1024 * 1024

router = APIRouter()

_followers = BoundedSemaphore(MOST_FOLLOWERS)


class Uploaded(Model):
    """The key under which an upload can be followed."""

    key: str


class UploadList(Model):
    """How far uploads have come."""

    uploads: tuple[UploadState, ...]


Keys = Annotated[Sequence[str], Query(max_length=MOST_FOLLOWED)]


@router.get("/uploads", include_in_schema=False)
def show_uploads(
    request: Request,
    archive: ArchiveHere,
    uploading: UploadingHere,
    key: Keys = (),
    write_key: str = "",
) -> Response:
    """Show where to drop files, and how far those dropped before have come."""
    if write_key:
        return _greet(request, uploading, write_key)
    bucket = uploading.intake.bucket if uploading.intake else ""
    context = {
        "is_open": uploading.is_open,
        "may_write": uploading.access.admits(request),
        "uploads": [state_of(archive.ledger, archive.store, bucket, one) for one in key],
        "limit_bytes": uploading.limit_bytes,
        "wrong_key": False,
    }
    return render_page(request, "uploads.html", context)


@router.post("/uploads/key", include_in_schema=False)
def take_key(
    request: Request, uploading: UploadingHere, write_key: Annotated[str, Form(max_length=500)]
) -> Response:
    """Remember in this browser that its person knows the write key."""
    return _greet(request, uploading, write_key.strip())


def _greet(request: Request, uploading: Uploading, typed: str) -> Response:
    if uploading.access.is_key(typed):
        answer = RedirectResponse("/uploads", status_code=303)
        uploading.access.grant(request, answer)
        return answer
    time.sleep(_WRONG_KEY_SECONDS)
    context = {
        "is_open": uploading.is_open,
        "may_write": False,
        "uploads": [],
        "limit_bytes": uploading.limit_bytes,
        "wrong_key": True,
    }
    return render_page(request, "uploads.html", context, status=403)


@router.post("/uploads", include_in_schema=False)
async def take_form(request: Request, uploading: UploadingHere) -> Response:
    """Take the files of a form, as browsers without scripts send them."""
    uploading.door()
    uploading.access.check(request)
    length = request.headers.get("content-length", "")
    if not length.isdigit():
        raise Refused(411, _NO_LENGTH)
    uploading.refuse_larger(int(length) - _BYTES_AROUND_FILES)
    async with request.form(max_files=MOST_FILES) as form:
        files = [file for file in form.getlist("files") if not isinstance(file, str) and file.filename]
        keys = [await _take(uploading, file) for file in files]
    return RedirectResponse(f"/uploads?{urlencode([('key', key) for key in keys])}", status_code=303)


async def _take(uploading: Uploading, file: UploadFile) -> str:
    async def chunks() -> AsyncIterator[bytes]:
        while chunk := await file.read(1024 * 1024):
            yield chunk

    return await _receive(uploading, file.filename or "", chunks())


async def _receive(uploading: Uploading, name: str, chunks: AsyncIterator[bytes]) -> str:
    intake = uploading.door()
    with temporary_file() as file:
        if not await keep_stream(chunks, file, uploading):
            raise Refused(400, _EMPTY)
        return await run_in_threadpool(intake.receive, safe_name(name), FilePath(file.name))


@router.put("/api/uploads/{name}", tags=["uploads"], status_code=201)
async def take_file(request: Request, uploading: UploadingHere, name: str) -> Uploaded:
    """Take one file: its bytes are the body. Needs the write key."""
    uploading.door()
    uploading.access.check(request)
    length = request.headers.get("content-length", "")
    uploading.refuse_larger(int(length) if length.isdigit() else 0)
    return Uploaded(key=await _receive(uploading, name, request.stream()))


@router.get("/api/uploads", tags=["uploads"])
def answer_uploads(archive: ArchiveHere, uploading: UploadingHere, key: Keys) -> UploadList:
    """Say how far uploads have come."""
    return UploadList(uploads=_states(archive, uploading, key))


@router.get("/api/uploads/progress", tags=["uploads"], response_class=Response)
def follow_uploads(archive: ArchiveHere, uploading: UploadingHere, key: Keys) -> Response:
    """Tell each change of uploads as it happens (server-sent events), until all have come to an end."""
    if not _followers.acquire(blocking=False):
        raise Refused(503, _TOO_MANY)
    stream = _changes(archive, uploading, key)
    return StreamingResponse(
        stream,
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _changes(archive: Archive, uploading: Uploading, keys: Sequence[str]) -> AsyncIterator[str]:
    told: dict[str, UploadState] = {}
    began = quiet_since = time.monotonic()
    try:
        while time.monotonic() - began < FOLLOWED_SECONDS:
            states = await run_in_threadpool(_states, archive, uploading, keys)
            for state in states:
                if told.get(state.key) != state:
                    told[state.key] = state
                    quiet_since = time.monotonic()
                    yield f"data: {json.dumps(state.model_dump(), ensure_ascii=False)}\n\n"
            if all(state.is_done for state in states):
                yield "event: done\ndata: {}\n\n"
                return
            if time.monotonic() - quiet_since > QUIET_SECONDS:
                quiet_since = time.monotonic()
                yield ": still here\n\n"
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        _followers.release()


def _states(archive: Archive, uploading: Uploading, keys: Sequence[str]) -> tuple[UploadState, ...]:
    bucket = uploading.intake.bucket if uploading.intake else ""
    return tuple(state_of(archive.ledger, archive.store, bucket, key) for key in dict.fromkeys(keys))


@router.post("/quarantine/{entry_id}/replay", include_in_schema=False)
def replay_from_page(
    request: Request, archive: ArchiveHere, uploading: UploadingHere, entry_id: str
) -> Response:
    """Process again what waits, and go back to where one was."""
    _replay(request, archive, uploading, entry_id)
    return RedirectResponse("/documents", status_code=303)


@router.post("/api/quarantine/{entry_id}/replay", tags=["uploads"], status_code=202)
def replay(request: Request, archive: ArchiveHere, uploading: UploadingHere, entry_id: str) -> dict[str, str]:
    """Process again what waits in quarantine. Needs the write key."""
    _replay(request, archive, uploading, entry_id)
    return {"entry_id": entry_id}


def _replay(request: Request, archive: Archive, uploading: Uploading, entry_id: str) -> None:
    intake = uploading.door()
    uploading.access.check(request)
    entry = archive.ledger.quarantine(entry_id)
    if entry is None:
        raise Refused(404, _NOT_WAITING)
    intake.replay(entry)


_NO_LENGTH: Final = Problem(
    code="length_required",
    message_zh="请求没有说明长度。",
    message_en="The request does not say how long it is.",
)
_EMPTY: Final = Problem(
    code="empty_file", message_zh="文件是空的，请重新导出或下载后再上传。", message_en="The file is empty."
)
_TOO_MANY: Final = Problem(
    code="too_many_followers",
    message_zh="同时查看进度的人太多，请稍后再试。",
    message_en="Too many are following uploads: try again later.",
)
_NOT_WAITING: Final = Problem(
    code="not_in_quarantine",
    message_zh="没有搁置这份文件。",
    message_en="Nothing with this id waits in quarantine.",
)

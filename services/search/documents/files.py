"""Originals and page pictures, as they travel over HTTP."""

import hashlib
from pathlib import PurePath
from urllib.parse import quote

from fastapi import Request, Response

from services.search.documents.archive import Archive
from services.search.documents.text_drawing import draw_text_page
from services.search.problems import page_not_drawable, page_not_found
from shared.contracts.artifacts import PAGE
from shared.contracts.media import IMAGE_TYPES, LAID_OUT_TYPES

_KEEP = "private, max-age=604800"
_DOWNLOADED_AS = {"application/pdf": "application/pdf", "text/plain": "text/plain"}


def original_response(archive: Archive, document_id: str) -> Response:
    """
    Send a document as a download.

    Never for display: a document may be a web page with a script, and must not speak in our name.
    """
    entry = archive.entry(document_id)
    content = archive.original(document_id)
    name = quote(PurePath(entry.file_name).name, safe="")
    return Response(
        content,
        media_type=_DOWNLOADED_AS.get(entry.media_type or "", "application/octet-stream"),
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "ETag": f'"{document_id}"',
        },
    )


def picture_kind(media_type: str | None) -> str | None:
    """Say how pages of a document are drawn: ``png``, ``svg`` or not at all."""
    if media_type == "application/pdf" or media_type in IMAGE_TYPES:
        return "png"
    return "svg" if media_type in LAID_OUT_TYPES else None


def picture_response(
    archive: Archive, request: Request, document_id: str, page: int, *, kind: str
) -> Response:
    """Send the picture of a page; a browser that has it already is told so without drawing it."""
    entry = archive.entry(document_id)
    drawn_as = picture_kind(entry.media_type)
    if drawn_as is None:
        raise page_not_drawable(entry.media_type or "?")
    if kind != drawn_as:
        raise page_not_found()
    if kind == "svg":
        return _svg(archive, request, document_id, page)
    etag = f'"{document_id[:32]}-{page}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"ETag": etag, "Cache-Control": _KEEP})
    try:
        picture = archive.pictures.page(document_id, page, lambda: archive.original(document_id))
    except IndexError as error:
        raise page_not_found() from error
    return Response(picture, media_type="image/png", headers={"ETag": etag, "Cache-Control": _KEEP})


def _svg(archive: Archive, request: Request, document_id: str, page: int) -> Response:
    try:
        drawn = draw_text_page(PAGE.load(archive.store, document_id, part=str(page)))
    except KeyError as error:
        raise page_not_found() from error
    content = drawn.encode()
    headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="image/svg+xml", headers=headers)

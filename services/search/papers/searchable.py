"""Downloads of scans as PDF with their text laid under the picture."""

import base64
from collections.abc import Mapping
from pathlib import PurePath
from typing import Protocol
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from services.search.api import ArchiveHere
from services.search.documents.archive import Archive
from services.search.documents.text_under import lay_text_under
from services.search.problems import page_not_found
from shared.contracts.artifacts import RECOGNISED, SURVEY, recognised_parts
from shared.contracts.pages import Page
from shared.runtime.sandbox import Sandbox


class TextLayer(Protocol):
    """Makes of a document and its recognised pages a PDF that can be searched."""

    def lay_under(self, content: bytes, pages: Mapping[int, Page]) -> bytes: ...


class SandboxedTextLayer:
    """Lays text under pictures in children that can be killed; a TextLayer."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def lay_under(self, content: bytes, pages: Mapping[int, Page]) -> bytes:
        """Give the PDF; DocumentRejected where the document cannot be taken apart."""
        return base64.b64decode(self._sandbox.run(lay_text_under, content, dict(pages)))


router = APIRouter()


@router.get("/api/documents/{document_id}/searchable.pdf", tags=["documents"], response_class=Response)
def answer_searchable(archive: ArchiveHere, request: Request, document_id: str) -> Response:
    """Send a scan as PDF whose text can be searched and copied; 404 where nothing was recognised."""
    entry = archive.entry(document_id)
    pages = _recognised(archive, document_id)
    text_layer: TextLayer | None = getattr(request.app.state, "text_layer", None)
    if not pages or text_layer is None:
        raise page_not_found()
    name = quote(f"{PurePath(entry.file_name).stem}.searchable.pdf", safe="")
    return Response(
        text_layer.lay_under(archive.original(document_id), pages),
        media_type="application/pdf",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


def _recognised(archive: Archive, document_id: str) -> dict[int, Page]:
    try:
        survey = SURVEY.load(archive.store, document_id)
    except KeyError:
        return {}
    parts = recognised_parts(archive.store, survey)
    return {number: RECOGNISED.load(archive.store, document_id, found[-1]) for number, found in parts.items()}

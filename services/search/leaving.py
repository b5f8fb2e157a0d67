"""Whole answers as files, sent while they are written."""

import re
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from services.search.api import PROBLEMS, ArchiveHere
from services.search.questions.parameters import ExportParameters
from services.search.words import labels
from shared.export import MEDIA_TYPES, ExportFormat, write_chunks
from shared.search.walking import every_record

_NOT_IN_A_NAME: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff/\\\\:*?\"<>|]+")
_LONGEST_NAME: Final = 60

router = APIRouter(responses=PROBLEMS, tags=["search"])


@router.get(
    "/api/export",
    response_class=StreamingResponse,
    responses={200: {"content": {kind: {} for kind in MEDIA_TYPES.values()}, "description": "整个结果"}},
)
def export_answers(
    archive: ArchiveHere, request: Request, parameters: Annotated[ExportParameters, Query()]
) -> StreamingResponse:
    """
    Send all records that answer, however many, each with where it is from.

    What changes in the archive meanwhile may or may not be among them; nothing comes twice.
    """
    records = every_record(archive.index, parameters.request())
    site = str(request.base_url).rstrip("/")
    words = labels.cell if parameters.headings == "chinese" else None
    chunks = write_chunks(records, parameters.format, site=site, words=words)
    return StreamingResponse(
        chunks,
        media_type=MEDIA_TYPES[parameters.format],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(_name(parameters), safe='')}"},
    )


def _name(parameters: ExportParameters) -> str:
    """Name the file by what was asked."""
    asked = _NOT_IN_A_NAME.sub(" ", parameters.q).strip()[:_LONGEST_NAME]
    return f"绩效指标{' ' if asked else ''}{asked}.{ExportFormat(parameters.format)}"

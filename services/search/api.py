"""The interface for programs: JSON in and out, described by OpenAPI."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from services.search.documents.archive import Archive
from services.search.documents.files import original_response, picture_response
from services.search.health import Health, Pulse
from services.search.problems import Problem, unknown_facet
from services.search.questions import examples
from services.search.questions.examples import exemplified
from services.search.questions.parameters import FacetName, FacetParameters, SearchParameters
from shared.contracts.ledger import DocumentEntry, QuarantineEntry, State
from shared.contracts.records import Document, Model, Record
from shared.contracts.search import Facet, SearchAnswer
from shared.search.grouping import search_grouped


class Status(Model):
    """How much the archive holds, and what became of its documents."""

    documents: dict[str, int]
    records: int
    quarantined: int


class DocumentList(Model):
    """One page of the documents, and where the next one starts."""

    documents: tuple[DocumentEntry, ...]
    next: int | None = None


def archive_of(request: Request) -> Archive:
    """Find what this application reads from."""
    archive: Archive = request.app.state.archive
    return archive


ArchiveHere = Annotated[Archive, Depends(archive_of)]
PageNumber = Annotated[int, Path(ge=1, le=1_000_000)]

PROBLEMS: dict[int | str, dict[str, object]] = {
    400: {"model": Problem, "description": "The request cannot be understood"},
    404: {"model": Problem, "description": "Not in the archive"},
    429: {"model": Problem, "description": "Asked too often; Retry-After says when to ask again"},
    503: {"model": Problem, "description": "Something the service depends on did not answer"},
}
_DRAWING_PROBLEMS: dict[int | str, dict[str, object]] = {
    415: {"model": Problem, "description": "Pages of this kind cannot be shown"},
    422: {"model": Problem, "description": "The document cannot be drawn"},
}

_SOME_STATUS = Status(documents={"indexed": 23, "quarantined": 1}, records=2429, quarantined=1)
_SOME_DOCUMENTS = DocumentList(documents=(examples.ENTRY,), next=100)

router = APIRouter(responses=PROBLEMS)


@router.get("/health", tags=["system"])
def answer_health(request: Request) -> Health:
    """Say that the service runs, and what it reads from and cannot reach; the answer is 200 either way."""
    pulse: Pulse = request.app.state.pulse
    missing = pulse.missing()
    return Health(status="degraded", missing=missing) if missing else Health()


@router.get("/api/status", tags=["system"], responses=exemplified(_SOME_STATUS))
def answer_status(archive: ArchiveHere) -> Status:
    """Count documents by state, and records."""
    counts = dict(archive.state_counts())
    return Status(
        documents=counts,
        records=archive.record_count(),
        quarantined=sum(1 for _ in archive.ledger.quarantined()),
    )


@router.get("/api/search", tags=["search"], responses=exemplified(examples.ANSWER))
def answer_search(archive: ArchiveHere, parameters: Annotated[SearchParameters, Query()]) -> SearchAnswer:
    """Search the indicator records: exact total, one page of hits, exact facets, cursor of the next page."""
    if parameters.group:
        return search_grouped(archive.index, parameters.request(), parameters.group)
    return archive.index.search(parameters.request())


@router.get("/api/facets/{name}", tags=["search"], responses=exemplified(examples.FACET))
def answer_facet(
    archive: ArchiveHere, name: FacetName, parameters: Annotated[FacetParameters, Query()]
) -> Facet:
    """Count the values of one facet, all of them or those that contain a text."""
    if name == "none":
        raise unknown_facet()
    return archive.index.search(parameters.request(name)).facets[name]


@router.get("/api/records/{record_id}", tags=["search"], responses=exemplified(examples.RECORD))
def answer_record(archive: ArchiveHere, record_id: str) -> Record:
    """Give one record, complete in itself."""
    return archive.record(record_id)


@router.get("/api/documents", tags=["documents"], responses=exemplified(_SOME_DOCUMENTS))
def answer_documents(
    archive: ArchiveHere,
    state: State | None = None,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    size: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> DocumentList:
    """List documents with their state."""
    found = tuple(islice(archive.ledger.documents(state), offset, offset + size + 1))
    return DocumentList(documents=found[:size], next=offset + size if len(found) > size else None)


@router.get("/api/quarantine", tags=["documents"])
def answer_quarantine(archive: ArchiveHere) -> tuple[QuarantineEntry, ...]:
    """List what waits for a person, with code and advice."""
    return tuple(archive.ledger.quarantined())


@router.get("/api/documents/{document_id}", tags=["documents"])
def answer_document(archive: ArchiveHere, document_id: str) -> Document:
    """Give all that was read from a document."""
    return archive.reading(document_id)


@router.get("/api/documents/{document_id}/original", tags=["documents"], response_class=Response)
def answer_original(archive: ArchiveHere, document_id: str) -> Response:
    """Send the document as it was uploaded."""
    return original_response(archive, document_id)


@router.get(
    "/api/documents/{document_id}/pages/{page}.{kind}",
    tags=["documents"],
    response_class=Response,
    responses=_DRAWING_PROBLEMS,
)
def answer_page(
    archive: ArchiveHere,
    request: Request,
    document_id: str,
    page: PageNumber,
    kind: Annotated[str, Path(pattern="^(png|svg)$")],
) -> Response:
    """Send a page as a picture: PNG for paper, SVG for plain text."""
    return picture_response(archive, request, document_id, page, kind=kind)

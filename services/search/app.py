"""Start of the search service: puts ports and routes together."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import Lifespan

from services.search import api, help_pages, leaving, site, suggesting
from services.search.comparison import abreast_pages, compare_pages, distribution_pages
from services.search.documents.archive import Archive
from services.search.documents.catalogue import Catalogue
from services.search.documents.pictures import PageRenderer, Pictures
from services.search.documents.readings import Readings
from services.search.headers import SecurityHeaders, VersionedFiles
from services.search.health import pulse_of
from services.search.overview import overview_pages, progress_pages
from services.search.overview.progress import ProgressBoard
from services.search.papers import paper_pages, searchable
from services.search.refusals import answer_refusals
from services.search.saved_searches import feeds, subscription_api
from services.search.saved_searches.notices import noticing
from services.search.saved_searches.outward import Outward
from services.search.templates import STATIC
from services.search.throttle import RateLimit, Throttle
from services.search.uploads import upload_pages
from services.search.uploads.uploading import READ_ONLY, Uploading
from shared.contracts.artifacts import ObjectStore
from shared.contracts.ledger import Ledger
from shared.contracts.search import SearchIndex
from shared.export import MEDIA_TYPES, ExportFormat
from shared.runtime.settings import NoticeSettings

_COMPRESSED = (*DEFAULT_EXCLUDED_CONTENT_TYPES, "application/pdf", MEDIA_TYPES[ExportFormat.xlsx])


def create_app(
    *,
    index: SearchIndex,
    store: ObjectStore,
    ledger: Ledger,
    renderer: PageRenderer,
    pictures_folder: Path,
    limit: RateLimit | None = None,
    uploading: Uploading = READ_ONLY,
) -> FastAPI:
    """
    Build the application on the given ports.

    ``pictures_folder`` holds drawn pages; it may be emptied at any time. The interactive
    documentation of FastAPI is off, because it would load scripts from elsewhere. ``limit`` says how
    often one client may ask; without it there is none. ``uploading`` says who may write, and where to.
    What makes searchable PDFs of scans is set as ``app.state.text_layer``; without it there are none.
    Who can count what waits in the queues sets ``app.state.progress``.
    """
    app = _routes(_beside)
    pictures, readings = Pictures(renderer, pictures_folder), Readings(store)
    app.state.archive = Archive(index, store, ledger, pictures, readings, Catalogue(ledger, store))
    app.state.pulse = pulse_of(app.state.archive)
    app.state.progress = ProgressBoard(ledger)
    app.state.uploading = uploading
    app.state.outward = Outward(allow_private=NoticeSettings().allow_private)
    app.mount("/static", VersionedFiles(directory=STATIC), name="static")
    if limit:
        app.add_middleware(Throttle, limit=limit)
    app.add_middleware(GZipMiddleware, compresslevel=5, exclude_content_types=_COMPRESSED)
    app.add_middleware(SecurityHeaders)
    answer_refusals(app)
    return app


def openapi_text() -> str:
    """Describe the interface for programs as the file in ``docs``."""
    return json.dumps(_routes().openapi(), ensure_ascii=False, indent=2) + "\n"


@asynccontextmanager
async def _beside(app: FastAPI) -> AsyncIterator[None]:
    """Notices are sent where somebody may subscribe, as long as the service answers."""
    if not app.state.uploading.access.is_open:
        yield
        return
    with noticing(app.state.archive, app.state.outward):
        yield


def _routes(beside: Lifespan[FastAPI] | None = None) -> FastAPI:
    app = FastAPI(
        title="绩效目标检索 jixiao",
        description="检索政府预算绩效目标表中的指标，并定位到原文单元格。",
        version="1",
        docs_url=None,
        redoc_url=None,
        responses=api.PROBLEMS,
        lifespan=beside,
    )
    for programs in (api, leaving, suggesting, feeds, searchable, subscription_api):
        app.include_router(programs.router)
    for pages in (
        help_pages,
        paper_pages,
        site,
        abreast_pages,
        compare_pages,
        distribution_pages,
        overview_pages,
        progress_pages,
        upload_pages,
    ):
        app.include_router(pages.router)
    return app

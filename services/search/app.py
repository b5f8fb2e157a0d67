"""Start of the search service: puts ports and routes together."""

import json
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from services.search import api, compare_pages, distribution_pages, overview_pages, paper_pages, site
from services.search.archive import Archive
from services.search.catalogue import Catalogue
from services.search.headers import SecurityHeaders
from services.search.pictures import PageRenderer, Pictures
from services.search.readings import Readings
from services.search.refusals import answer_refusals
from services.search.templates import STATIC
from shared.contracts.artifacts import ObjectStore
from shared.contracts.ledger import Ledger
from shared.contracts.search import SearchIndex


def create_app(
    *,
    index: SearchIndex,
    store: ObjectStore,
    ledger: Ledger,
    renderer: PageRenderer,
    pictures_folder: Path,
) -> FastAPI:
    """
    Build the application on the given ports.

    ``pictures_folder`` holds drawn pages; it may be emptied at any time. The interactive
    documentation of FastAPI is off, because it would load scripts from elsewhere.
    """
    app = _routes()
    pictures, readings = Pictures(renderer, pictures_folder), Readings(store)
    app.state.archive = Archive(index, store, ledger, pictures, readings, Catalogue(ledger, store))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(SecurityHeaders)
    answer_refusals(app)
    return app


def openapi_text() -> str:
    """Describe the interface for programs as the file in ``docs``."""
    return json.dumps(_routes().openapi(), ensure_ascii=False, indent=2) + "\n"


def _routes() -> FastAPI:
    app = FastAPI(
        title="绩效目标检索 jixiao",
        description="检索政府预算绩效目标表中的指标，并定位到原文单元格。",
        version="1",
        docs_url=None,
        redoc_url=None,
    )
    app.include_router(api.router)
    for pages in (paper_pages, site, compare_pages, distribution_pages, overview_pages):
        app.include_router(pages.router)
    return app

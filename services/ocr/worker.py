"""Starts ocr: ``celery --app services.ocr.worker worker``."""

from functools import partial

from services.ocr.confined import ConfinedReader
from services.ocr.engines.installed import installed_engines
from services.ocr.handle import recognise_scans
from shared.contracts.events import ScansFound
from shared.contracts.pages import Page
from shared.runtime.celery_queue import Bench, worker_app
from shared.runtime.metrics import PAGES
from shared.runtime.ports import connect
from shared.runtime.sandbox import Sandbox
from shared.runtime.settings import OcrSettings


class CountingReader(ConfinedReader):
    """Counts for Prometheus what it has read."""

    def read_page(self, content: bytes, number: int, reason: str) -> Page:
        page = super().read_page(content, number, reason)
        PAGES.labels("ocr").inc()
        return page


def open_bench() -> Bench:
    """Connect the handler of ocr; without an engine scans wait, and their state says so."""
    ports, ocr = connect(), OcrSettings()
    engines = installed_engines(ocr.engine)
    sandbox = Sandbox(ocr.sandbox_limits(), preload=("services.ocr.recognition",) if engines else ())
    reader = CountingReader(sandbox, engines) if engines else None
    recognise = partial(recognise_scans, store=ports.store, ledger=ports.ledger, reader=reader)
    return Bench({ScansFound: recognise}, ports.ledger, ports.locks)


app = worker_app("ocr", open_bench)

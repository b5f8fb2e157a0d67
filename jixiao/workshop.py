"""The one-process runtime: all services' handlers on the adapters of a laptop."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from jixiao.archive import Archive
from jixiao.scans import scan_reader
from services.index.handle import index_document, withdraw_document
from services.ingest.handle import UploadLimits, ingest_upload, withdraw_upload
from services.ingest.survey import survey_content
from services.ocr.handle import PageReader, recognise_scans
from services.parse.document import read_document
from services.parse.handle import parse_document
from services.parse.paper import lay_out_pages
from shared.contracts.events import (
    DocumentIdentified,
    DocumentParsed,
    DocumentUploaded,
    DocumentWithdrawn,
    Event,
    PagesRecognised,
    ScansFound,
    UploadRemoved,
)
from shared.contracts.pipeline import Service
from shared.contracts.search import IndexNeedsRebuild, SearchIndex
from shared.runtime import worker
from shared.runtime.crew import Crew
from shared.runtime.reconciler import unfinished_work
from shared.runtime.sandbox import Sandbox
from shared.runtime.search_index import TantivyIndex, erase_index
from shared.runtime.settings import OcrSettings, ReadingSettings
from shared.runtime.telemetry import logger
from shared.runtime.worker import Handler

PRELOADED = ("services.parse.document", "services.ingest.survey")

_log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What works in a home while its lock is held."""

    archive: Archive
    index: SearchIndex
    sandbox: Sandbox
    crew: Crew
    can_recognise: bool = False

    def reconcile(self) -> int:
        """Announce what earlier runs have left undone; answer how much that was."""
        events = list(
            unfinished_work(
                self.archive.ledger, self.index.document_counts(), can_recognise=self.can_recognise
            )
        )
        for event in events:
            self.archive.bus.announce(event)
        return len(events)


@contextmanager
def open_workshop(
    archive: Archive,
    reading: ReadingSettings,
    *,
    open_index: Callable[[Path], SearchIndex] = TantivyIndex,
    **work: object,
) -> Iterator[Workshop]:
    """
    Begin to work in a home; HomeBusy where another process does.

    Work that is not done when the block ends is taken up by whoever works here next.
    """
    ocr = OcrSettings()
    with archive.home.locked(**work), scan_reader(ocr) as reader:
        index = _usable(open_index, archive.home.index)
        sandbox = Sandbox(reading.sandbox_limits(), size=reading.processes + 1, preload=PRELOADED)
        handlers = _handlers(archive, index, sandbox, reading, reader=reader)
        threads: dict[Service, int] = {
            "ingest": 2,
            "ocr": ocr.processes,
            "parse": reading.processes,
            "index": 1,
        }
        crew = Crew(archive.bus, handlers, ledger=archive.ledger, threads=threads)
        workshop = Workshop(archive, index, sandbox, crew, can_recognise=reader is not None)
        try:
            workshop.reconcile()
            crew.start()
            yield workshop
        finally:
            with quiet_about("dependency_unavailable"):
                crew.stop(release=lambda: _close(sandbox, reader))
            sandbox.close()


@contextmanager
def quiet_about(event: str) -> Iterator[None]:
    """
    Keep an event out of the log.

    Work that is stopped in its midst finds that its sandbox is gone. That is no news for the person
    who pressed Ctrl-C: it is handed out again at the next start.
    """

    def is_news(line: logging.LogRecord) -> bool:
        return line.msg != event

    log = logging.getLogger(worker.__name__)
    log.addFilter(is_news)
    try:
        yield
    finally:
        log.removeFilter(is_news)


def _close(*confined: Sandbox | PageReader | None) -> None:
    for each in confined:
        if each is not None:
            each.close()


def _usable(open_index: Callable[[Path], SearchIndex], folder: Path) -> SearchIndex:
    """Open the index; one that cannot be used is begun anew, and filled again from the readings."""
    try:
        return open_index(folder)
    except IndexNeedsRebuild as fault:
        _log.warning("index_begun_anew", extra={"detail": str(fault)})
        erase_index(folder)
        return open_index(folder)


def _handlers(
    archive: Archive,
    index: SearchIndex,
    sandbox: Sandbox,
    reading: ReadingSettings,
    *,
    reader: PageReader | None,
) -> Mapping[type[Event], Handler]:
    """The same handlers as on servers, on other adapters; the sandbox is where bytes are opened."""
    store, ledger, inbox = archive.store, archive.ledger, archive.inbox
    parse = partial(
        parse_document,
        store=store,
        ledger=ledger,
        read=sandbox.confined(read_document),
        lay_out=sandbox.confined(lay_out_pages),
    )
    ingest = partial(
        ingest_upload,
        uploads=inbox,
        store=store,
        ledger=ledger,
        survey=sandbox.confined(survey_content),
        limits=UploadLimits(size_bytes=reading.file_bytes, pages=reading.pages),
    )
    return {
        DocumentUploaded: ingest,
        UploadRemoved: partial(withdraw_upload, uploads=inbox, ledger=ledger),
        ScansFound: partial(recognise_scans, store=store, ledger=ledger, reader=reader),
        DocumentIdentified: parse,
        PagesRecognised: parse,
        DocumentParsed: partial(index_document, store=store, ledger=ledger, index=index),
        DocumentWithdrawn: partial(withdraw_document, index=index, ledger=ledger),
    }

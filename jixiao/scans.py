"""Puts together what reads scans on this machine."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from jixiao.telling import tell
from services.ingest.survey import ContentSurvey
from services.ocr.engines.installed import installed_engines
from services.ocr.handle import PageReader, read_or_leave
from shared.contracts.pages import Page
from shared.runtime.sandbox import Sandbox
from shared.runtime.settings import OcrSettings

if TYPE_CHECKING:
    from services.ocr.confined import ConfinedReader

PRELOADED: Final = ("services.ocr.recognition",)
_SIDE_BY_SIDE: Final = 8  # pages handed over at once: more than there are children, so that none idles


@contextmanager
def scan_reader(ocr: OcrSettings) -> "Iterator[ConfinedReader | None]":
    """
    Give the reader of scans, None where no engine is installed: scans wait until there is one.

    It has children of its own, so that a text file never waits for one of them.
    """
    engines = installed_engines(ocr.engine)
    if not engines:
        yield None
        return
    from services.ocr.confined import ConfinedReader  # not importable where no engine is

    with Sandbox(ocr.sandbox_limits(), size=ocr.processes, preload=PRELOADED) as sandbox:
        yield ConfinedReader(sandbox, engines)


def recognise_pages(
    content: bytes, survey: ContentSurvey, reader: PageReader, *, name: str
) -> dict[int, Page]:
    """Read the scanned pages of a file side by side, and tell the person how far it is."""
    reasons = survey.scanned_pages
    pages: dict[int, Page] = {}
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as hands:
        try:
            read = hands.map(
                lambda number: read_or_leave(reader, content, number, reasons[number], of=survey.page_count),
                sorted(reasons),
            )
            for page in read:
                pages[page.number] = page
                tell(f"… {name}  识别 OCR {len(pages)}/{len(reasons)}")
        finally:
            hands.shutdown(cancel_futures=True)
    return pages

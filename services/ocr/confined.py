"""Reads pages in children that can be killed, with the engine asked for or the next best."""

from collections.abc import Callable, Sequence
from typing import Final

from services.ocr.engines.installed import EngineVersion
from services.ocr.recognition import recognise_page
from shared.contracts.errors import ReaderCrashed, ReaderFailed
from shared.contracts.pages import Page
from shared.runtime.sandbox import Sandbox

_GARBAGE: Final = 0.5  # mean of a page's characters; coarse and noisy scans had 0.9 and more


class ConfinedReader:
    """
    A PageReader; None of its engines is started in this process.

    An engine that fails on a page nobody foresaw, or believes little of what it has read there,
    leaves it to the next one that is installed: the page says which one has read it.
    """

    def __init__(
        self,
        sandbox: Sandbox,
        engines: Sequence[EngineVersion],
        recognise: Callable[..., Page] = recognise_page,
    ) -> None:
        self._sandbox = sandbox
        self._engines = engines
        self._recognise = recognise

    @property
    def version(self) -> str:
        return self._engines[0].version

    def read_page(self, content: bytes, number: int, reason: str) -> Page:
        """Read one page; DocumentRejected where no engine can."""
        page = None
        for engine in self._engines:
            try:
                other = self._sandbox.run(self._recognise, content, number, reason, engine=engine.name)
            except (ReaderCrashed, ReaderFailed):
                if page is None and engine is self._engines[-1]:
                    raise
                continue
            page = _surer(page, other)
            if not _is_garbage(page):
                break
        return page  # type: ignore[return-value]  # there are engines, and the last one's failure is raised

    def close(self) -> None:
        """Kill the children; pages that are being read are read anew another time."""
        self._sandbox.close()


def _surer(page: Page | None, other: Page) -> Page:
    return page if page and (page.confidence or 0.0) >= (other.confidence or 0.0) else other


def _is_garbage(page: Page) -> bool:
    return bool(page.words) and (page.confidence or 0.0) < _GARBAGE

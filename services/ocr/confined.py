"""Reads pages in children that can be killed, with the engine asked for or the next best."""

from collections.abc import Sequence

from services.ocr.engines.installed import EngineVersion
from services.ocr.recognition import recognise_page
from shared.contracts.errors import ReaderCrashed, ReaderFailed
from shared.contracts.pages import Page
from shared.runtime.sandbox import Sandbox


class ConfinedReader:
    """
    A PageReader; None of its engines is started in this process.

    An engine that fails on a page nobody foresaw leaves it to the next one that is installed:
    the page says which one has read it.
    """

    def __init__(self, sandbox: Sandbox, engines: Sequence[EngineVersion]) -> None:
        self._sandbox = sandbox
        self._engines = engines

    @property
    def version(self) -> str:
        return self._engines[0].version

    def read_page(self, content: bytes, number: int, reason: str) -> Page:
        """Read one page; DocumentRejected where no engine can."""
        for engine in self._engines[:-1]:
            try:
                return self._sandbox.run(recognise_page, content, number, reason, engine=engine.name)
            except (ReaderCrashed, ReaderFailed):
                continue
        return self._sandbox.run(recognise_page, content, number, reason, engine=self._engines[-1].name)

    def close(self) -> None:
        """Kill the children; pages that are being read are read anew another time."""
        self._sandbox.close()

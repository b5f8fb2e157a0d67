"""Starts the engine that was asked for, or the best that is installed."""

from collections.abc import Callable, Mapping

from services.ocr.engines.installed import EngineName, installed_engines
from services.ocr.recogniser import Recogniser


class NoEngine(RuntimeError):
    """No OCR engine is installed: scans wait until there is one."""


def choose_engine(name: EngineName = "auto", *, threads: int = 1) -> Recogniser:
    """Start an engine; ``auto`` prefers RapidOCR and falls back on Tesseract."""
    for engine in installed_engines(name):
        return _STARTERS[engine.name](engine.version, threads)
    raise NoEngine(name)


def _rapid(version: str, threads: int) -> Recogniser:
    from services.ocr.engines.rapid import RapidRecogniser  # an engine may be absent

    return RapidRecogniser(version, threads=threads)


def _tesseract(version: str, threads: int) -> Recogniser:
    del threads
    from services.ocr.engines.tesseract import TesseractRecogniser

    return TesseractRecogniser(version)


_STARTERS: Mapping[EngineName, Callable[[str, int], Recogniser]] = {
    "rapidocr": _rapid,
    "tesseract": _tesseract,
}

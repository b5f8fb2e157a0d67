"""Chooses the engine: the one asked for, or the best that is installed."""

from collections.abc import Callable, Mapping
from typing import Literal

from services.ocr.recogniser import Recogniser

EngineName = Literal["auto", "rapidocr", "tesseract"]


class NoEngine(RuntimeError):
    """No OCR engine is installed: scans wait until there is one."""


def choose_engine(name: EngineName = "auto", *, threads: int = 1) -> Recogniser:
    """Start the engine that was asked for; ``auto`` prefers RapidOCR and falls back on Tesseract."""
    wanted = list(_STARTERS) if name == "auto" else [name]
    reasons = []
    for each in wanted:
        try:
            return _STARTERS[each](threads)
        except (ImportError, OSError) as reason:
            reasons.append(f"{each}: {reason}")
    raise NoEngine("; ".join(reasons))


def _rapid(threads: int) -> Recogniser:
    from services.ocr.engines.rapid import RapidRecogniser  # an engine may be absent

    return RapidRecogniser(threads=threads)


def _tesseract(threads: int) -> Recogniser:
    del threads
    from services.ocr.engines.tesseract import TesseractRecogniser

    return TesseractRecogniser()


_STARTERS: Mapping[str, Callable[[int], Recogniser]] = {"rapidocr": _rapid, "tesseract": _tesseract}

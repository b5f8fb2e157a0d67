"""Engines and readers of scans that do what a test needs: answer at once, crash, garble."""

import numpy as np

from services.ocr.page_reading import read_page
from services.ocr.picture import Picture
from services.ocr.recogniser import LineReading
from shared.contracts.pages import UNCHANGED, Page


def fixed_page(number, reason="no_text_layer"):
    """A page as FixedReader reads it."""
    return Page(number, 595, 842, "ocr", reason, confidence=0.9, engine="double 1")


class FixedReader:
    """A PageReader that reads nothing from every page, and notes which it was asked for."""

    def __init__(self, version="double 1"):
        self.version = version
        self.asked = []

    def read_page(self, content, number, reason):
        self.asked.append(number)
        return fixed_page(number, reason)

    def close(self):
        pass


class CrashingReader(FixedReader):
    """A PageReader that fails on one page."""

    def __init__(self, *, on, fault):
        super().__init__()
        self._on = on
        self._fault = fault

    def read_page(self, content, number, reason):
        if number == self._on:
            raise self._fault
        return super().read_page(content, number, reason)


class CrashingEngine:
    """A Recogniser that fails on every line."""

    name = "crashing"
    version = "crashing 1"

    def read_lines(self, pictures):
        raise RuntimeError("crashed")


class GarblingEngine:
    """A Recogniser that reads the same nonsense on every line, and is not sure of it."""

    name = "garbling"
    version = "garbling 1"

    def __init__(self, text="□□", confidence=0.1):
        self._text = text
        self._confidence = confidence

    def read_lines(self, pictures):
        return [self._garbled(picture.shape[1]) for picture in pictures]

    def _garbled(self, width):
        count = len(self._text)
        edges = tuple(position * width / max(1, count) for position in range(count + 1))
        return LineReading(self._text, edges, (self._confidence,) * count)


def recognise_with_doubles(content, number, reason, *, engine) -> Page:
    """Read a page with one dark line by the engine of that name, as ``recognise_page`` would."""
    del content
    grey = np.full((300, 300), 255, np.uint8)
    for left in range(60, 240, 24):
        grey[100:120, left : left + 18] = 0
    doubles = {
        "crashing": CrashingEngine(),
        "garbling": GarblingEngine(),
        "steady": GarblingEngine("合计", confidence=0.95),
    }
    recogniser = doubles[engine]
    recogniser.version = f"{engine} 1"
    return read_page(Picture(grey, UNCHANGED, 200), recogniser, number=number, reason=reason)

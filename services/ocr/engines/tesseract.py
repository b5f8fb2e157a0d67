"""Tesseract through pytesseract: the fallback, and the second reader of amounts."""

import os

import cv2
import pytesseract

from services.ocr.picture import Pixels
from services.ocr.recogniser import LineReading

_LINE_HEIGHT = 64
_MARGIN = 10


class TesseractRecogniser:
    """
    Reads one line at a time, in Chinese and English.

    It knows no ≥ and ≤ and confuses full-width marks, which is why it is only the second
    reader; ``languages="eng"`` is the surer one for amounts.
    """

    name = "tesseract"

    def __init__(self, version: str, *, languages: str = "chi_sim+eng") -> None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        self.version = version
        self._languages = languages

    def read_line(self, grey: Pixels) -> LineReading:
        """Recognise a line; an empty picture gives empty text."""
        if min(grey.shape) < 2:
            return LineReading("", (0.0,), ())
        ratio = _LINE_HEIGHT / grey.shape[0]
        larger = cv2.resize(grey, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_CUBIC)
        framed = cv2.copyMakeBorder(
            larger, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=(255.0,)
        )
        found = pytesseract.image_to_data(
            framed, lang=self._languages, config="--psm 7", output_type=pytesseract.Output.DICT
        )
        return _reading(found, ratio)


def _reading(found: dict[str, list[object]], ratio: float) -> LineReading:
    """Share the width of each word evenly among its characters."""
    text, edges, confidences = "", [0.0], []
    columns = (found[name] for name in ("text", "left", "width", "conf"))
    for word, left, width, confidence in zip(*columns, strict=True):
        characters = str(word).strip()
        start, each = float(str(left)) - _MARGIN, float(str(width)) / max(1, len(characters))
        for position, character in enumerate(characters):
            text += character
            edges.append(max(edges[-1], (start + (position + 1) * each) / ratio))
            confidences.append(max(0.0, float(str(confidence)) / 100))
        if characters and len(text) == len(characters):
            edges[0] = max(0.0, start / ratio)
    return LineReading(text, tuple(edges), tuple(confidences))

"""Tesseract through pytesseract: the fallback, and the second reader."""

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import cv2
import pytesseract

from services.ocr.picture import Pixels
from services.ocr.recogniser import LineReading

_LINE_HEIGHT: Final = 64
_MARGIN: Final = 10
_NOTHING: Final = LineReading("", (0.0,), ())

Found = dict[str, list[object]]


class TesseractRecogniser:
    """
    Reads lines in Chinese and English.

    It knows no ≥ and ≤ and confuses full-width marks, which is why it is only the second
    reader. ``languages="eng"`` with ``only`` the characters that may occur is the surer one for amounts.
    """

    name = "tesseract"

    def __init__(self, version: str, *, languages: str = "chi_sim+eng", only: str = "") -> None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        self.version = version
        self._languages = languages
        self._options = "--psm 7" + (f" -c tessedit_char_whitelist={only}" if only else "")

    def read_lines(self, pictures: Sequence[Pixels]) -> list[LineReading]:
        """
        Recognise lines, all of them in one run; an empty picture gives empty text.

        To start the program takes longer than to read a line, so that it is given a list of files.
        """
        readings = [_NOTHING] * len(pictures)
        sizeable = [place for place, picture in enumerate(pictures) if min(picture.shape) >= 2]
        if not sizeable:
            return readings
        with TemporaryDirectory() as folder:
            names = [_saved(pictures[place], Path(folder, f"{place}.png")) for place in sizeable]
            listed = Path(folder, "lines.txt")
            listed.write_text("\n".join(names))
            found = pytesseract.image_to_data(
                str(listed),
                lang=self._languages,
                config=self._options,
                output_type=pytesseract.Output.DICT,
            )
        for page, place in enumerate(sizeable, start=1):
            readings[place] = _reading(_on(page, found), _LINE_HEIGHT / pictures[place].shape[0])
        return readings


def _saved(grey: Pixels, path: Path) -> str:
    ratio = _LINE_HEIGHT / grey.shape[0]
    larger = cv2.resize(grey, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_CUBIC)
    framed = cv2.copyMakeBorder(
        larger, _MARGIN, _MARGIN, _MARGIN, _MARGIN, cv2.BORDER_CONSTANT, value=(255.0,)
    )
    cv2.imwrite(str(path), framed)
    return str(path)


def _on(page: int, found: Found) -> list[tuple[object, ...]]:
    rows = zip(*(found[name] for name in ("text", "left", "width", "conf", "page_num")), strict=True)
    return [row for row in rows if int(str(row[4])) == page]


def _reading(words: list[tuple[object, ...]], ratio: float) -> LineReading:
    """Share the width of each word evenly among its characters."""
    text, edges, confidences = "", [0.0], []
    for word, left, width, confidence, _ in words:
        characters = str(word).strip()
        start, each = float(str(left)) - _MARGIN, float(str(width)) / max(1, len(characters))
        for position, character in enumerate(characters):
            text += character
            edges.append(max(edges[-1], (start + (position + 1) * each) / ratio))
            confidences.append(max(0.0, float(str(confidence)) / 100))
        if characters and len(text) == len(characters):
            edges[0] = max(0.0, start / ratio)
    return LineReading(text, tuple(edges), tuple(confidences))

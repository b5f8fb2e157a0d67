"""The second reader: figures of money are read once more by another engine."""

import os
import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, Protocol

import cv2
import numpy as np
import pytesseract

from services.ocr.marks import repair_amount
from services.ocr.picture import Pixels

_AMOUNT: Final = re.compile(r"-?\d[\d,]*\.\d{1,6}|-?\d{1,3}(,\d{3})+|-?\d{4,}")
_HEIGHT: Final = 48
_ROOM: Final = 24
_OPTIONS: Final = "--psm 6 -c tessedit_char_whitelist=0123456789.,-"
_LEAST_CONFIDENCE: Final = 40


class AmountReader(Protocol):
    """Reads pictures of amounts; an empty text where it cannot say. ``version`` names engine and model."""

    @property
    def version(self) -> str: ...
    def read_amounts(self, pictures: Sequence[Pixels]) -> list[str]: ...


class TesseractAmounts:
    """
    Tesseract with figures only: all amounts of a page in one call, below each other.

    One call for each would spend most of its time on starting the program.
    """

    def __init__(self, version: str) -> None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        self.version = version

    def read_amounts(self, pictures: Sequence[Pixels]) -> list[str]:
        """Read each picture; what Tesseract is not sure of is no reading."""
        if not pictures:
            return []
        strips = [_strip(picture) for picture in pictures]
        width = max(strip.shape[1] for strip in strips)
        column = np.vstack(
            [np.pad(s, ((0, 0), (0, width - s.shape[1])), constant_values=255) for s in strips]
        )
        found = pytesseract.image_to_data(
            column, lang="eng", config=_OPTIONS, output_type=pytesseract.Output.DICT
        )
        ends = list(accumulate(len(strip) for strip in strips))
        texts = [""] * len(pictures)
        for word, top, height, confidence in zip(
            *(found[name] for name in ("text", "top", "height", "conf")), strict=True
        ):
            if str(word).strip() and float(confidence) >= _LEAST_CONFIDENCE:
                texts[int(np.searchsorted(ends, top + height / 2))] += str(word).strip()
        return texts


def is_amount(text: str) -> bool:
    """Say whether a line is a figure that can be money: a year or a count of persons may be one too."""
    return bool(_AMOUNT.fullmatch(text.strip()))


def disagree(first: str, second: str) -> bool:
    """
    Say whether two readings are different amounts; commas and blanks are no difference.

    The second reader often takes a point for a comma, which is repaired as anywhere else.
    """
    return bool(second) and _bare(first) != _bare(repair_amount(second))


def _bare(amount: str) -> str:
    return re.sub(r"[,\s]", "", amount)


def _strip(picture: Pixels) -> Pixels:
    ratio = _HEIGHT / picture.shape[0]
    larger = cv2.resize(picture, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_CUBIC)
    return cv2.copyMakeBorder(larger, _ROOM, _ROOM, _ROOM, _ROOM, cv2.BORDER_CONSTANT, value=(255.0,))

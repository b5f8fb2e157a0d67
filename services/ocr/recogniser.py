"""The port to an OCR engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from services.ocr.picture import Pixels


@dataclass(frozen=True, slots=True)
class LineReading:
    """
    What an engine read on the picture of one line.

    ``edges`` are pixels from the picture's left edge, ``len(text) + 1`` of them;
    ``confidences`` one for each character, between 0 and 1.
    """

    text: str
    edges: tuple[float, ...]
    confidences: tuple[float, ...]

    @property
    def confidence(self) -> float:
        """The mean of its characters; 0 where nothing was read."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


class Recogniser(Protocol):
    """Reads pictures of one line of print each. ``version`` names engine and model."""

    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    def read_lines(self, pictures: Sequence[Pixels]) -> list[LineReading]: ...

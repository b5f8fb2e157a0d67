"""What OCR read on a page: its words where they stand, and how sure it was of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from services.search.documents.text_drawing import BASELINE
from shared.contracts.artifacts import RECOGNISED, SURVEY, ObjectStore, recognised_parts
from shared.contracts.pages import Page, Word, affine_near

DOUBTFUL_BELOW: Final = 0.9
_SAME_LINE: Final = 0.5


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word on the upright page that was read; ``Recognition.matrix`` brings it onto the page as shown."""

    text: str
    x: float
    top: float
    width: float
    height: float
    confidence: float | None

    @property
    def baseline(self) -> float:
        """The height at which its characters stand."""
        return round(self.top + self.height * BASELINE, 2)

    @property
    def is_doubtful(self) -> bool:
        """The engine was not sure of it."""
        return self.confidence is not None and self.confidence < DOUBTFUL_BELOW


@dataclass(frozen=True, slots=True)
class Recognition:
    """A recognised page: its words by line, from top to bottom, and what read it."""

    lines: tuple[tuple[ReadWord, ...], ...]
    matrix: str
    engine: str
    confidence: float | None

    @property
    def doubtful(self) -> int:
        """How many words the engine was not sure of."""
        return sum(word.is_doubtful for line in self.lines for word in line)


def find_recognition(store: ObjectStore, document_id: str, number: int) -> Recognition | None:
    """Load what OCR read on a page; None where it read nothing."""
    try:
        parts = recognised_parts(store, SURVEY.load(store, document_id)).get(number)
        return read_recognition(RECOGNISED.load(store, document_id, parts[-1])) if parts else None
    except KeyError:
        return None


def read_recognition(page: Page) -> Recognition:
    """Put the words of a page into lines."""
    return Recognition(
        lines=tuple(tuple(map(_shown, line)) for line in _lines(page.words)),
        matrix=" ".join(f"{number:g}" for number in affine_near(page.to_shown, page.width, page.height)),
        engine=page.engine,
        confidence=page.confidence,
    )


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    """Group words whose middles are close: scans are never quite level."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.box.middle, word.box.x0)):
        last = lines[-1][-1].box if lines else None
        if last and abs(last.middle - word.box.middle) < _SAME_LINE * max(last.height, word.box.height):
            lines[-1].append(word)
        elif word.text.strip():
            lines.append([word])
    return [sorted(line, key=lambda word: word.box.x0) for line in lines]


def _shown(word: Word) -> ReadWord:
    box = word.box
    return ReadWord(
        word.text,
        round(box.x0, 2),
        round(box.top, 2),
        round(max(box.width, 1.0), 2),
        round(max(box.height, 1.0), 2),
        word.confidence,
    )

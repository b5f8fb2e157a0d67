"""The second reader: figures of money, and what the first engine doubts, are read once more by another."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from services.ocr.marks import repair_amount
from services.ocr.picture import Pixels
from services.ocr.recogniser import LineReading, Recogniser

_AMOUNT: Final = re.compile(r"-?\d[\d,]*\.\d{1,6}|-?\d{1,3}(,\d{3})+|-?\d{4,}")
_SURE: Final = 0.8
_SURE_OF_ANOTHER: Final = 0.6
_WRITTEN: Final = re.compile(r"[0-9A-Za-z\u3400-\u9fff%.]")  # marks are where two engines always differ
_UNLIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class SecondReader:
    """Another engine, one with figures only and one for all that is printed."""

    amounts: Recogniser
    words: Recogniser

    @property
    def version(self) -> str:
        return self.words.version

    def other_readings(
        self, firsts: Sequence[LineReading], pictures: Sequence[Pixels]
    ) -> Iterator[tuple[int, str]]:
        """Give the place and the other reading of each line of which it makes something else."""
        amounts = [place for place, first in enumerate(firsts) if is_amount(first.text)]
        doubtful = [place for place, first in enumerate(firsts) if is_doubtful(first)]
        for place, second in _read(self.amounts, amounts, pictures):
            if differs_in_amount(firsts[place], second):
                yield place, second.text
        for place, second in _read(self.words, doubtful, pictures):
            if differs_where_doubted(firsts[place], second):
                yield place, second.text


def _read(
    recogniser: Recogniser, places: Sequence[int], pictures: Sequence[Pixels]
) -> Iterator[tuple[int, LineReading]]:
    yield from zip(places, recogniser.read_lines([pictures[place] for place in places]), strict=True)


def is_amount(text: str) -> bool:
    """Say whether a line is a figure that can be money: a year or a count of persons may be one too."""
    return bool(_AMOUNT.fullmatch(text.strip()))


def is_doubtful(first: LineReading) -> bool:
    """Say whether the engine was not sure of a letter or a figure; amounts are read again anyhow."""
    return not is_amount(first.text) and any(_doubts(first))


def differs_in_amount(first: LineReading, second: LineReading) -> bool:
    """
    Say whether two readings are different amounts; commas and blanks are no difference.

    The second reader often takes a point for a comma, which is repaired as anywhere else, and
    overlooks points and minus signs: where the figures are the same, those count that the first
    is sure of. What the second is not sure of itself is no reading.
    """
    if not second.text or second.confidence < _SURE_OF_ANOTHER:
        return False
    if _figures(first.text) == _figures(second.text) and min(first.confidences) >= _SURE:
        return False
    return _bare(first.text) != _bare(repair_amount(second.text))


def differs_where_doubted(first: LineReading, second: LineReading) -> bool:
    """
    Say whether the second reader made another letter or figure of what the first was not sure of.

    A reading that is quite unlike, or not sure itself, tells nothing.
    """
    matcher = SequenceMatcher(None, _folded(first.text), _folded(second.text), autojunk=False)
    if second.confidence < _SURE_OF_ANOTHER or matcher.ratio() < _UNLIKE:
        return False
    doubts = _doubts(first)
    changes = ((a, b) for kind, a, b, _, _ in matcher.get_opcodes() if kind == "replace")
    return any(any(doubts[start:end]) for start, end in changes)


def _doubts(first: LineReading) -> list[bool]:
    return [
        confidence < _SURE and bool(_WRITTEN.match(character))
        for character, confidence in zip(first.text, first.confidences, strict=True)
    ]


def _folded(text: str) -> str:
    """Forget widths, one character for each."""
    return "".join((unicodedata.normalize("NFKC", character) or character)[0] for character in text)


def _figures(amount: str) -> str:
    return re.sub(r"\D", "", amount)


def _bare(amount: str) -> str:
    return re.sub(r"[,\s]", "", amount)

"""Printed lines out of words."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from services.parse.passage import Passage, passage_of_word
from shared.contracts.pages import Word

_LATIN = re.compile(r"[0-9A-Za-z]")
_SAME_LINE_SHARE = 0.5
_BLANK_EMS = 1.0
_LATIN_BLANK_EMS = 0.15
_BLANK = Passage(" ", (None,))


def group_into_lines(words: Iterable[Word]) -> list[list[Word]]:
    """
    Group words into printed lines: lines top to bottom, words left to right.

    A word belongs to a line when their middles lie closer than half the taller one's height.
    Middles and not baselines, because digits of another font are at times set a little higher
    or lower than the words around them, and scans are never quite level.
    """
    lines: list[list[Word]] = []
    leader: Word | None = None
    for word in sorted(words, key=lambda word: (word.box.middle, word.box.x0)):
        if leader is None or not _share_line(leader, word):
            lines.append([word])
            leader = word
        else:
            lines[-1].append(word)
            leader = word if word.box.height > leader.box.height else leader
    return [sorted(line, key=lambda word: word.box.x0) for line in lines]


def _share_line(leader: Word, word: Word) -> bool:
    height = max(leader.box.height, word.box.height)
    return abs(word.box.middle - leader.box.middle) < _SAME_LINE_SHARE * height


def read_lines(words: Iterable[Word], page: int) -> tuple[Passage, ...]:
    """Read words as printed lines; a wide gap in a line is read as one blank."""
    return tuple(_passage(line, page) for line in group_into_lines(words))


def _passage(line: Sequence[Word], page: int) -> Passage:
    passage = passage_of_word(line[0], page)
    for before, word in pairwise(line):
        if _is_parted(before, word):
            passage = passage + _BLANK
        passage = passage + passage_of_word(word, page)
    return passage


def _is_parted(before: Word, word: Word) -> bool:
    em = min(before.box.height, word.box.height)
    gap = word.box.x0 - before.box.x1
    if gap >= _BLANK_EMS * em:
        return True
    return gap >= _LATIN_BLANK_EMS * em and bool(
        _LATIN.match(before.text[-1:]) and _LATIN.match(word.text[:1])
    )

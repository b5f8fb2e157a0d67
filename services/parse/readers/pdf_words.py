"""Words out of the runs of text that a PDF page draws."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import floor

from services.parse.readers.pdf_drawing import UNREADABLE, Clip, Point, Run
from services.parse.readers.pdf_sheet import Sheet
from shared.contracts.pages import Box, Word

# A glyph of a Chinese font fills its em square from 0.88 above the baseline to 0.12 below
# it. All fonts are boxed alike: what their descriptors say differs from font to font even
# on one line, and lines are told apart by these heights.
_LATIN = re.compile(r"[0-9A-Za-z]")
_ASCENT = 0.88
_DESCENT = 0.12
_SMALLEST_EM_POINTS = 1.5
_OVERLAP_EMS = 0.25
# Words of two cells may stand as close as their paddings together.
_JOIN_EMS = 0.2
_NARROW_BLANK_EMS = 0.75
_SAME_BASELINE_EMS = 0.1
_CELL_POINTS = 3
# Large pale letters across a page are a watermark: a table's own are small or dark. On A4 paper
# the share is 24 points.
_PALE = 0.6
_LARGE_SHARE = 0.04


@dataclass(slots=True)
class WordReading:
    """The words of a page, and how many characters were left out, by reason."""

    words: list[Word] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0
    readable: int = 0


@dataclass(frozen=True, slots=True)
class _Glyph:
    text: str
    left: float
    right: float
    baseline: float
    em: float


def read_words(runs: Iterable[Run], sheet: Sheet, fills: Iterable[Box]) -> WordReading:
    """Join the characters that can be seen on a page into words, in the order they are drawn."""
    reading = WordReading()
    areas = list(fills)
    seen = _Seen()
    windows: dict[Clip, Box] = {}
    open_word: list[_Glyph] = []
    for run in runs:
        reason = _why_left_out(run, sheet, areas)
        if reason:
            reading.left_out[reason] += len(run.text)
            continue
        window = windows.get(run.clip) or windows.setdefault(run.clip, sheet.window(run.clip))
        for glyph in _glyphs(run, sheet, window):
            if seen.again(glyph):
                reading.left_out["drawn_twice"] += 1
                continue
            _count(glyph, reading)
            if open_word and not _goes_on(open_word[-1], glyph):
                reading.words += _close(open_word)
                open_word = []
            if open_word or not glyph.text.isspace():
                open_word.append(glyph)
    reading.words += _close(open_word)
    return reading


def _why_left_out(run: Run, sheet: Sheet, fills: list[Box]) -> str | None:
    if run.is_hidden:
        return "hidden"
    if run.em < _SMALLEST_EM_POINTS:
        return "tiny"
    if not sheet.is_along_an_edge(run.direction):
        return "slanted"
    if run.paleness < _PALE or any(_holds(box, *sheet.place(run.origin)) for box in fills):
        return None
    if run.is_white:
        return "white"
    return "watermark" if run.em > _LARGE_SHARE * min(sheet.width, sheet.height) else None


def _holds(box: Box, x: float, top: float) -> bool:
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top <= top <= box.bottom


def _glyphs(run: Run, sheet: Sheet, window: Box) -> Iterator[_Glyph]:
    """Place each character on the sheet; one that stands on its side fills a square of its own."""
    is_level = sheet.is_level(run.direction)
    x, y = run.origin
    dx, dy = run.direction
    left_edge, top_edge = sheet.place(run.origin)
    for text, start, end in zip(run.text, run.starts, run.ends, strict=True):
        if is_level:
            glyph = _Glyph(text, left_edge + start, left_edge + end, top_edge, run.em)
        else:
            glyph = _standing(text, sheet.place(_middle(x, y, dx, dy, (start + end) / 2, run.em)), run.em)
        if _holds(window, (glyph.left + glyph.right) / 2, glyph.baseline - run.em / 3):
            yield glyph


def _middle(x: float, y: float, dx: float, dy: float, along: float, em: float) -> Point:
    above = em * (_ASCENT - _DESCENT) / 2
    return x + dx * along - dy * above, y + dy * along + dx * above


def _standing(text: str, middle: Point, em: float) -> _Glyph:
    x, top = middle
    return _Glyph(text, x - em / 2, x + em / 2, top + em * (_ASCENT - _DESCENT) / 2, em)


class _Seen:
    """
    Remembers the characters that were drawn.

    Bold is often drawn as the same character twice, a fraction of a point apart.
    """

    def __init__(self) -> None:
        self._places: dict[tuple[str, int, int], list[tuple[float, float]]] = {}

    def again(self, glyph: _Glyph) -> bool:
        """Say whether the character was drawn at this place before, and remember it."""
        if glyph.text.isspace():
            return False
        slack = min(max(glyph.em * 0.12, 0.6), 1.5)
        left, baseline = glyph.left, glyph.baseline
        rows = range(floor((baseline - slack) / _CELL_POINTS), floor((baseline + slack) / _CELL_POINTS) + 1)
        for column in range(floor((left - slack) / _CELL_POINTS), floor((left + slack) / _CELL_POINTS) + 1):
            for row in rows:
                for x, y in self._places.get((glyph.text, column, row), ()):
                    if abs(x - left) < slack and abs(y - baseline) < slack:
                        return True
        cell = glyph.text, floor(left / _CELL_POINTS), floor(baseline / _CELL_POINTS)
        self._places.setdefault(cell, []).append((left, baseline))
        return False


def _count(glyph: _Glyph, reading: WordReading) -> None:
    if glyph.text == UNREADABLE or unicodedata.category(glyph.text) == "Co":
        reading.unreadable += 1
    elif not glyph.text.isspace():
        reading.readable += 1


def _goes_on(before: _Glyph, glyph: _Glyph) -> bool:
    """Say whether a character stands right behind the one before it, on the same line."""
    em = min(before.em, glyph.em)
    if abs(before.baseline - glyph.baseline) > _SAME_BASELINE_EMS * em or before.em > glyph.em * 1.3:
        return False
    if glyph.text.isspace() and (before.text.isspace() or glyph.right - glyph.left > _NARROW_BLANK_EMS * em):
        return False
    return -_OVERLAP_EMS * em < glyph.left - before.right < _JOIN_EMS * em


def _close(glyphs: list[_Glyph]) -> list[Word]:
    """Make a word; blanks stay only between Latin letters or digits, where they part words."""
    kept = [
        glyph
        for index, glyph in enumerate(glyphs)
        if not glyph.text.isspace() or _parts_words(glyphs[index - 1 : index + 2])
    ]
    if not kept:
        return []
    top = min(glyph.baseline - _ASCENT * glyph.em for glyph in kept)
    bottom = max(glyph.baseline + _DESCENT * glyph.em for glyph in kept)
    edges = (*(glyph.left for glyph in kept), kept[-1].right)
    text = "".join(" " if glyph.text.isspace() else glyph.text for glyph in kept)
    return [Word(text, Box(min(edges), top, max(edges), bottom), edges)]


def _parts_words(glyphs: Sequence[_Glyph]) -> bool:
    return len(glyphs) == 3 and bool(_LATIN.match(glyphs[0].text) and _LATIN.match(glyphs[2].text))

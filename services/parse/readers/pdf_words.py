"""Words out of the runs of text that a PDF page draws."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from services.parse.readers.pdf_drawing import UNREADABLE, Point, Run
from services.parse.readers.pdf_sheet import Sheet, Windows
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
_CELL_POINTS = 8
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


# Not frozen: there is one for each character, and freezing would double the time to make it.
@dataclass(slots=True)
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
    windows = Windows(sheet)
    open_word: list[_Glyph] = []
    for run in runs:
        reason = _why_left_out(run, sheet, areas)
        if reason:
            reading.left_out[reason] += len(run.text)
            continue
        window = windows[run.clip]
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


def _glyphs(run: Run, sheet: Sheet, window: Box) -> list[_Glyph]:
    """Place on the sheet the characters that can be seen through a window."""
    glyphs = _level(run, sheet) if sheet.is_level(run.direction) else _standing(run, sheet)
    above = run.em / 3
    return [
        glyph for glyph in glyphs if _holds(window, (glyph.left + glyph.right) / 2, glyph.baseline - above)
    ]


def _level(run: Run, sheet: Sheet) -> list[_Glyph]:
    left, baseline = sheet.place(run.origin)
    return [
        _Glyph(text, left + start, left + end, baseline, run.em)
        for text, start, end in zip(run.text, run.starts, run.ends, strict=True)
    ]


def _standing(run: Run, sheet: Sheet) -> list[_Glyph]:
    """Give each character that stands on its side a square of its own."""
    em = run.em
    glyphs = []
    for text, start, end in zip(run.text, run.starts, run.ends, strict=True):
        x, top = sheet.place(_middle(*run.origin, *run.direction, (start + end) / 2, em))
        glyphs.append(_Glyph(text, x - em / 2, x + em / 2, top + em * (_ASCENT - _DESCENT) / 2, em))
    return glyphs


def _middle(x: float, y: float, dx: float, dy: float, along: float, em: float) -> Point:
    above = em * (_ASCENT - _DESCENT) / 2
    return x + dx * along - dy * above, y + dy * along + dx * above


class _Seen:
    """
    Remembers the characters that were drawn.

    Bold is often drawn as the same character twice, a fraction of a point apart.
    """

    def __init__(self) -> None:
        self._places: dict[tuple[str, float, float], list[tuple[float, float]]] = {}

    def again(self, glyph: _Glyph) -> bool:
        """Say whether the character was drawn at this place before, and remember it."""
        text, left, baseline = glyph.text, glyph.left, glyph.baseline
        if text.isspace():
            return False
        slack = min(max(glyph.em * 0.12, 0.6), 1.5)
        rows = _cells_near(baseline, slack)
        for column in _cells_near(left, slack):
            for row in rows:
                for x, y in self._places.get((text, column, row), ()):
                    if abs(x - left) < slack and abs(y - baseline) < slack:
                        return True
        cell = text, left // _CELL_POINTS, baseline // _CELL_POINTS
        self._places.setdefault(cell, []).append((left, baseline))
        return False


def _cells_near(place: float, slack: float) -> tuple[float, ...]:
    """Give the one or two cells that lie within some slack, which is less than a cell."""
    first, last = (place - slack) // _CELL_POINTS, (place + slack) // _CELL_POINTS
    return (first,) if first == last else (first, last)


def _count(glyph: _Glyph, reading: WordReading) -> None:
    if _is_unreadable(glyph.text):
        reading.unreadable += 1
    elif not glyph.text.isspace():
        reading.readable += 1


@lru_cache(maxsize=8192)
def _is_unreadable(character: str) -> bool:
    return character == UNREADABLE or unicodedata.category(character) == "Co"


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

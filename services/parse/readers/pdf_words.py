"""Words out of the runs of text that a PDF page draws."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from math import inf
from operator import attrgetter, itemgetter

from services.parse.readers.pdf_drawing import WHITE
from services.parse.readers.pdf_runs import UNREADABLE, Hand, Point, Run
from services.parse.readers.pdf_seals import find_seals
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
_PALE_REASONS = ("white", "watermark")
_LARGE_SHARE = 0.04


@dataclass(slots=True)
class WordReading:
    """The words of a page, and how many characters were left out, by reason."""

    words: list[Word] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0
    readable: int = 0


_Glyph = tuple[str, float, float, float, float]
"""
A character, its left and right edge, its baseline and its em.

A page has thousands: they stay bare tuples until they are joined into words.
"""


def read_words(runs: Iterable[Run], sheet: Sheet, fills: Iterable[Box]) -> WordReading:
    """Join the characters that can be seen on a page into words, in the order they are drawn."""
    reading = WordReading()
    areas = list(fills)
    runs = list(runs)
    seals = find_seals(runs, sheet)
    seen = _Seen()
    windows = Windows(sheet)
    open_word: list[_Glyph] = []
    for hand, written in groupby(runs, key=attrgetter("hand")):
        if reason := _why_left_out(hand, sheet):
            written = _sift(written, reason, sheet, areas, reading.left_out)
        elif seals and hand.is_red:
            written = _beside(written, seals, sheet, reading.left_out)
        visible = _glyphs(written, hand, sheet, windows[hand.clip])
        fresh = seen.first_time(visible, hand.em)
        reading.left_out["drawn_twice"] += len(visible) - len(fresh)
        _count(fresh, reading)
        for glyph in fresh:
            if open_word and not _goes_on(open_word[-1], glyph):
                reading.words += _close(open_word)
                open_word = []
            if open_word or not glyph[0].isspace():
                open_word.append(glyph)
    reading.words += _close(open_word)
    return reading


def _why_left_out(hand: Hand, sheet: Sheet) -> str | None:
    if hand.is_hidden:
        return "hidden"
    if hand.em < _SMALLEST_EM_POINTS:
        return "tiny"
    if not sheet.is_along_an_edge(hand.direction):
        return "slanted"
    if hand.paleness >= WHITE:
        return "white"
    is_large = hand.em > _LARGE_SHARE * min(sheet.width, sheet.height)
    return "watermark" if hand.paleness >= _PALE and is_large else None


def _sift(
    runs: Iterable[Run], reason: str, sheet: Sheet, fills: list[Box], left_out: Counter[str]
) -> Iterator[Run]:
    """Let through what of some runs can be read all the same: pale text on a fill."""
    for run in runs:
        if reason in _PALE_REASONS and any(_holds(box, *sheet.place(run.origin)) for box in fills):
            yield run
        else:
            left_out[reason] += len(run.text)


def _beside(runs: Iterable[Run], seals: Sequence[Box], sheet: Sheet, left_out: Counter[str]) -> Iterator[Run]:
    """Let through the red runs that are not part of a seal."""
    for run in runs:
        if any(_holds(seal, *sheet.place(run.origin)) for seal in seals):
            left_out["seal"] += len(run.text)
        else:
            yield run


def _holds(box: Box, x: float, top: float) -> bool:
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top <= top <= box.bottom


def _glyphs(runs: Iterable[Run], hand: Hand, sheet: Sheet, window: Box) -> list[_Glyph]:
    """Place on the sheet each character whose middle is seen through a window."""
    if not sheet.is_level(hand.direction):
        return _within(window, [glyph for run in runs for glyph in _standing(run, hand, sheet)])
    em = hand.em
    x0, x1, top, bottom = window.x0 - 1, window.x1 + 1, window.top, window.bottom
    glyphs: list[_Glyph] = []
    for run in runs:
        left, baseline = sheet.place(run.origin)
        if top <= baseline - em / 3 <= bottom:
            glyphs += [
                (text, begin, finish, baseline, em)
                for text, start, end in zip(run.text, run.starts, run.ends, strict=True)
                if x0 <= ((begin := left + start) + (finish := left + end)) / 2 <= x1
            ]
    return glyphs


def _standing(run: Run, hand: Hand, sheet: Sheet) -> Iterator[_Glyph]:
    """Give each character that stands on its side a square of its own."""
    em = hand.em
    for text, start, end in zip(run.text, run.starts, run.ends, strict=True):
        x, top = sheet.place(_middle(*run.origin, *hand.direction, (start + end) / 2, em))
        yield text, x - em / 2, x + em / 2, top + em * (_ASCENT - _DESCENT) / 2, em


def _middle(x: float, y: float, dx: float, dy: float, along: float, em: float) -> Point:
    above = em * (_ASCENT - _DESCENT) / 2
    return x + dx * along - dy * above, y + dy * along + dx * above


def _within(window: Box, glyphs: list[_Glyph]) -> list[_Glyph]:
    x0, x1, top, bottom = window.x0 - 1, window.x1 + 1, window.top, window.bottom
    return [
        glyph
        for glyph in glyphs
        if x0 <= (glyph[1] + glyph[2]) / 2 <= x1 and top <= glyph[3] - glyph[4] / 3 <= bottom
    ]


class _Seen:
    """
    Remembers the characters that were drawn.

    Bold is often drawn as the same character twice, a fraction of a point apart.
    """

    def __init__(self) -> None:
        self._bands: defaultdict[float, _Band] = defaultdict(_Band)

    def first_time(self, glyphs: list[_Glyph], em: float) -> list[_Glyph]:
        """Leave out those that were drawn at their place before, and remember the others."""
        slack = min(max(em * 0.12, 0.6), 1.5)
        fresh: list[_Glyph] = []
        for baseline, line in groupby(glyphs, key=itemgetter(3)):
            fresh += self._first_on_line(line, baseline, slack)
        return fresh

    def _first_on_line(self, line: Iterable[_Glyph], baseline: float, slack: float) -> list[_Glyph]:
        near = [self._bands[cell] for cell in _cells_near(baseline, slack)]
        own = self._bands[baseline // _CELL_POINTS]
        reach = max(band.reach for band in near) + slack
        fresh: list[_Glyph] = []
        for glyph in line:
            left = glyph[1]
            if left > reach or glyph[0].isspace() or not any(band.holds(glyph, slack) for band in near):
                fresh.append(glyph)
                own.drawn.append(glyph)
                reach = max(reach, left + slack)
        own.reach = max(own.reach, reach - slack)
        return fresh


class _Band:
    """
    The characters drawn in a level band across the sheet.

    Lines are drawn from left to right: what stands beyond the ``reach`` of a band was never drawn
    before, and in most of them nothing else is ever asked for.
    """

    def __init__(self) -> None:
        self.reach = -inf
        self.drawn: list[_Glyph] = []
        self._places: dict[tuple[str, float], list[Point]] = {}

    def holds(self, glyph: _Glyph, slack: float) -> bool:
        """Say whether a character was drawn at its place, or within some slack of it."""
        for text, left, _, baseline, _ in self.drawn:
            self._places.setdefault((text, left // _CELL_POINTS), []).append((left, baseline))
        self.drawn.clear()
        text, left, _, baseline, _ = glyph
        return any(
            abs(x - left) < slack and abs(y - baseline) < slack
            for column in _cells_near(left, slack)
            for x, y in self._places.get((text, column), ())
        )


def _cells_near(place: float, slack: float) -> tuple[float, ...]:
    """Give the one or two cells that lie within some slack, which is less than a cell."""
    first, last = (place - slack) // _CELL_POINTS, (place + slack) // _CELL_POINTS
    return (first,) if first == last else (first, last)


def _count(glyphs: list[_Glyph], reading: WordReading) -> None:
    texts = [glyph[0] for glyph in glyphs]
    unreadable = sum(map(_is_unreadable, texts))
    reading.unreadable += unreadable
    reading.readable += len(texts) - unreadable - sum(map(str.isspace, texts))


@lru_cache(maxsize=8192)
def _is_unreadable(character: str) -> bool:
    return character == UNREADABLE or unicodedata.category(character) == "Co"


def _goes_on(before: _Glyph, glyph: _Glyph) -> bool:
    """Say whether a character stands right behind the one before it, on the same line."""
    before_text, _, before_right, before_baseline, before_em = before
    text, left, right, baseline, own_em = glyph
    em = min(before_em, own_em)
    if abs(before_baseline - baseline) > _SAME_BASELINE_EMS * em or before_em > own_em * 1.3:
        return False
    if text.isspace() and (before_text.isspace() or right - left > _NARROW_BLANK_EMS * em):
        return False
    return -_OVERLAP_EMS * em < left - before_right < _JOIN_EMS * em


def _close(glyphs: list[_Glyph]) -> list[Word]:
    """Make a word; blanks stay only between Latin letters or digits, where they part words."""
    kept = [
        glyph
        for index, glyph in enumerate(glyphs)
        if not glyph[0].isspace() or _parts_words(glyphs[index - 1 : index + 2])
    ]
    if not kept:
        return []
    texts, lefts, rights, baselines, ems = zip(*kept, strict=True)
    levels = set(zip(baselines, ems, strict=True))
    top = min([baseline - _ASCENT * em for baseline, em in levels])
    bottom = max([baseline + _DESCENT * em for baseline, em in levels])
    edges = (*lefts, rights[-1])
    text = "".join([" " if text.isspace() else text for text in texts])
    return [Word(text, Box(min(edges), top, max(edges), bottom), edges)]


def _parts_words(glyphs: Sequence[_Glyph]) -> bool:
    return len(glyphs) == 3 and bool(_LATIN.match(glyphs[0][0]) and _LATIN.match(glyphs[2][0]))

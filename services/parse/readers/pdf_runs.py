"""Runs of text, as the text operators of a PDF page write them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot
from typing import Any

from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.utils import apply_matrix_pt, mult_matrix

UNREADABLE = "\ufffd"
_INVISIBLE_MODES = frozenset({3, 7})
_NUMBERS = (int, float)

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Clip = tuple[float, float, float, float] | None
"""Left, bottom, right and top of what can be seen; None where nothing is clipped."""
Glyphs = dict[int, tuple[str, float]]
"""What the codes of a font stand for, and how wide that is."""
_Written = tuple[str, Sequence[float], Sequence[float], float]
"""A text, where its characters begin and end, and where the next one would."""
_LONGEST_LABEL = 16
_MOST_KNOWN = 500


@dataclass(frozen=True, slots=True)
class Hand:
    """
    How text is written: the unit vector of its baseline, its size in points, its colour and where.

    Run after run is written in the same hand: what follows from it is found once for all of them.
    """

    direction: Point
    em: float
    paleness: float
    is_hidden: bool
    clip: Clip = None
    is_red: bool = False


# Not frozen: some programs draw each character as a run, and freezing would double its cost.
@dataclass(slots=True)
class Run:
    """
    Characters drawn by one operator, in points from the page's lower left corner.

    ``origin`` is the start of the baseline; ``starts`` and ``ends`` hold for each character
    the distances along it at which it begins and ends.
    """

    text: str
    origin: Point
    starts: Sequence[float]
    ends: Sequence[float]
    hand: Hand


class Pen:
    """Writes in one text state, in the words of the PDF reference."""

    def __init__(
        self,
        state: Any,
        page_matrix: Matrix,
        *,
        glyphs: Glyphs,
        paleness: float,
        clip: Clip,
        is_red: bool = False,
    ) -> None:
        self._font: PDFFont = state.font
        self._glyphs = glyphs
        self._page_matrix = page_matrix
        self._font_size = state.fontsize
        self._scaling = state.scaling * 0.01
        self._character_space = state.charspace * self._scaling
        self._word_space = 0 if state.font.is_multibyte() else state.wordspace * self._scaling
        self._per_thousand = 0.001 * state.fontsize * self._scaling
        self._rise = state.rise
        self._known: dict[bytes, _Written] = {}
        a, b, c, d, _, _ = mult_matrix(state.matrix, page_matrix)
        sign = -1 if state.fontsize < 0 else 1
        self._shape = a, b, c, d
        self._reach = sign * hypot(a, b)
        self._is_seen = bool(self._reach and state.fontsize)
        self._hand = Hand(
            direction=(a / self._reach, b / self._reach) if self._is_seen else (0.0, 0.0),
            em=abs(state.fontsize) * hypot(c, d),
            paleness=paleness,
            is_hidden=state.render in _INVISIBLE_MODES,
            clip=clip,
            is_red=is_red,
        )

    def write(self, seq: Iterable[object], state: Any, runs: list[Run]) -> None:
        """Add what one operator writes to the runs, and move on the text position."""
        if self._font.is_vertical():
            self._write_vertically(seq, state, runs)
        else:
            self._write_level(seq, state, runs)

    def _write_level(self, seq: Iterable[object], state: Any, runs: list[Run]) -> None:
        start, y = state.linematrix
        label = _label(seq) if start == 0 else None
        text, starts, ends, x = self._measure_once(label) if label else self._measure(seq, start)
        if text and self._is_seen:
            runs.append(Run(text, self._origin(state, start, y), starts, ends, self._hand))
        state.linematrix = x, y

    def _measure_once(self, label: bytes) -> _Written:
        written = self._known.get(label)
        if written is None:
            written = self._measure((label,), 0.0)
            if len(self._known) < _MOST_KNOWN:
                self._known[label] = written
        return written

    def _measure(self, seq: Iterable[object], start: float) -> _Written:
        glyphs, font, reach = self._glyphs, self._font, self._reach
        text: list[str] = []
        starts: list[float] = []
        ends: list[float] = []
        x = start
        space: float = 0  # before each but the first
        for part in seq:
            if isinstance(part, bytes):
                for code in font.decode(part):
                    x += space
                    character, width = glyphs.get(code) or _read_glyph(font, glyphs, code)
                    advance = width * self._font_size * self._scaling
                    text.append(character)
                    if len(character) == 1:
                        starts.append(reach * (x - start))
                        ends.append(reach * (x - start + advance))
                    else:
                        edges = [reach * edge for edge in _share(x - start, advance, len(character))]
                        starts += edges[:-1]
                        ends += edges[1:]
                    x += advance + (self._word_space if code == 32 else 0)
                    space = self._character_space
            elif isinstance(part, _NUMBERS):
                x -= part * self._per_thousand
                space = self._character_space
        return "".join(text), starts, ends, x

    def _write_vertically(self, seq: Iterable[object], state: Any, runs: list[Run]) -> None:
        """Write each character as a run of its own, because they stand below each other."""
        x, y = state.linematrix
        size = self._font_size
        for part in seq:
            if isinstance(part, _NUMBERS):
                y -= part * self._per_thousand
            elif isinstance(part, bytes):
                for code in self._font.decode(part):
                    text, width = self._glyphs.get(code) or _read_glyph(self._font, self._glyphs, code)
                    if self._is_seen:
                        origin = self._origin(state, x - size / 2, y - size * 0.88)
                        edges = [0.0] * len(text), [self._reach * size] * len(text)
                        runs.append(Run(text, origin, *edges, self._hand))
                    y += width * size + self._character_space
        state.linematrix = x, y

    def _origin(self, state: Any, x: float, y: float) -> Point:
        left, bottom = apply_matrix_pt(self._page_matrix, state.matrix[4:])
        (a, b, c, d), y = self._shape, y + self._rise
        return a * x + c * y + left, b * x + d * y + bottom


def _label(seq: Iterable[object]) -> bytes | None:
    """Find the one short text that is written: from a line's start, many pages write it all the same."""
    label = seq[0] if isinstance(seq, list) and len(seq) == 1 else None
    return label if isinstance(label, bytes) and len(label) <= _LONGEST_LABEL else None


def _read_glyph(font: PDFFont, glyphs: Glyphs, code: int) -> tuple[str, float]:
    try:
        text = font.to_unichr(code)
    except PDFUnicodeNotDefined:
        text = UNREADABLE
    if not isinstance(text, str) or not text or (ord(text[0]) < 32 and text not in "\t\n\r"):
        text = UNREADABLE
    glyphs[code] = text, font.char_width(code)
    return glyphs[code]


def _share(start: float, advance: float, letters: int) -> list[float]:
    """Give each letter of a ligature its part of the glyph: the edges between them."""
    part = advance / letters
    return [start + part * place for place in range(letters + 1)]

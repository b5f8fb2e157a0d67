"""What the drawing operators of a PDF page put on it: runs of text, paths and pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import hypot
from typing import Any
from weakref import WeakKeyDictionary

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, mult_matrix

UNREADABLE = "\ufffd"
_INVISIBLE_MODES = frozenset({3, 7})
_ADDITIVE_SPACES = frozenset({"DeviceGray", "DeviceRGB", "CalGray", "CalRGB", "ICCBased"})
_WHITE = 0.985
_NUMBERS = (int, float)

_Glyphs = dict[int, tuple[str, float]]
"""What the codes of a font stand for, and how wide that is."""

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Clip = tuple[float, float, float, float] | None
"""Left, bottom, right and top of what can be seen; None where nothing is clipped."""


@dataclass(slots=True)
class Run:
    """
    Characters drawn by one operator, in points from the page's lower left corner.

    ``origin`` is the start of the baseline, ``direction`` its unit vector; ``starts`` and
    ``ends`` hold for each character the distances along it at which it begins and ends.
    """

    text: str
    origin: Point
    direction: Point
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    em: float
    paleness: float
    is_hidden: bool
    clip: Clip = None

    @property
    def is_white(self) -> bool:
        return self.paleness >= _WHITE


@dataclass(slots=True)
class Path:
    """One subpath of straight lines, painted as a line or as an area."""

    points: tuple[Point, ...]
    line_width: float
    is_stroked: bool
    is_filled: bool
    clip: Clip = None


@dataclass(slots=True)
class Drawing:
    """All that one page draws, in its order."""

    runs: list[Run] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    pictures: list[tuple[Point, Point]] = field(default_factory=list)


class DrawingDevice(PDFDevice):
    """
    Collects what a page draws.

    pdfplumber's own objects say nothing of the text rendering mode (hidden text looks like
    any other) and cost a dictionary for each character; the device below keeps runs whole.
    """

    def __init__(self, resources: Any) -> None:
        super().__init__(resources)
        self.drawing = Drawing()
        self.clip: Clip = None
        self._glyphs: WeakKeyDictionary[PDFFont, _Glyphs] = WeakKeyDictionary()

    @property
    def _matrix(self) -> Matrix:
        """The matrix in force: pdfminer sets one before it draws anything."""
        return self.ctm or MATRIX_IDENTITY

    def render_string(self, textstate: Any, seq: Iterable[object], ncs: Any, graphicstate: Any) -> None:
        """Take in the operand of one text operator, and move on the text position."""
        pen = _Pen(textstate, mult_matrix(textstate.matrix, self._matrix))
        look = (_paleness(graphicstate.ncolor, ncs), textstate.render in _INVISIBLE_MODES)
        if textstate.font.is_vertical():
            self._draw_vertically(pen, seq, look)
        else:
            self._draw(pen, seq, look)
        textstate.linematrix = (pen.x, pen.y)

    def _draw(self, pen: "_Pen", seq: Iterable[object], look: tuple[float, bool]) -> None:
        start = pen.x
        text, starts, ends = self._write(pen, seq)
        self._add(pen, (start, pen.y), "".join(text), starts, ends, look)

    def _write(self, pen: "_Pen", seq: Iterable[object]) -> tuple[list[str], list[float], list[float]]:
        """Give what the pen writes, and from its start where each character begins and ends."""
        glyphs, font, font_size, scaling = self._glyphs_of(pen.font), pen.font, pen.font_size, pen.scaling
        text: list[str] = []
        starts: list[float] = []
        ends: list[float] = []
        start = x = pen.x
        space: float = 0  # before each but the first
        for part in seq:
            if isinstance(part, bytes):
                for code in font.decode(part):
                    x += space
                    character, width = glyphs.get(code) or _read_glyph(font, glyphs, code)
                    advance = width * font_size * scaling
                    text.append(character)
                    if len(character) == 1:
                        starts.append(x - start)
                        ends.append(x - start + advance)
                    else:
                        edges = _share(x - start, advance, len(character))
                        starts += edges[:-1]
                        ends += edges[1:]
                    x += advance + (pen.word_space if code == 32 else 0)
                    space = pen.character_space
            elif isinstance(part, _NUMBERS):
                x -= part * pen.per_thousand
                space = pen.character_space
        pen.x = x
        return text, starts, ends

    def _draw_vertically(self, pen: "_Pen", seq: Iterable[object], look: tuple[float, bool]) -> None:
        """Draw each character as a run of its own, because they stand below each other."""
        glyphs = self._glyphs_of(pen.font)
        for part in seq:
            if isinstance(part, _NUMBERS):
                pen.y -= part * pen.per_thousand
            elif isinstance(part, bytes):
                for code in pen.font.decode(part):
                    character, width = glyphs.get(code) or _read_glyph(pen.font, glyphs, code)
                    start = pen.x - pen.font_size / 2, pen.y - pen.font_size * 0.88
                    count = len(character)
                    self._add(pen, start, character, [0.0] * count, [pen.font_size] * count, look)
                    pen.y += width * pen.font_size + pen.character_space

    def _add(
        self,
        pen: "_Pen",
        start: Point,
        text: str,
        starts: list[float],
        ends: list[float],
        look: tuple[float, bool],
    ) -> None:
        if not text:
            return
        a, b, c, d, _, _ = pen.matrix
        stretch = hypot(a, b)
        if not stretch or not pen.font_size:
            return
        sign = -1 if pen.font_size < 0 else 1
        reach = sign * stretch
        self.drawing.runs.append(
            Run(
                text,
                apply_matrix_pt(pen.matrix, (start[0], start[1] + pen.rise)),
                (sign * a / stretch, sign * b / stretch),
                tuple([reach * offset for offset in starts]),
                tuple([reach * offset for offset in ends]),
                abs(pen.font_size) * hypot(c, d),
                *look,
                self.clip,
            )
        )

    def _glyphs_of(self, font: PDFFont) -> "_Glyphs":
        glyphs = self._glyphs.get(font)
        if glyphs is None:
            glyphs = self._glyphs[font] = {}
        return glyphs

    def narrow_clip(self, clip: Clip) -> None:
        """Let nothing outside these bounds be seen either."""
        if clip and self.clip:
            left, bottom, right, top = self.clip
            clip = max(left, clip[0]), max(bottom, clip[1]), min(right, clip[2]), min(top, clip[3])
        self.clip = clip or self.clip

    def paint_path(
        self, graphicstate: Any, stroke: bool, fill: bool, _evenodd: bool, path: Sequence[Any]
    ) -> None:
        """Take in a painted path, each subpath by itself; what is white is not there."""
        stroke = stroke and _paleness(graphicstate.scolor, graphicstate.scs) < _WHITE
        fill = fill and _paleness(graphicstate.ncolor, graphicstate.ncs) < _WHITE
        if not (stroke or fill):
            return
        a, b, _, _, _, _ = self._matrix
        width = graphicstate.linewidth * hypot(a, b)
        for points in _subpaths(path, self._matrix):
            self.drawing.paths.append(Path(points, width, stroke, fill, self.clip))

    def render_image(self, _name: str, _stream: Any) -> None:
        """Take in where a picture lies: PDF draws them into the unit square."""
        corners = [apply_matrix_pt(self._matrix, corner) for corner in ((0, 0), (1, 0), (0, 1), (1, 1))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        self.drawing.pictures.append(((min(xs), min(ys)), (max(xs), max(ys))))


class _Pen:
    """The text state of one operator, in the words of the PDF reference."""

    def __init__(self, state: Any, matrix: Matrix) -> None:
        self.matrix = matrix
        self.font = state.font
        self.font_size = state.fontsize
        self.scaling = state.scaling * 0.01
        self.character_space = state.charspace * self.scaling
        self.word_space = 0 if state.font.is_multibyte() else state.wordspace * self.scaling
        self.rise = state.rise
        self.per_thousand = 0.001 * state.fontsize * self.scaling
        self.x, self.y = state.linematrix


def _read_glyph(font: PDFFont, glyphs: _Glyphs, code: int) -> tuple[str, float]:
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


def bounds(path: Sequence[Any], matrix: Matrix) -> Clip:
    """Find the bounds of a path; None where it has none."""
    points = [point for subpath in _subpaths(path, matrix) for point in subpath]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _subpaths(path: Sequence[Any], matrix: Matrix) -> list[tuple[Point, ...]]:
    found: list[list[Point]] = []
    for operator, *numbers in path:
        if operator == "m":
            found.append([])
        elif not found:
            return []
        if operator == "h":
            found[-1].append(found[-1][0])
        else:
            # The last point of a curve is where it ends; its control points are not on it.
            found[-1].append(apply_matrix_pt(matrix, (numbers[-2], numbers[-1])))
    return [tuple(points) for points in found if len(points) > 1]


def _paleness(colour: Any, space: Any) -> float:
    """Say how near to white a colour is, from 0 to 1: by the least of its lights, or the most of its inks."""
    return _paleness_in(tuple(colour) if isinstance(colour, list) else colour, space.name)


@lru_cache(maxsize=1024)
def _paleness_in(colour: Any, space_name: str) -> float:
    parts = colour if isinstance(colour, tuple) else (colour,)
    if not all(isinstance(part, int | float) for part in parts):
        return 0.0
    if len(parts) == 4:
        return 1.0 - float(max(parts))
    if len(parts) == 1 and space_name not in _ADDITIVE_SPACES:
        return 0.0  # one part of a named ink is how much of it there is
    return float(min(parts, default=0.0))

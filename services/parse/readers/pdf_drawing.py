"""What the drawing operators of a PDF page put on it: runs of text, paths and pictures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import hypot
from typing import Any
from weakref import WeakKeyDictionary

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdffont import PDFFont
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt

from services.parse.readers.pdf_runs import Clip, Glyphs, Matrix, Pen, Point, Run

_ADDITIVE_SPACES = frozenset({"DeviceGray", "DeviceRGB", "CalGray", "CalRGB", "ICCBased"})
WHITE = 0.985
_RED = 0.6
_MOST_PENS = 256


@dataclass(frozen=True, slots=True)
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
        self._glyphs: WeakKeyDictionary[PDFFont, Glyphs] = WeakKeyDictionary()
        self._pens: dict[tuple[object, ...], Pen] = {}

    @property
    def _matrix(self) -> Matrix:
        """The matrix in force: pdfminer sets one before it draws anything."""
        return self.ctm or MATRIX_IDENTITY

    def render_string(self, textstate: Any, seq: Iterable[object], ncs: Any, graphicstate: Any) -> None:
        """Take in the operand of one text operator, and move on the text position."""
        pen = self._pen_in(textstate, *_tone(graphicstate.ncolor, ncs))
        pen.write(seq, textstate, self.drawing.runs)

    def _pen_in(self, state: Any, paleness: float, is_red: bool) -> Pen:
        """Give the pen for a text state: most often one that has written before."""
        spaces = state.charspace, state.wordspace, state.rise
        size = state.fontsize, state.scaling, state.matrix[:4], self.ctm
        key = state.font, size, spaces, state.render, paleness, is_red, self.clip
        pen = self._pens.get(key)
        if pen is None:
            if len(self._pens) >= _MOST_PENS:
                self._pens.clear()
            glyphs = self._glyphs.setdefault(state.font, {})
            pen = Pen(state, self._matrix, glyphs=glyphs, paleness=paleness, clip=self.clip, is_red=is_red)
            self._pens[key] = pen
        return pen

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
        stroke = stroke and _paleness(graphicstate.scolor, graphicstate.scs) < WHITE
        fill = fill and _paleness(graphicstate.ncolor, graphicstate.ncs) < WHITE
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
    return _tone(colour, space)[0]


def _tone(colour: Any, space: Any) -> tuple[float, bool]:
    """Say how near to white a colour is, and whether it is red."""
    plain = tuple(colour) if isinstance(colour, list) else colour
    return _paleness_in(plain, space.name), _is_red(plain)


@lru_cache(maxsize=1024)
def _is_red(colour: Any) -> bool:
    if not isinstance(colour, tuple) or not all(isinstance(part, int | float) for part in colour):
        return False
    if len(colour) == 3:
        return bool(colour[0] >= _RED and max(colour[1:]) <= 1 - _RED)
    return len(colour) == 4 and min(colour[1:3]) >= _RED and max(colour[0], colour[3]) <= 1 - _RED


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

"""Pages of words and ruling lines: the same whether they come from a text layer or from OCR."""

from dataclasses import dataclass
from typing import Literal

PageSource = Literal["text", "ocr", "none"]

Affine = tuple[float, float, float, float, float, float]
"""Maps (x, y) to (a·x + c·y + e, b·x + d·y + f), given as (a, b, c, d, e, f)."""

Projection = tuple[float, float, float, float, float, float, float, float]
"""An affine map whose outcome is divided by g·x + h·y + 1: paper that was photographed at an angle."""

PageMap = Projection | Affine

UNCHANGED: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def compose(first: PageMap, then: PageMap) -> PageMap:
    """Give the map that applies ``first`` and then ``then``."""
    a, b, c, d, e, f, g, h = _eight(first)
    ta, tb, tc, td, te, tf, tg, th = _eight(then)
    over = tg * e + th * f + 1
    affine = (
        (ta * a + tc * b + te * g) / over,
        (tb * a + td * b + tf * g) / over,
        (ta * c + tc * d + te * h) / over,
        (tb * c + td * d + tf * h) / over,
        (ta * e + tc * f + te) / over,
        (tb * e + td * f + tf) / over,
    )
    if len(first) == len(then) == len(affine):
        return affine
    return (*affine, (tg * a + th * b + g) / over, (tg * c + th * d + h) / over)


def apply(mapped: PageMap, x: float, y: float) -> tuple[float, float]:
    """Map one point."""
    a, b, c, d, e, f, g, h = _eight(mapped)
    over = g * x + h * y + 1
    return (a * x + c * y + e) / over, (b * x + d * y + f) / over


def affine_near(mapped: PageMap, width: float, height: float) -> Affine:
    """Give the affine map that does nearly the same on a page of this size: exact in three corners."""
    e, f = apply(mapped, 0, 0)
    right, down = apply(mapped, width, 0), apply(mapped, 0, height)
    return (
        (right[0] - e) / width,
        (right[1] - f) / width,
        (down[0] - e) / height,
        (down[1] - f) / height,
        e,
        f,
    )


def _eight(mapped: PageMap) -> Projection:
    return mapped if len(mapped) == 8 else (*mapped, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left corner of the page as shown."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height at which the rectangle's centre lies."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The distance of the rectangle's centre from the page's left edge."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Word:
    """
    A run of characters printed side by side on one baseline.

    ``edges`` holds the left edge of each character and, last, the right edge of the last
    one (``len(text) + 1`` numbers), so that a field inside a run can be boxed exactly.
    ``confidence`` lies between 0 and 1, and is None for text that was not recognised; it is that of
    the least sure character, and ``confidences`` those of all of them, where the engine tells them.
    ``read_as`` is what the engine read where a declared rule changed a mark after it.
    """

    text: str
    box: Box
    edges: tuple[float, ...]
    confidence: float | None = None
    read_as: str | None = None
    confidences: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line: a thin rectangle, horizontal when it is wider than high."""

    box: Box

    @property
    def is_horizontal(self) -> bool:
        return self.box.width >= self.box.height


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A stretch of a page of which a second reader made something else, on the page that was read."""

    box: Box
    first: str
    second: str
    second_reader: str


@dataclass(frozen=True, slots=True)
class Page:
    """
    One page as shown to a reader: words in no promised order, and rules.

    ``source`` says where the words come from, ``reason`` why (a code such as ``text_layer``
    or ``no_text_layer``), ``rotation`` by how many degrees (clockwise) the page was turned to be read.

    Words and rules lie on the upright, level page that was read; ``to_shown`` maps them to the
    page as shown. Of a text page the two are one unless its text is printed on its side.

    ``engine`` names the engines and models that read it. ``distrusted_text`` is the text layer
    that was not believed, kept as a second reading. ``photograph_size`` is given of paper that was cut
    out of a photograph: the page as shown is larger than the paper.
    """

    number: int
    width: float
    height: float
    source: PageSource
    reason: str
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    confidence: float | None = None
    rotation: int = 0
    to_shown: PageMap = UNCHANGED
    engine: str = ""
    disagreements: tuple[Disagreement, ...] = ()
    distrusted_text: str = ""
    photograph_size: tuple[float, float] | None = None

    @property
    def shown_size(self) -> tuple[float, float]:
        """Width and height of the page as shown: a page that lay on its side was turned to be read."""
        if self.photograph_size:
            return self.photograph_size
        lies = self.to_shown != UNCHANGED and self.rotation % 180 == 90
        return (self.height, self.width) if lies else (self.width, self.height)

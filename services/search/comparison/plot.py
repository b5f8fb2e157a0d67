"""A bar chart as numbers for an SVG: where each bar, label and line stands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Final

from services.search.comparison.distribution import Bar, Sense

WIDTH: Final = 960.0
HEIGHT: Final = 300.0
LEFT, RIGHT, TOP, BOTTOM = 46.0, 8.0, 22.0, 34.0
_SENSES: Final[tuple[Sense, ...]] = ("at_least", "exactly", "at_most")
_LINES: Final = 5


@dataclass(frozen=True, slots=True)
class Block:
    """The part of a bar that has one sense."""

    sense: Sense
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A bar as drawn."""

    bar: Bar
    x: float
    width: float
    top: float
    label: str
    blocks: tuple[Block, ...]

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Plot:
    """All bars, and the horizontal lines with their counts."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[float, int], ...]
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    floor: float = HEIGHT - BOTTOM


def draw(bars: Sequence[Bar]) -> Plot:
    """Lay the bars out; none gives an empty plot."""
    most = max((bar.total for bar in bars), default=0)
    if not most:
        return Plot((), ())
    step = _round_step(most / _LINES)
    ceiling = step * -(-most // step)
    scale = (HEIGHT - TOP - BOTTOM) / ceiling
    pitch = (WIDTH - LEFT - RIGHT) / len(bars)
    columns = tuple(_column(bar, LEFT + pitch * place, pitch, scale) for place, bar in enumerate(bars))
    lines = tuple((HEIGHT - BOTTOM - number * scale, number) for number in range(0, ceiling + 1, step))
    return Plot(columns, lines)


def _round_step(least: float) -> int:
    """Give the first of 1, 2, 5, 10, 20, 50 … that is not below it: people read round numbers."""
    rounds: Iterator[int] = (digit * 10**power for power in count() for digit in (1, 2, 5))
    return next(step for step in rounds if step >= least)


def _column(bar: Bar, x: float, pitch: float, scale: float) -> Column:
    width = min(pitch * 0.72, 54.0)
    blocks, y = [], HEIGHT - BOTTOM
    for sense in _SENSES:
        height = bar.counts.get(sense, 0) * scale
        y -= height
        if height:
            blocks.append(Block(sense, round(y, 2), round(height, 2)))
    left = round(x + (pitch - width) / 2, 2)
    return Column(bar, left, round(width, 2), round(y, 2), label_of(bar), tuple(blocks))


def label_of(bar: Bar) -> str:
    """Write a figure shortly; a range by its lower end."""
    return short(bar.low)


def short(figure: Decimal) -> str:
    """Write a figure without needless zeros, large ones in 万 and 亿."""
    for power, sign in ((8, "亿"), (4, "万")):
        if abs(figure) >= Decimal(1).scaleb(power):
            return f"{_plain(figure.scaleb(-power))}{sign}"
    return _plain(figure)


def _plain(figure: Decimal) -> str:
    text = f"{figure:.4f}"
    return text.rstrip("0").rstrip(".")

"""Blocks: lines of print set close below each other, the text of one cell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.parse.passage import join_lines
from services.parse.tables.lines import group_into_lines, read_lines
from shared.contracts.pages import Word

_SAME_GAP_POINTS = 0.3
_WIDEST_LINE_GAP_EMS = 1.2


@dataclass(frozen=True, slots=True)
class Block:
    """Words of one cell with what they cover of the page."""

    words: tuple[Word, ...]
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def em(self) -> float:
        return max(word.box.height for word in self.words)

    @property
    def text(self) -> str:
        return join_lines(read_lines(self.words, 0)).text

    @property
    def lines(self) -> list[list[Word]]:
        return group_into_lines(self.words)

    @property
    def is_upright(self) -> bool:
        """Lines of one character each are set in the middle of a cell, whatever other text is."""
        return len(self.words) > 1 and all(len(word.text) == 1 for word in self.words)

    def is_beside(self, other: "Block") -> bool:
        """Say whether two blocks share a stretch of height."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared > 0.2 * min(self.em, other.em)


def block_of(words: Iterable[Word]) -> Block:
    """Make one block of words."""
    members = tuple(words)
    return Block(
        members,
        min(word.box.x0 for word in members),
        min(word.box.top for word in members),
        max(word.box.x1 for word in members),
        max(word.box.bottom for word in members),
    )


def stack(words: Iterable[Word], widest: float) -> list[Block]:
    """Join the lines of one column into blocks: those with no more white between them than ``widest``."""
    blocks: list[list[Word]] = []
    bottom = 0.0
    for line in group_into_lines(words):
        if blocks and min(word.box.top for word in line) - bottom <= widest + _SAME_GAP_POINTS:
            blocks[-1] += line
        else:
            blocks.append(list(line))
        bottom = max(word.box.bottom for word in line)
    return [block_of(members) for members in blocks]


def line_gaps(columns: Iterable[Sequence[Word]], em: float) -> list[float]:
    """List how much white there may be between two lines of a cell, the least first; -em parts all lines."""
    found = sorted(gap for words in columns for gap in _gaps(words) if gap <= _WIDEST_LINE_GAP_EMS * em)
    distinct: list[float] = [-em]
    for gap in found:
        if gap - distinct[-1] > _SAME_GAP_POINTS:
            distinct.append(gap)
    return distinct


def _gaps(words: Sequence[Word]) -> Iterator[float]:
    for above, below in pairwise(group_into_lines(words)):
        yield min(word.box.top for word in below) - max(word.box.bottom for word in above)

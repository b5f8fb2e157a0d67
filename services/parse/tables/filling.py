"""Which words stand in which cell of a lattice."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from services.parse.tables.lattice import Lattice, Region
from shared.contracts.pages import Box, Word

# A rule this close to the edge between two characters parts them; nearer to a character's
# middle it is a text that runs over its cell.
_BETWEEN_EMS = 0.08
_PADDING_POINTS = 7.0


@dataclass(slots=True)
class Filling:
    """The words of each region of a lattice, and those that stand in none."""

    words: dict[Region, list[Word]] = field(default_factory=dict)
    outside: list[Word] = field(default_factory=list)


def fill(lattice: Lattice, words: Iterable[Word]) -> Filling:
    """Put words into cells by the centres of their characters."""
    filling = Filling(words={region: [] for region in lattice.regions})
    regions = {
        (row, column): region
        for region in lattice.regions
        for row in range(region.row, region.row + region.row_span)
        for column in range(region.column, region.column + region.column_span)
    }
    for word in words:
        for region, part in _place(word, lattice, regions):
            (filling.outside if region is None else filling.words[region]).append(part)
    return filling


_Regions = dict[tuple[int, int], Region]


def _place(word: Word, lattice: Lattice, regions: _Regions) -> list[tuple[Region | None, Word]]:
    centres, middle = _centres(word), word.box.middle
    first, last = (_region_at(lattice, regions, centres[end], middle) for end in (0, -1))
    if first is last:
        return [(first, word)]
    holders = [_region_at(lattice, regions, x, middle) for x in centres]
    if word.confidence is None and _runs_over(word, lattice, holders):
        return [(_owner(word, lattice, holders), word)]
    return _split(word, holders)


def _centres(word: Word) -> list[float]:
    return [(left + right) / 2 for left, right in zip(word.edges, word.edges[1:], strict=False)]


def _region_at(lattice: Lattice, regions: _Regions, x: float, top: float) -> Region | None:
    return regions[lattice.position(x, top)] if lattice.holds(x, top) else None


def _runs_over(word: Word, lattice: Lattice, holders: list[Region | None]) -> bool:
    """
    Say whether a word is one text that runs over the rule of its cell.

    What is drawn without a gap across a rule was never meant to be parted there, unless the
    rule falls just between two characters.
    """
    slack = _BETWEEN_EMS * word.box.height
    edges = [word.edges[i + 1] for i in range(len(holders) - 1) if holders[i] is not holders[i + 1]]
    return any(min(abs(edge - x) for x in lattice.xs) > slack for edge in edges)


def _owner(word: Word, lattice: Lattice, holders: list[Region | None]) -> Region | None:
    """Find the cell a text belongs to: where it is set flush left, else flush right, else centred."""
    first, last = holders[0], holders[-1]
    if first and word.box.x0 - lattice.outline(first).x0 <= _PADDING_POINTS:
        return first
    if last and lattice.outline(last).x1 - word.box.x1 <= _PADDING_POINTS:
        return last
    return holders[len(holders) // 2]


def _split(word: Word, holders: list[Region | None]) -> list[tuple[Region | None, Word]]:
    parts: list[tuple[Region | None, Word]] = []
    start = 0
    for _, members in groupby(holders, key=id):
        end = start + len(list(members))
        parts.append((holders[start], cut(word, start, end)))
        start = end
    return parts


def cut(word: Word, start: int, end: int) -> Word:
    """Take some characters out of a word."""
    edges = word.edges[start : end + 1]
    box = Box(min(edges), word.box.top, max(edges), word.box.bottom)
    read_as = (
        word.read_as[start:end] if word.read_as and len(word.read_as) == len(word.text) else word.read_as
    )
    return replace(word, text=word.text[start:end], box=box, edges=edges, read_as=read_as)

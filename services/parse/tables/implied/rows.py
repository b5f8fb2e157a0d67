"""Rows of indicators: blocks whose middles, or tops, stand at one height in all columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from services.parse.tables.implied.blocks import Block

Setting = Literal["middle", "top"]

_SAME_HEIGHT_EMS = 0.25
_FEWEST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """
    A row by its highest cell; its cells by the number of their column.

    ``above`` and ``below`` say how much more white there is than the padding of all rows: a
    merged cell beside it needed the room. A sum has no cells here: name and money
    stand beside. A rest is of the last row of the page before.
    """

    top: float
    bottom: float
    cells: dict[int, Block]
    page: int = 0
    is_sum: bool = False
    is_rest: bool = False
    above: float = 0.0
    below: float = 0.0

    @property
    def upper(self) -> float:
        return self.top - self.above

    @property
    def lower(self) -> float:
        return self.bottom + self.below


def align(columns: Sequence[Sequence[Block]], page: int = 0) -> list[Row] | None:
    """
    Put the blocks of columns into rows; None where two of a column stand in one row.

    Blocks that share a stretch of height are of one row.
    """
    placed = sorted(
        ((b, index) for index, found in enumerate(columns) for b in found), key=lambda each: each[0].top
    )
    rows: list[list[tuple[Block, int]]] = []
    for block, index in placed:
        if rows and any(block.is_beside(other) for other, _ in rows[-1]):
            rows[-1].append((block, index))
        else:
            rows.append([(block, index)])
    if any(len({index for _, index in row}) < len(row) for row in rows):
        return None
    return [_row(row, page) for row in rows]


def _row(members: Sequence[tuple[Block, int]], page: int) -> Row:
    blocks = [block for block, _ in members]
    cells = {index: block for block, index in members}
    return Row(min(block.top for block in blocks), max(block.bottom for block in blocks), cells, page)


def settings_of(rows: Sequence[Row]) -> list[Setting]:
    """Say whether all cells of a row share their middle or their top: both, where each has one line."""
    shared: list[Setting] = []
    rows = [row for row in rows if row.cells]
    if all(_is_even(row, [block.middle for block in row.cells.values()]) for row in rows):
        shared.append("middle")
    if all(_is_even(row, [block.top for block in row.cells.values()]) for row in rows):
        shared.append("top")
    return shared


def _is_even(row: Row, heights: Sequence[float]) -> bool:
    em = min(block.em for block in row.cells.values())
    return max(heights) - min(heights) <= _SAME_HEIGHT_EMS * em


def with_slack(rows: Sequence[Row], setting: Setting) -> list[Row]:
    """
    Find the rows that are higher than their text.

    The white between two rows is the padding of both and what they have more; the least white
    is padding alone. Text set at the top has all that below it.
    """
    if len(rows) < _FEWEST_ROWS:
        return list(rows)
    whites = [below.top - above.bottom for above, below in pairwise(rows)]
    more = [white - min(whites) for white in whites]
    if setting == "top":
        return [replace(row, below=below) for row, below in zip(rows, [*more, 0.0], strict=True)]
    slacks = _even(more)
    return [replace(row, above=slack, below=slack) for row, slack in zip(rows, slacks, strict=True)]


def _even(more: Sequence[float]) -> list[float]:
    """
    Part the white between rows into that of the one above and that of the one below.

    It is the same above and below each row, and nowhere below nothing; of what remains
    possible it is the least.
    """
    offsets = [0.0]
    for white in more:
        offsets.append(white - offsets[-1])
    signs = [(-1) ** index for index in range(len(offsets))]
    pairs = list(zip(offsets, signs, strict=True))
    low = max(-offset for offset, sign in pairs if sign > 0)
    high = min(offset for offset, sign in pairs if sign < 0)
    first = max(low, min(high, -sum(offset * sign for offset, sign in pairs) / len(pairs)))
    return [max(0.0, offset + sign * first) for offset, sign in pairs]

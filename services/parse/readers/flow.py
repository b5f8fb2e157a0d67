"""What stands in a file that has cells but no paper: lines and tables, one after the other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from shared.contracts.errors import TableTooLarge

MOST_CELLS: Final = 300_000
MOST_CHARACTERS: Final = 3_000_000


@dataclass(frozen=True, slots=True)
class FlowCell:
    """A cell with its lines of text; ``row`` and ``column`` from 0, a merged one covers several."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table in which each position is covered by exactly one cell."""

    cells: tuple[FlowCell, ...]
    row_count: int
    column_count: int


Flow = Sequence[str | FlowTable]


def fill_table(cells: Iterable[FlowCell]) -> FlowTable | None:
    """
    Make a table of cells in printed order: positions that no cell covers get a blank one.

    Cells that overlap (a broken merge) are cut down to the first's side; a table without any
    text is none.
    """
    kept: list[FlowCell] = []
    covered: set[tuple[int, int]] = set()
    for cell in _within_limits(cells):
        fitting = _cut_down(cell, covered)
        if fitting is not None:
            kept.append(fitting)
            covered.update(_positions(fitting))
    if not any(cell.lines for cell in kept):
        return None
    row_count = max(cell.row + cell.row_span for cell in kept)
    column_count = max(cell.column + cell.column_span for cell in kept)
    if row_count * column_count > MOST_CELLS:
        raise TableTooLarge(cells=row_count * column_count, limit=MOST_CELLS)
    every = ((row, column) for row in range(row_count) for column in range(column_count))
    blanks = [FlowCell(row, column) for row, column in every if (row, column) not in covered]
    ordered = sorted([*kept, *blanks], key=lambda cell: (cell.row, cell.column))
    return FlowTable(tuple(ordered), row_count, column_count)


def _within_limits(cells: Iterable[FlowCell]) -> Iterator[FlowCell]:
    count = 0
    for cell in cells:
        count += cell.row_span * cell.column_span
        if count > MOST_CELLS:
            raise TableTooLarge(cells=count, limit=MOST_CELLS)
        yield cell


def _cut_down(cell: FlowCell, covered: set[tuple[int, int]]) -> FlowCell | None:
    if (cell.row, cell.column) in covered:
        return None
    if covered.isdisjoint(_positions(cell)):
        return cell
    return FlowCell(cell.row, cell.column, lines=cell.lines)


def _positions(cell: FlowCell) -> Iterator[tuple[int, int]]:
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            yield row, column

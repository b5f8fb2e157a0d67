"""Which cell of a row stands in which column of meaning."""

from collections.abc import Sequence

from services.parse.forms.band import Band, Column
from services.parse.grid import Cell, Grid
from services.parse.passage import Passage, join_lines


def cells_by_column(grid: Grid, band: Band, row: int) -> dict[Column, list[Cell]]:
    """
    Give each cell of a row to the column it covers most of; of equals, to the left one.

    A cell that is merged over two columns (满意度指标 over both levels) belongs to one of them,
    and the other has none.
    """
    found: dict[Column, list[Cell]] = {}
    for cell in grid.row(row):
        most = max((_overlap(cell, column) for column in band.columns), default=0)
        owner = next((column for column in band.columns if _overlap(cell, column) == most), None)
        for column in band.columns:
            if owner is not None and most > 0 and (column.start, column.end) == (owner.start, owner.end):
                found.setdefault(column, []).append(cell)
    return found


def _overlap(cell: Cell, column: Column) -> int:
    return min(cell.column + cell.column_span, column.end) - max(cell.column, column.start)


def passage_of(cells: Sequence[Cell], *, is_text: bool) -> Passage:
    """
    Read the cells of one column in one row.

    Text that a stray rule parts is joined. Two numbers side by side below one head are not:
    nobody can tell which of them is meant, and together they would be a third.
    """
    printed = [cell for cell in cells if cell.lines]
    if len(printed) > 1 and not is_text:
        return Passage()
    return join_lines(line for cell in printed for line in cell.lines)

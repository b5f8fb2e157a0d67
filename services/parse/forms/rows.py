"""Which cell of a row stands in which column of meaning."""

from services.parse.forms.band import Band, Column
from services.parse.grid import Cell, Grid
from services.parse.passage import Passage


def cells_by_column(grid: Grid, band: Band, row: int) -> dict[Column, list[Cell]]:
    """
    Give each cell of a row to the column it covers most of; of equals, to the left one.

    A cell that is merged over two columns (满意度指标 over both levels) belongs to one of them,
    and the other has none.
    """
    found: dict[Column, list[Cell]] = {}
    for cell in grid.row(row):
        owner = max(band.columns, key=lambda column: _overlap(cell, column), default=None)
        if owner is not None and _overlap(cell, owner) > 0:
            found.setdefault(owner, []).append(cell)
    return found


def _overlap(cell: Cell, column: Column) -> int:
    return min(cell.column + cell.column_span, column.end) - max(cell.column, column.start)


def passage_of(cells: list[Cell]) -> Passage:
    """Read the cells of one column in one row as one text."""
    joined = Passage()
    for cell in cells:
        joined = joined + cell.passage
    return joined

"""Which cell of a row stands in which column of meaning."""

from collections.abc import Sequence

from services.parse.forms.heads.band import Band, Column
from services.parse.grid import Cell, Grid
from services.parse.levels import standard_level2
from services.parse.passage import Passage, join_lines


def cells_by_column(grid: Grid, band: Band, row: int) -> dict[Column, list[Cell]]:
    """
    Give each cell of a row to the column it covers most of; of equals, to the left one.

    A cell that is merged over two columns (满意度指标 over both levels) belongs to one of them,
    and the other has none. One over second level and name that says no level is the name.
    """
    found: dict[Column, list[Cell]] = {}
    for cell in grid.row(row):
        owner = _owner(cell, band.columns)
        for column in band.columns:
            if owner is not None and (column.start, column.end) == (owner.start, owner.end):
                found.setdefault(column, []).append(cell)
    return found


def _owner(cell: Cell, columns: Sequence[Column]) -> Column | None:
    most = max((_overlap(cell, column) for column in columns), default=0)
    owners = [column for column in columns if _overlap(cell, column) == most] if most > 0 else []
    if owners and owners[0].field == "level2" and standard_level2(cell.text) is None:
        return next((column for column in owners if column.field == "name"), owners[0])
    return owners[0] if owners else None


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

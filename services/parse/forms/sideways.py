"""Reads indicators below heads that are levels, laid out sideways: 数量指标 | 质量指标 | …"""

from collections.abc import Iterator, Sequence

from services.parse.forms.heads.band import Band, Column
from services.parse.forms.rows import cells_by_column
from services.parse.forms.serialised.clauses import cut_into_clauses, name_and_value
from services.parse.grid import Cell, Grid
from services.parse.levels import standard_level1
from services.parse.passage import Passage, join_lines
from services.parse.readings import IndicatorReading


def read_sideways(grid: Grid, band: Band, rows: Sequence[int]) -> tuple[IndicatorReading, ...]:
    """
    Read the cells below each second level; a cell may hold several clauses.

    A clause in which no value can be told from the name is all name: nothing is guessed.
    """
    found: list[IndicatorReading] = []
    columns = [column for column in band.columns if column.field == "level2_column"]
    cells = [(row, cells_by_column(grid, band, row)) for row in rows]
    for column in columns:
        for row, by_column in cells:
            own = [cell for cell in by_column.get(column, ()) if cell.row == row]
            found.extend(_indicators(own, column))
    return tuple(found)


def _indicators(cells: Sequence[Cell], column: Column) -> Iterator[IndicatorReading]:
    text = join_lines(line for cell in cells for line in cell.lines)
    for clause in cut_into_clauses(text):
        yield IndicatorReading({**_levels(column), **name_and_value(clause)})


def _levels(column: Column) -> dict[str, Passage]:
    """A head without another one above it may be a first level: 产出指标 | 效益指标 | 满意度指标."""
    if not column.parent and standard_level1(column.head.text):
        return {"level1": column.head}
    return {"level1": column.parent, "level2": column.head}

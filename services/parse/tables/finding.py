"""Finds the tables of a document in its pages of words and rules."""

from collections.abc import Iterable

from services.parse.grid import Cell, Grid
from services.parse.tables.drawn import DrawnTable, draw_tables
from shared.contracts.pages import Page


def find_grids(pages: Iterable[Page]) -> list[Grid]:
    """Find all tables, in reading order; one that goes on over pages is one grid."""
    return [_grid(table) for page in pages for table in draw_tables(page)]


def _grid(table: DrawnTable) -> Grid:
    return Grid(
        cells=tuple(
            Cell(
                row=cell.region.row,
                column=cell.region.column,
                row_span=cell.region.row_span,
                column_span=cell.region.column_span,
                lines=cell.lines,
                parts=(cell.part,),
            )
            for cell in table.cells
        ),
        row_count=len(table.lattice.ys) - 1,
        column_count=len(table.lattice.xs) - 1,
        first_page=table.page,
        last_page=table.page,
        heading=table.heading,
        footing=table.footing,
    )

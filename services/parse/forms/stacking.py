"""Puts the pieces of one table together that stand on successive pages as tables of their own."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from services.parse.forms.heads.band import Band, find_bands
from services.parse.forms.titles import find_title
from services.parse.grid import Grid

_SLACK: Final = 4.0
"""Points by which the columns of one table may lie apart on two pages."""


def stack(grids: Iterable[Grid]) -> list[Grid]:
    """
    Join each grid to the one on the page before it when it goes on with the same table.

    A list goes on when it repeats title and header, or has neither; a block when it has no
    title of its own and begins with the same header, or has none. Pages and Word documents may
    part a table, too: then nothing stands between its pieces.
    """
    stacked: list[Grid] = []
    for grid in grids:
        if stacked and _goes_on(stacked[-1], grid):
            stacked[-1] = _joined(stacked[-1], grid)
        else:
            stacked.append(grid)
    return stacked


def _goes_on(above: Grid, below: Grid) -> bool:
    if (
        below.lacks_keys
        or below.first_page != above.last_page + 1
        or below.column_count != above.column_count
    ):
        return False
    bands = find_bands(above)
    if not bands:
        return False
    again = find_bands(below)
    title = find_title(below.heading).text
    if not again:
        return not title and (_are_aligned(above, below) or (below.is_drawn_by_us and not below.heading))
    if _fields(again[0]) != _fields(bands[-1]):
        return False
    if title:
        return bands[-1].is_of_list and title == find_title(above.heading).text
    return bands[-1].is_of_list or again[0].top == 0


def _fields(band: Band) -> list[str]:
    return [column.field for column in band.columns]


def _are_aligned(above: Grid, below: Grid) -> bool:
    edges = _left_edges(above, above.last_page)
    return all(
        any(abs(edge - other) <= _SLACK for other in edges) for edge in _left_edges(below, below.first_page)
    )


def _left_edges(grid: Grid, page: int) -> set[float]:
    return {part.x0 for cell in grid.cells for part in cell.parts if part.page == page}


def _joined(above: Grid, below: Grid) -> Grid:
    moved = (replace(cell, row=cell.row + above.row_count) for cell in below.cells)
    return Grid(
        cells=(*above.cells, *moved),
        row_count=above.row_count + below.row_count,
        column_count=above.column_count,
        first_page=above.first_page,
        last_page=below.last_page,
        heading=above.heading,
        footing=below.footing,
        is_drawn_by_us=above.is_drawn_by_us,
        lacks_keys=above.lacks_keys,
    )

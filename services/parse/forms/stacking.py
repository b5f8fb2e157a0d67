"""Puts the pieces of one list together that stand on successive pages as tables of their own."""

from collections.abc import Iterable
from dataclasses import replace

from services.parse.forms.band import Band, find_bands
from services.parse.forms.titles import find_title
from services.parse.grid import Grid


def stack(grids: Iterable[Grid]) -> list[Grid]:
    """
    Join each grid to the one on the page before it when it goes on with the same list.

    It does when it repeats title and header, or has neither; a block begins anew on each page.
    """
    stacked: list[Grid] = []
    for grid in grids:
        if stacked and _goes_on(stacked[-1], grid):
            stacked[-1] = _joined(stacked[-1], grid)
        else:
            stacked.append(grid)
    return stacked


def _goes_on(above: Grid, below: Grid) -> bool:
    if below.first_page != above.last_page + 1 or below.column_count != above.column_count:
        return False
    bands = find_bands(above)
    if not bands or not bands[-1].is_of_list:
        return False
    title = find_title(below.heading).text
    again = find_bands(below)
    if again:
        return _fields(again[0]) == _fields(bands[-1]) and title in ("", find_title(above.heading).text)
    return not title


def _fields(band: Band) -> list[str]:
    return [column.field for column in band.columns]


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
    )

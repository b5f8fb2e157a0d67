"""One grid out of the tables of a chain of pages."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from services.parse.grid import Cell, Grid
from services.parse.tables.continuation import Chain, shift_between
from services.parse.tables.cuts import JoinedCell, find_cuts
from services.parse.tables.drawn import DrawnTable
from services.parse.tables.heads import has_columns_of, repeated_head
from services.parse.tables.lattice import Region
from services.parse.tables.rulings import cluster

_SAME_COLUMN_POINTS = 4.0


def join_chain(chain: Chain) -> Grid:
    """Put the tables of a chain below each other; what a page's end has cut is one again."""
    columns = _Columns(chain)
    cells: list[JoinedCell] = []
    row_count = 0
    for index, table in enumerate(chain):
        head = repeated_head(chain[:index], table) if index else 0
        rest = _cells(table, columns, head)
        row_count = _append(cells, row_count, rest, table.row_count - head) if index else table.row_count
        if not index:
            cells = rest
    return Grid(
        cells=tuple(_finished(cell) for cell in sorted(cells, key=lambda cell: (cell.row, cell.column))),
        row_count=row_count,
        column_count=columns.count,
        first_page=chain[0].page,
        last_page=chain[-1].page,
        heading=chain[0].heading,
        footing=chain[-1].footing,
        is_unread=chain[0].is_unread,
        lacks_keys=chain[0].lacks_keys,
    )


class _Columns:
    """The columns of all tables of a chain together."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        stops = [x for table in chain for x in self._moved(table)]
        groups = cluster(stops, key=float, within=_SAME_COLUMN_POINTS)
        self._starts = [group[0] for group in groups]
        self.count = len(groups) - 1

    def _moved(self, table: DrawnTable) -> list[float]:
        first = self._chain[0]
        if table is not first and has_columns_of(first, table):
            return list(first.lattice.xs)
        shift = shift_between(self._chain, table) or 0.0
        return [x + shift for x in table.lattice.xs]

    def places(self, table: DrawnTable) -> list[int]:
        """Find where the columns of one table begin and end among those of all."""
        return [bisect_left(self._starts, x + 1e-6) - 1 for x in self._moved(table)]


def _cells(table: DrawnTable, columns: _Columns, head: int) -> list[JoinedCell]:
    places = columns.places(table)
    found = _label_beside(table.row_count - head, places[0])
    for cell in table.cells:
        region = _below_head(cell.region, head)
        if region is None:
            continue
        start, end = places[region.column], places[region.column + region.column_span]
        found.append(
            JoinedCell(
                row=region.row,
                column=start,
                row_span=region.row_span,
                column_span=end - start,
                lines=list(cell.lines),
                parts=[cell.part],
                is_open_above=region.is_open_above and region.row == 0,
                is_open_below=region.is_open_below,
            )
        )
    return found


def _label_beside(rows: int, columns: int) -> list[JoinedCell]:
    """Put a cell beside a page that lacks the first columns: the rest of the label before."""
    if not columns:
        return []
    return [JoinedCell(0, 0, rows, columns, is_open_above=True, is_open_below=True)]


def _below_head(region: Region, head: int) -> Region | None:
    """Take a repeated head away; a label beside the rows may begin beside the head."""
    if not head:
        return region
    hidden = max(0, head - region.row)
    if hidden >= region.row_span:
        return None
    return replace(region, row=max(0, region.row - head), row_span=region.row_span - hidden)


def _append(cells: list[JoinedCell], row_count: int, rest: Sequence[JoinedCell], more: int) -> int:
    """Put the cells of the next page below; a row that was cut stays one row. Give the row count."""
    above = [cell for cell in cells if cell.row + cell.row_span == row_count]
    below = [cell for cell in rest if cell.row == 0]
    cuts = find_cuts(above, below, (cells, rest))
    overlap = 1 if len(cuts) == len(below) == len(above) else 0
    for cell, continued in cuts:
        cell.take_in(continued)
        cell.row_span += continued.row_span - overlap
    joined = {id(continued) for _, continued in cuts}
    for cell in rest:
        if id(cell) not in joined:
            cell.row += row_count - overlap
            cells.append(cell)
    return row_count + more - overlap


def _finished(cell: JoinedCell) -> Cell:
    return Cell(
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        lines=tuple(cell.lines),
        parts=tuple(cell.parts),
    )

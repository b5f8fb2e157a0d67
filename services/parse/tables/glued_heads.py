"""Heads printed again at a page's top with no rule between them and the rest of the row that was cut."""

from collections.abc import Sequence
from dataclasses import replace

from services.parse.tables.drawn import DrawnCell, DrawnTable
from services.parse.tables.heads import MOST_HEAD_ROWS, cells_of_row, title_rows

Glued = tuple[DrawnCell, int]


def part_glued_head(first: DrawnTable, table: DrawnTable) -> DrawnTable:
    """
    Give a table a row of its own for the head that shares its cells with the rest of a row.

    Every head of the first page has to stand at the top of its cell, above all the rest.
    """
    for skipped in range(title_rows(first) + 1):
        for rows in range(1, min(MOST_HEAD_ROWS, first.row_count - skipped - 1, table.row_count) + 1):
            glued = _glued(_top_cells(first, skipped, rows), _top_cells(table, 0, rows), skipped, rows)
            level = _level(glued)
            if level is not None:
                return _parted(table, glued, rows, level)
    return table


def _top_cells(table: DrawnTable, start: int, rows: int) -> list[DrawnCell]:
    return [cell for row in range(start, start + rows) for cell in cells_of_row(table, row)]


def _glued(head: Sequence[DrawnCell], cells: Sequence[DrawnCell], skipped: int, rows: int) -> list[Glued]:
    """Pair each cell with the number of its lines that are the head; nothing if one does not fit."""
    if len(head) != len(cells) or len(head) < 2:
        return []
    pairs = [(cell, len(model.lines)) for model, cell in zip(head, cells, strict=True)]
    fits = all(_is_head(model, cell, skipped, rows) for model, cell in zip(head, cells, strict=True))
    return pairs if fits and sum(1 for model in head if model.lines) > 1 else []


def _is_head(model: DrawnCell, cell: DrawnCell, skipped: int, rows: int) -> bool:
    ours, theirs = model.region, cell.region
    end, ends = ours.row - skipped + ours.row_span, theirs.row + theirs.row_span
    return (
        (ours.row - skipped, ours.column_span) == (theirs.row, theirs.column_span)
        and (end == ends if end < rows else end == rows <= ends)
        and _texts(cell)[: len(model.lines)] == _texts(model)
        and (ends >= rows or len(cell.lines) == len(model.lines))
    )


def _texts(cell: DrawnCell) -> list[str]:
    return [line.text.replace(" ", "") for line in cell.lines]


def _level(glued: Sequence[Glued]) -> float | None:
    """Find the height that parts all heads from all the rest; None without one, or without a rest."""
    heads = [
        place.bottom for cell, count in glued for line in cell.lines[:count] for place in line.places if place
    ]
    rest = [
        place.top for cell, count in glued for line in cell.lines[count:] for place in line.places if place
    ]
    if not heads or not rest or max(heads) > min(rest):
        return None
    return (max(heads) + min(rest)) / 2


def _parted(table: DrawnTable, glued: Sequence[Glued], rows: int, level: float) -> DrawnTable:
    counts = {id(cell): count for cell, count in glued}
    cells = [
        part
        for cell in table.cells
        for part in (_parts(cell, counts[id(cell)], rows, level) if id(cell) in counts else [_lower(cell)])
    ]
    ys = table.lattice.ys
    lattice = replace(
        table.lattice, ys=(*ys[:rows], level, *ys[rows:]), regions=tuple(cell.region for cell in cells)
    )
    return replace(table, lattice=lattice, cells=tuple(cells))


def _lower(cell: DrawnCell) -> DrawnCell:
    return replace(cell, region=replace(cell.region, row=cell.region.row + 1))


def _parts(cell: DrawnCell, count: int, rows: int, level: float) -> list[DrawnCell]:
    region = cell.region
    end = region.row + region.row_span
    if end < rows:
        return [cell]
    head = replace(region, row_span=rows - region.row, is_open_below=False)
    rest = replace(region, row=rows, row_span=end - rows + 1, is_open_above=True)
    return [
        DrawnCell(head, cell.lines[:count], cell.part._replace(bottom=level)),
        DrawnCell(rest, cell.lines[count:], cell.part._replace(top=level)),
    ]

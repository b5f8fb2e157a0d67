"""Prints a line between the rows of a table: a note, a signature, the sum of scores, the header once more."""

from collections.abc import Iterator
from dataclasses import replace

from tests.builders.invented_words import Draft
from tests.builders.printed_tables import Printed, Sheet

HEADER = "header"
"""Stands for the header itself."""


def with_line_between(draft: Draft, text: str) -> Draft:
    """Print a line (``label|value`` in two cells) amid the rows of the first sheet that can be parted."""
    index, row = next(_places(draft))
    sheets = list(draft.sheets)
    sheets[index] = _parted(sheets[index], row, text)
    return replace(draft, sheets=sheets)


def _places(draft: Draft) -> Iterator[tuple[int, int]]:
    for index, sheet in enumerate(draft.sheets):
        rows = [row for row in range(sheet.head_rows[1] + 1, sheet.row_count) if _can_part(sheet, row)]
        yield from ((index, row) for row in rows[len(rows) // 2 :][:1])


def _can_part(sheet: Sheet, row: int) -> bool:
    return all(_is_label(sheet, cell) for cell in sheet.cells if _covers(cell, row))


def _covers(cell: Printed, row: int) -> bool:
    return cell.row < row < cell.row + cell.row_span


def _is_label(sheet: Sheet, cell: Printed) -> bool:
    return cell.column == 0 and cell.row == sheet.head_rows[0]


def _parted(sheet: Sheet, row: int, text: str) -> Sheet:
    line = _line(sheet, row, text)
    more = max(cell.row + cell.row_span for cell in line) - row
    cells = [_moved(cell, row, more) for cell in sheet.cells]
    return replace(sheet, cells=(*cells, *line))


def _moved(cell: Printed, row: int, more: int) -> Printed:
    if _covers(cell, row):
        return replace(cell, row_span=cell.row_span + more)
    return replace(cell, row=cell.row + more) if cell.row >= row else cell


def _line(sheet: Sheet, row: int, text: str) -> list[Printed]:
    top, bottom = sheet.head_rows
    if text == HEADER:
        heads = (cell for cell in sheet.cells if top <= cell.row and cell.row + cell.row_span <= bottom)
        return [replace(cell, row=cell.row - top + row) for cell in heads]
    start = sum(_covers(cell, row) for cell in sheet.cells)
    width = max(cell.column + cell.column_span for cell in sheet.cells) - start
    label, *values = text.split("|")
    if not values:
        return [Printed(row, start, label, 1, width, align="left")]
    return [Printed(row, start, label), Printed(row, start + 1, values[0], 1, width - 1, align="left")]

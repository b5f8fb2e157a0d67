"""The heads of tables: the rows at their top, printed once more on the next page."""

import re
from collections.abc import Sequence

from services.parse.tables.drawn import DrawnCell, DrawnTable
from services.parse.tables.head_words import is_head

MOST_HEAD_ROWS = 6
_FEWEST_HEADS = 3
_AMOUNT = re.compile(r"[0-9,]+\.[0-9]{2,6}")


def cells_of_row(table: DrawnTable, row: int) -> list[DrawnCell]:
    """List the cells that begin in a row."""
    return [cell for cell in table.cells if cell.region.row == row]


def repeated_head(before: Sequence[DrawnTable], table: DrawnTable) -> int:
    """Count the rows at a table's top that repeat a head of those before: of a list, or within a form."""
    count = _repeated_top(before[0], table)
    return count or int(any(_has_inner_header_of(other, table) for other in reversed(before)))


def has_columns_of(first: DrawnTable, table: DrawnTable) -> bool:
    """
    Say whether a table repeats another's head column by column.

    Then its columns are the other's, even where each page sets their widths anew.
    """
    return len(first.lattice.xs) == len(table.lattice.xs) and _repeated_top(first, table) > 0


def _has_inner_header_of(before: DrawnTable, table: DrawnTable) -> bool:
    """
    Say whether a table begins with the header that stands below the labels and values of a form.

    The label beside it, which spans the indicators, may be printed once more or be blank.
    """
    heads = _texts_of_row(table, 0)
    known = {text for text in heads if is_head(text)}
    if table.row_count < 2 or len(known) < min(_FEWEST_HEADS, max(2, len(heads))):
        return False
    return any(_texts_of_row(before, row) == heads for row in range(before.row_count))


def _texts_of_row(table: DrawnTable, row: int) -> list[str]:
    """List what is printed in the lowest cells of a row; columns are counted otherwise on each page."""
    cells = cells_of_row(table, row)
    lowest = min((cell.region.row_span for cell in cells), default=0)
    return [cell.text for cell in cells if cell.region.row_span == lowest and cell.text]


def _repeated_top(first: DrawnTable, table: DrawnTable) -> int:
    """Count the rows at a table's top that repeat the first rows of another, below its title."""
    for skipped in range(title_rows(first) + 1):
        count = 0
        while count < min(MOST_HEAD_ROWS, table.row_count - 1, first.row_count - skipped) and (
            _is_repeated(_printed(first, skipped + count), _printed(table, count))
        ):
            count += 1
        printed = _printed(table, 0)
        if count and sum(1 for text, _, _ in printed if text) > 1 and not _is_label_and_value(printed):
            return count
    return 0


def _is_label_and_value(row: Sequence[tuple[str, int, int]]) -> bool:
    """Tell 项目名称 with its value from heads of columns: two forms may name the same project."""
    return len(row) == 2 and row[0][1] == row[1][1] == 1 and row[1][2] > row[0][2]


def title_rows(table: DrawnTable) -> int:
    """Count the rows at a table's top that are one cell across."""
    rows = 0
    while rows < min(3, table.row_count - 1) and len(cells_of_row(table, rows)) == 1:
        rows += 1
    return rows


def _is_repeated(row: list[tuple[str, int, int]], again: list[tuple[str, int, int]]) -> bool:
    """Compare two rows; one with an amount is no head, though two tables may begin with the same sum."""
    return row == again and not any(_AMOUNT.fullmatch(text) for text, _, _ in row)


def _printed(table: DrawnTable, row: int) -> list[tuple[str, int, int]]:
    return [(cell.text, cell.region.row_span, cell.region.column_span) for cell in cells_of_row(table, row)]

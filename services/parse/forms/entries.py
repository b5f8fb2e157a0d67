"""Cuts the rows of a list into entries: the rows of one project, or of one sum."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.parse.forms.heads.band import AMOUNTS, Band
from services.parse.forms.rows import cells_by_column, passage_of
from services.parse.grid import Cell, Grid
from services.parse.passage import Passage

PROJECT_FIELDS: Final = frozenset(
    {"project", "code", "unit_code", "budget_unit", "department", "type", "start", "end", "ordinal"}
)
GOALS: Final = frozenset({"goal", "goal_period"})
_SAID_OF_A_PROJECT: Final = PROJECT_FIELDS | AMOUNTS | GOALS
_OPENS_A_PROJECT: Final = frozenset({"project", "total", "fiscal", "adjusted", "executed"})


Cells = dict[str, tuple[Cell, ...]]
"""Cells by what their column means, in printed order."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The rows of one project or total, with the cells of each of its columns in printed order."""

    rows: tuple[int, ...]
    cells: Cells

    @property
    def last_page(self) -> int | None:
        pages = (part.page for found in self.cells.values() for cell in found for part in cell.parts)
        return max(pages, default=None)

    def text(self, field: str) -> Passage:
        """Read a field over all its cells: a cell cut by a page's end goes on in the next one."""
        return passage_of(self.cells.get(field, ()), is_text=field not in AMOUNTS).strip()


def find_entries(grid: Grid, band: Band, rows: Sequence[int]) -> Iterator[Entry]:
    """
    List the entries in printed order.

    A project begins where its name or its amount begins; its other cells are merged over its
    rows, or were cut by the end of a page.
    """
    entry: Entry | None = None
    own = [_own_cells(grid, band, row) for row in rows]
    for position, (row, cells) in enumerate(zip(rows, own, strict=True)):
        if entry is not None and not (
            (_begins(entry, cells) and not _goes_on(grid, band, entry, row))
            or _is_cut_short(band, entry, own[position : position + 2])
        ):
            entry = _lengthen(entry, row, cells)
            continue
        if entry is not None and _is_printed(entry):
            yield entry
        entry = Entry((row,), {**cells, **_covering_cells(grid, band, row)})
    if entry is not None and _is_printed(entry):
        yield entry


def _is_cut_short(band: Band, entry: Entry, rows: Sequence[Cells]) -> bool:
    """
    Say whether a nameless row is the upper part of a project whose name is on the next page.

    Where each project is one row, a row that ends a page below another one of the same page is
    not that one's: its name, set in the middle of its height, came to stand on the next page.
    """
    has_one_row_each = "indicators" in band.fields and "name" not in band.fields
    if not has_one_row_each or len(rows) < 2 or not _is_cut(rows[0]):
        return False
    page, next_page = _first_page(rows[0]), _first_page(rows[1])
    return page == entry.last_page and page != next_page and not _is_cut(rows[1])


def _own_cells(grid: Grid, band: Band, row: int) -> Cells:
    """List the cells of a row that begin in it, by what their column means."""
    own: Cells = {}
    for column, cells in cells_by_column(grid, band, row).items():
        own[column.field] = own.get(column.field, ()) + tuple(cell for cell in cells if cell.row == row)
    return own


def _covering_cells(grid: Grid, band: Band, row: int) -> Cells:
    """List the cells that say whose row it is: one unit's or one name's cell may cover several projects."""
    covering: Cells = {}
    for column, cells in cells_by_column(grid, band, row).items():
        if column.field in PROJECT_FIELDS:
            covering[column.field] = covering.get(column.field, ()) + tuple(cells)
    return covering


def _begins(entry: Entry, cells: Cells) -> bool:
    """
    Say whether a row is the first of another project than the entry's.

    Name or amount begin in it. A page's end may cut them: then one part has no amount or no
    name; or a form prints all of them again on the new page.
    """
    opening = [cell for field in _OPENS_A_PROJECT for cell in cells.get(field, ())]
    if not any(cell.lines or cell.row_span > 1 for cell in opening):
        return False
    if _first_page(cells) == entry.last_page:
        return True
    if _has_amount(entry.cells) and _has_amount(cells):
        return not _is_repeated(entry, cells)
    return not (_is_cut(entry.cells) or _is_cut(cells))


def _goes_on(grid: Grid, band: Band, entry: Entry, row: int) -> bool:
    """Say whether a row of an export says all of its project again beside another indicator."""
    names = {cell.text for cell in entry.cells.get("name", ())}
    again = Entry((row,), {**_own_cells(grid, band, row), **_covering_cells(grid, band, row)})
    is_named_again = any(cell.text in names for cell in again.cells.get("name", ()))
    if not names or is_named_again or not entry.text("project"):
        return False
    said = _SAID_OF_A_PROJECT.intersection(band.fields)
    return all(again.text(field).text == entry.text(field).text for field in said)


def _is_cut(cells: Cells) -> bool:
    has_amounts = any(field in cells for field in AMOUNTS)
    has_name = any(cell.lines for field in PROJECT_FIELDS for cell in cells.get(field, ()))
    return not has_name or (has_amounts and not _has_amount(cells))


def _has_amount(cells: Cells) -> bool:
    return any(cell.lines for field in AMOUNTS for cell in cells.get(field, ()))


def _is_repeated(entry: Entry, cells: Cells) -> bool:
    again = {field for field in PROJECT_FIELDS | AMOUNTS if Entry((), cells).text(field)}
    before = {field for field in PROJECT_FIELDS | AMOUNTS if entry.text(field)}
    return again == before and all(_is_repeated_field(entry, field, cells) for field in again)


def _first_page(cells: Cells) -> int | None:
    return min((part.page for found in cells.values() for cell in found for part in cell.parts), default=None)


def _is_printed(entry: Entry) -> bool:
    return any(cell.lines for cells in entry.cells.values() for cell in cells)


def _lengthen(entry: Entry, row: int, cells: Cells) -> Entry:
    joined = dict(entry.cells)
    for field, found in cells.items():
        if not _is_repeated_field(entry, field, cells):
            joined[field] = joined.get(field, ()) + found
    return Entry((*entry.rows, row), joined)


def _is_repeated_field(entry: Entry, field: str, cells: Cells) -> bool:
    is_shared = field in PROJECT_FIELDS | AMOUNTS | GOALS
    return is_shared and bool(text := Entry((), cells).text(field).text) and text == entry.text(field).text

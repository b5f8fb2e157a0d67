"""Reads a list: projects below one another, each with its rows of indicators."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.parse.forms.band import AMOUNTS, Band
from services.parse.forms.indicators import read_indicators
from services.parse.forms.project_code import split_code
from services.parse.forms.rows import cells_by_column
from services.parse.forms.sections import Section
from services.parse.forms.serialised import read_serialised
from services.parse.forms.unit_rows import AmountRow, find_unit_rows
from services.parse.grid import Cell, Grid
from services.parse.passage import Passage, join_lines
from services.parse.readings import ProjectReading, TotalReading
from shared.values.amounts import read_amount

PROJECT_FIELDS: Final = frozenset(
    {"project", "code", "unit_code", "budget_unit", "department", "type", "start", "end", "ordinal"}
)
GOALS: Final = frozenset({"goal", "goal_period"})
_OPENS_A_PROJECT: Final = frozenset({"project", "total", "fiscal"})
_GRAND_TOTAL: Final = re.compile(r"(?:总\s*计|合\s*计|本页合计)")
_OFFICE: Final = re.compile(
    r".*(?:局|委|委员会|办公室|中心|处|院|所|馆|站|队|校|学校|大学|医院|公司|厅|部|协会|联合会|法院|检察院)"
    r"(?:[（(].*[)）]|本级|机关)?"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """The rows of one project or total, with the cells of each of its columns in printed order."""

    rows: tuple[int, ...]
    cells: dict[str, tuple[Cell, ...]]

    @property
    def last_page(self) -> int | None:
        pages = (part.page for found in self.cells.values() for cell in found for part in cell.parts)
        return max(pages, default=None)

    def text(self, field: str) -> Passage:
        """Read a field over all its cells: a cell cut by a page's end goes on in the next one."""
        return join_lines(line for cell in self.cells.get(field, ()) for line in cell.lines).strip()


def read_list(section: Section, band: Band) -> tuple[ProjectReading | TotalReading, ...]:
    """
    Read all projects and totals in the printed order.

    A project begins where its name or its amount begins; its other cells are merged over its
    rows, or were cut by the end of a page.
    """
    entries = list(_entries(section.grid, band, section.body))
    readings = [_read_project(section.grid, band, entry) for entry in entries]
    rows = [_amount_row(entry, reading) for entry, reading in zip(entries, readings, strict=True)]
    units = find_unit_rows(rows)
    return tuple(
        _member(reading, _name(entry), row, is_unit=position in units)
        for position, (entry, reading, row) in enumerate(zip(entries, readings, rows, strict=True))
    )


def _entries(grid: Grid, band: Band, rows: Sequence[int]) -> Iterator[Entry]:
    entry: Entry | None = None
    for row in rows:
        cells = _own_cells(grid, band, row)
        if entry is not None and not _begins(entry, cells):
            entry = _lengthen(entry, row, cells)
            continue
        if entry is not None and _is_printed(entry):
            yield entry
        entry = Entry((row,), {**cells, **_covering_cells(grid, band, row)})
    if entry is not None and _is_printed(entry):
        yield entry


def _own_cells(grid: Grid, band: Band, row: int) -> dict[str, tuple[Cell, ...]]:
    """List the cells of a row that begin in it, by what their column means."""
    own: dict[str, tuple[Cell, ...]] = {}
    for column, cells in cells_by_column(grid, band, row).items():
        own[column.field] = own.get(column.field, ()) + tuple(cell for cell in cells if cell.row == row)
    return own


def _covering_cells(grid: Grid, band: Band, row: int) -> dict[str, tuple[Cell, ...]]:
    """List the cells that say whose row it is: one unit's or one name's cell may cover several projects."""
    covering: dict[str, tuple[Cell, ...]] = {}
    for column, cells in cells_by_column(grid, band, row).items():
        if column.field in PROJECT_FIELDS:
            covering[column.field] = covering.get(column.field, ()) + tuple(cells)
    return covering


def _begins(entry: Entry, cells: dict[str, tuple[Cell, ...]]) -> bool:
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
    return not (_is_cut(entry.cells) or _is_cut(cells) or _is_repeated(entry, cells))


def _is_cut(cells: dict[str, tuple[Cell, ...]]) -> bool:
    has_amounts = any(field in cells for field in AMOUNTS)
    has_amount = any(cell.lines for field in AMOUNTS for cell in cells.get(field, ()))
    has_name = any(cell.lines for field in PROJECT_FIELDS for cell in cells.get(field, ()))
    return not has_name or (has_amounts and not has_amount)


def _is_repeated(entry: Entry, cells: dict[str, tuple[Cell, ...]]) -> bool:
    again = {field for field in PROJECT_FIELDS | AMOUNTS if Entry((), cells).text(field)}
    before = {field for field in PROJECT_FIELDS | AMOUNTS if entry.text(field)}
    return again == before and all(_is_repeated_field(entry, field, cells) for field in again)


def _first_page(cells: dict[str, tuple[Cell, ...]]) -> int | None:
    return min((part.page for found in cells.values() for cell in found for part in cell.parts), default=None)


def _is_printed(entry: Entry) -> bool:
    return any(cell.lines for cells in entry.cells.values() for cell in cells)


def _lengthen(entry: Entry, row: int, cells: dict[str, tuple[Cell, ...]]) -> Entry:
    joined = dict(entry.cells)
    for field, found in cells.items():
        if not _is_repeated_field(entry, field, cells):
            joined[field] = joined.get(field, ()) + found
    return Entry((*entry.rows, row), joined)


def _is_repeated_field(entry: Entry, field: str, cells: dict[str, tuple[Cell, ...]]) -> bool:
    is_shared = field in PROJECT_FIELDS | AMOUNTS | GOALS
    return is_shared and bool(text := Entry((), cells).text(field).text) and text == entry.text(field).text


def _name(entry: Entry) -> Passage:
    """A project's name; in a department's list the unit's, and for a sum whatever stands at the left."""
    fields = ("project", "budget_unit", "department", "code", "unit_code", "ordinal")
    return next((name for field in fields if (name := entry.text(field))), Passage())


def _read_project(grid: Grid, band: Band, entry: Entry) -> ProjectReading:
    fields = {field: entry.text(field) for field in band.fields & (GOALS | PROJECT_FIELDS)}
    code, name = split_code(fields.pop("project", Passage()))
    if code:
        fields["code"] = code
    fields = {field: text for field, text in fields.items() if field not in ("ordinal", "unit_code")}
    if name := name or fields.get("budget_unit", Passage()):
        fields["name"] = name
    amounts = {field: entry.text(field) for field in band.fields & (AMOUNTS | {"execution_rate"})}
    if "indicators" in band.fields and "name" not in band.fields:
        serialised = read_serialised(entry.text("indicators"))
        return ProjectReading(fields, amounts, serialised.indicators, serialised.doubts)
    return ProjectReading(fields, amounts, read_indicators(grid, band, entry.rows))


def _amount_row(entry: Entry, reading: ProjectReading) -> AmountRow:
    name = _name(entry)
    return AmountRow(
        is_bare=not (reading.fields.get("goal") or reading.indicators or reading.doubts),
        is_grand_total=bool(_GRAND_TOTAL.fullmatch(name.text)),
        total=_decimal(reading.amounts.get("total", Passage())),
        indent=_indent(entry),
        is_office=bool(_OFFICE.fullmatch(name.text)),
    )


def _decimal(passage: Passage) -> Decimal | None:
    amount = read_amount(passage.text)
    return Decimal(amount) if amount is not None else None


def _indent(entry: Entry) -> float | None:
    cell = next((cell for cell in entry.cells.get("project", ()) if cell.lines and cell.parts), None)
    if cell is None:
        return None
    first = next((place for place in cell.passage.places if place is not None), None)
    return first.x0 - cell.parts[0].x0 if first else None


def _member(
    reading: ProjectReading, name: Passage, row: AmountRow, *, is_unit: bool
) -> ProjectReading | TotalReading:
    if row.is_grand_total and row.is_bare:
        return TotalReading("grand_total", name, reading.amounts)
    if is_unit:
        return TotalReading("unit_total", name, reading.amounts)
    return reading

"""Rows and columns of an .xlsx that nobody sees when the sheet is opened: hidden by hand or by a filter."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from services.parse.readers.flow import FlowCell
from services.parse.readers.number_formats import parts_by_sheet
from services.parse.readers.packages import open_package, parse_xml, read_member

_YES: Final = ("1", "true")
_MOST_COLUMNS: Final = 16_384


@dataclass(frozen=True, slots=True)
class Hidden:
    """The hidden rows and columns of a sheet, counted from 0, in order."""

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()


def read_hidden(content: bytes) -> dict[str, Hidden]:
    """Say which rows and columns of each sheet are hidden; empty for other kinds of workbooks."""
    if not content.startswith(b"PK"):
        return {}
    with open_package(content) as package:
        sheets = {name: read_member(package, part) for name, part in parts_by_sheet(package).items()}
    return {name: _hidden(sheet) for name, sheet in sheets.items() if sheet and b"hidden=" in sheet}


def _hidden(sheet: bytes) -> Hidden:
    root = parse_xml(sheet, "sheet")
    rows: list[int] = []
    last = 0
    for row in root.iterfind(".//{*}sheetData/{*}row"):
        last = int(row.get("r", last + 1))
        if row.get("hidden") in _YES:
            rows.append(last - 1)
    columns = {
        column
        for each in root.iterfind(".//{*}cols/{*}col")
        if each.get("hidden") in _YES
        for column in range(int(each.get("min", "1")) - 1, min(int(each.get("max", "1")), _MOST_COLUMNS))
    }
    return Hidden(tuple(sorted(rows)), tuple(sorted(columns)))


def without_hidden(cells: Iterable[FlowCell], hidden: Hidden) -> Iterator[FlowCell]:
    """Give the cells of which something is seen, as near to each other as they are shown."""
    for cell in cells:
        row, height = _shown(cell.row, cell.row_span, hidden.rows)
        column, width = _shown(cell.column, cell.column_span, hidden.columns)
        if height and width:
            yield replace(cell, row=row, column=column, row_span=height, column_span=width)


def _shown(first: int, span: int, hidden: tuple[int, ...]) -> tuple[int, int]:
    """Find where a stretch is shown, and how much of it."""
    before, until = bisect_left(hidden, first), bisect_left(hidden, first + span)
    return first - before, span - (until - before)

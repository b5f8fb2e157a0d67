"""Reads workbooks: each visible sheet is a table, without its hidden rows and columns."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from services.parse.readers.flow import MOST_CELLS, Flow, FlowCell, fill_table
from services.parse.readers.flow_drawing import Drawing, draw_flows
from services.parse.readers.hidden_cells import Hidden, read_hidden, without_hidden
from services.parse.readers.number_formats import NumberFormat, is_formatted, read_number_formats
from services.parse.readers.packages import open_package
from shared.contracts.errors import DamagedDocument, EncryptedDocument, TableTooLarge, TooManyPages
from shared.contracts.records import Finding

SHEETS_LIMIT: Final = 500
_ZIP: Final = b"PK"
_PRECISION: Final = 15  # digits that a spreadsheet keeps; further ones are noise of binary fractions

Position = tuple[int, int]
Value = object


def read_workbook(content: bytes) -> Drawing:
    """Draw each sheet that a person sees when the workbook is opened; hidden ones are not printed."""
    if content.startswith(_ZIP):
        open_package(content).close()
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = _sheets(workbook, content)
        drawing = draw_flows([sheet.flow for sheet in sheets], reason="spreadsheet")
        noted = (*_unformatted(workbook, content), *map(_unseen, filter(_hides_something, sheets)))
        return replace(drawing, findings=noted)
    except PasswordError as error:
        raise EncryptedDocument() from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise DamagedDocument(detail=type(error).__name__) from error


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is seen of a sheet, and how many cells with something in them are not."""

    name: str
    flow: Flow
    unseen: int = 0


def _sheets(workbook: CalamineWorkbook, content: bytes) -> list[_Sheet]:
    names = _visible(workbook)
    if len(names) > SHEETS_LIMIT:
        raise TooManyPages(pages=len(names), limit=SHEETS_LIMIT)
    formats, hidden = read_number_formats(content), read_hidden(content)
    return [
        _sheet(workbook.get_sheet_by_name(name), formats.get(name, {}), hidden.get(name, Hidden()))
        for name in names
    ]


def _hides_something(sheet: _Sheet) -> bool:
    return sheet.unseen > 0


def _unseen(sheet: _Sheet) -> Finding:
    message = f"工作表“{sheet.name}”隐藏的行或列中有 {sheet.unseen} 个单元格有内容，没有读取"
    return Finding(code="hidden_cells", severity="doubt", message=message, found=str(sheet.unseen))


def _unformatted(workbook: CalamineWorkbook, content: bytes) -> Iterator[Finding]:
    """
    Note fractions of which nobody knows how they are shown: 0.95 may be printed as 95%.

    Of .xlsx the formats are read; of the other kinds only the values are known.
    """
    if is_formatted(content):
        return
    for name in _visible(workbook):
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=True)
        fractions = sum(isinstance(value, float) and 0 < abs(value) < 1 for row in rows for value in row)
        if fractions:
            message = f"工作表“{name}”有 {fractions} 个小数格式未知（0.95 或显示为 95%），请另存为 xlsx"
            yield Finding(code="number_format_unknown", severity="doubt", message=message)


def _visible(workbook: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _sheet(sheet: CalamineSheet, formats: dict[Position, NumberFormat], hidden: Hidden) -> _Sheet:
    """The sheet's name stands above its table, as it does on its tab."""
    if sheet.total_height * sheet.total_width > MOST_CELLS * 4:
        raise TableTooLarge(cells=sheet.total_height * sheet.total_width, limit=MOST_CELLS)
    rows = sheet.to_python(skip_empty_area=True)
    if sheet.start is None or not rows:
        return _Sheet(sheet.name, [])
    cells = list(_cells(rows, sheet.start, sheet.merged_cell_ranges or [], formats))
    shown = list(without_hidden(cells, hidden))
    table = fill_table(_from_the_first(shown))
    unseen = _count_filled(cells) - _count_filled(shown)
    return _Sheet(sheet.name, [sheet.name, table] if table else [], unseen)


def _count_filled(cells: Sequence[FlowCell]) -> int:
    return sum(bool(cell.lines) for cell in cells)


def _from_the_first(cells: Sequence[FlowCell]) -> Iterator[FlowCell]:
    """Count rows and columns from the first that hold something."""
    top = min((cell.row for cell in cells), default=0)
    left = min((cell.column for cell in cells), default=0)
    return (replace(cell, row=cell.row - top, column=cell.column - left) for cell in cells)


def _cells(
    rows: Sequence[Sequence[Value]],
    start: Position,
    merged: Sequence[tuple[Position, Position]],
    formats: dict[Position, NumberFormat],
) -> Iterator[FlowCell]:
    """List the cells from the first to the last column and row that hold something."""
    texts = {
        (start[0] + number, start[1] + column): lines
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
        if (lines := _lines(value, formats.get((start[0] + number, start[1] + column))))
    }
    if not texts:
        return
    top, left = min(row for row, _ in texts), min(column for _, column in texts)
    bottom, right = max(row for row, _ in texts), max(column for _, column in texts)
    spans = dict(merged)
    for row, column in sorted({*texts, *(first for first in spans if top <= first[0] <= bottom)}):
        last_row, last_column = spans.get((row, column), (row, column))
        if not left <= column <= right:
            continue
        yield FlowCell(
            row,
            column,
            min(last_row, bottom) - row + 1,
            min(last_column, right) - column + 1,
            texts.get((row, column), ()),
        )


def _lines(value: Value, number_format: NumberFormat | None) -> tuple[str, ...]:
    lines = _printed(value, number_format).splitlines()
    return tuple(line.strip() for line in lines if line.strip())


def _printed(value: Value, number_format: NumberFormat | None) -> str:
    """Print a value as its cell shows it, as far as that is known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_format.printed(value) if number_format else _plain(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)


def _plain(value: float) -> str:
    text = f"{value:.{_PRECISION}g}"
    return text if "e" not in text else f"{value:f}".rstrip("0").rstrip(".")

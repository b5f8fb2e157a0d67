"""Workbooks, web pages and Word documents drawn as text: a line a row, cells parted by bars."""

import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from samples.workbooks import MONEY, PERCENT, Number, Placed, write_html_table, write_workbook

__all__ = ["MONEY", "PERCENT", "Number", "docx", "hide", "html", "xlsx"]

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def drawn(drawing: str | Sequence[Sequence[str | Number]]) -> list[Placed]:
    """Read a drawing: ``^`` belongs to the cell above, ``<`` to the one on its left."""
    rows = _rows(drawing) if isinstance(drawing, str) else drawing
    at: dict[tuple[int, int], Placed] = {}
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text == "^":
                cell = at[row - 1, column]
                cell.row_span = row - cell.row + 1
            elif text == "<":
                cell = at[row, column - 1]
                cell.column_span = max(cell.column_span, column - cell.column + 1)
            else:
                cell = Placed(row, column, text)
            at[row, column] = cell
    return list({id(cell): cell for cell in at.values()}.values())


def _rows(drawing: str) -> list[list[str]]:
    return [
        [text.strip() for text in line.strip().strip("|").split("|")] for line in drawing.strip().splitlines()
    ]


def xlsx(
    sheets: Mapping[str, str | Sequence[Sequence[str | Number]]], *, hidden: Collection[str] = ()
) -> bytes:
    """Write a workbook; sheets named in ``hidden`` are not shown."""
    return write_workbook({name: drawn(drawing) for name, drawing in sheets.items()}, hidden=hidden)


def hide(content: bytes, *, rows: Collection[int] = (), columns: Collection[int] = ()) -> bytes:
    """Hide rows and columns, counted from 1, of the first sheet of a workbook."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as package, zipfile.ZipFile(target, "w") as changed:
        for member in package.infolist():
            text = package.read(member).decode("utf-8")
            if member.filename == "xl/worksheets/sheet1.xml":
                text = _with_hidden(text, rows, columns)
            changed.writestr(member, text)
    return target.getvalue()


def _with_hidden(sheet: str, rows: Collection[int], columns: Collection[int]) -> str:
    for row in rows:
        sheet = sheet.replace(f'<row r="{row}">', f'<row r="{row}" hidden="1">')
    listed = "".join(f'<col min="{column}" max="{column}" hidden="1"/>' for column in columns)
    return sheet.replace("<sheetData>", f"<cols>{listed}</cols><sheetData>") if listed else sheet


def html(drawing: str, *, before: str = "", after: str = "") -> str:
    """Write a web page with one table between other markup."""
    table = write_html_table(drawn(drawing))
    return f"<html><head><title>页</title></head><body>{before}{table}{after}</body></html>"


def docx(drawing: str, *, before: Sequence[str] = (), namespace: str = _WORD) -> bytes:
    """Write a Word document with paragraphs before one table."""
    paragraphs = "".join(_paragraph(text) for text in before)
    body = f"{paragraphs}<w:tbl>{''.join(_word_rows(drawn(drawing)))}</w:tbl><w:sectPr/>"
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'
        )
    return target.getvalue()


def _word_rows(cells: Sequence[Placed]) -> Iterator[str]:
    for row in range(max(cell.row + cell.row_span for cell in cells)):
        here = [cell for cell in cells if cell.row <= row < cell.row + cell.row_span]
        ordered = sorted(here, key=lambda cell: cell.column)
        yield f"<w:tr>{''.join(_word_cell(cell, row) for cell in ordered)}</w:tr>"


def _word_cell(cell: Placed, row: int) -> str:
    start = ' w:val="restart"' if row == cell.row else ""
    merge = "" if cell.row_span == 1 else f"<w:vMerge{start}/>"
    text = _paragraph(str(cell.text)) if row == cell.row else "<w:p/>"
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.column_span}"/>{merge}</w:tcPr>{text}</w:tc>'


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"

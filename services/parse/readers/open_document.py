"""
Reads Open Document spreadsheets (.ods).

The file keeps what each cell shows and how it is merged, which Calamine does not pass on.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from services.parse.readers.flow import MOST_CELLS, Flow, FlowCell, fill_table
from services.parse.readers.flow_drawing import Drawing, draw_flows
from services.parse.readers.packages import open_package, parse_xml, read_member
from shared.contracts.errors import DamagedDocument, EncryptedDocument, TooManyPages

SHEETS_LIMIT: Final = 500
_CONTENT: Final = "content.xml"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS: Final = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ENCRYPTED: Final = b"encryption-data"

Node = etree._Element


def read_open_document(content: bytes) -> Drawing:
    """Draw each sheet; its name stands above its table."""
    with open_package(content) as package:
        manifest = read_member(package, "META-INF/manifest.xml") or b""
        member = read_member(package, _CONTENT)
    if _ENCRYPTED in manifest:
        raise EncryptedDocument()
    if member is None:
        raise DamagedDocument(detail=_CONTENT)
    sheets = list(parse_xml(member, _CONTENT).iter(f"{_TABLE}table"))
    if len(sheets) > SHEETS_LIMIT:
        raise TooManyPages(pages=len(sheets), limit=SHEETS_LIMIT)
    return draw_flows([_flow(sheet) for sheet in sheets], reason="spreadsheet")


def _flow(sheet: Node) -> Flow:
    table = fill_table(_cells(sheet))
    return [str(sheet.get(f"{_TABLE}name", "")), table] if table else []


def _cells(sheet: Node) -> Iterator[FlowCell]:
    """List the cells that hold text; a repeated row or cell is printed as often as it says."""
    number = 0
    for row in sheet.iter(f"{_TABLE}table-row"):
        cells = list(_row_cells(row))
        repeated = _number(row, "number-rows-repeated")
        for copy in range(repeated if cells else 0):
            for column, rows, columns, lines in cells:
                yield FlowCell(number + copy, column, rows, columns, lines)
        number += repeated


def _row_cells(row: Node) -> Iterator[tuple[int, int, int, tuple[str, ...]]]:
    column = 0
    for cell in row.iterchildren(*_CELLS):
        repeated = _number(cell, "number-columns-repeated")
        lines = _lines(cell)
        if lines and cell.tag == _CELLS[0]:
            spans = (_number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned"))
            for copy in range(repeated):
                yield column + copy, *spans, lines
        column += repeated


def _number(node: Node, name: str) -> int:
    digits = str(node.get(f"{_TABLE}{name}", "1"))
    return min(int(digits), MOST_CELLS) if digits.isascii() and digits.isdigit() and int(digits) else 1


def _lines(cell: Node) -> tuple[str, ...]:
    texts = ("".join(_texts(paragraph)) for paragraph in cell.iterchildren(f"{_TEXT}p"))
    return tuple(line.strip() for text in texts for line in text.splitlines() if line.strip())


def _texts(node: Node) -> Iterator[str]:
    """Join the runs of a paragraph; blanks and breaks are elements of their own."""
    yield str(node.text or "")
    for child in node:
        if child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
            yield " "
        else:
            yield from _texts(child)
        yield str(child.tail or "")

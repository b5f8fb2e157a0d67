"""Reads Word documents (.docx): tables, and the paragraphs between them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from services.parse.readers.flow import Flow, FlowCell, FlowTable, fill_table
from services.parse.readers.flow_drawing import Drawing, draw_flows
from services.parse.readers.packages import open_package, parse_xml, read_member
from shared.contracts.errors import DamagedDocument

_DOCUMENT: Final = "word/document.xml"
_UNPRINTED: Final = frozenset({"Fallback", "moveFrom", "del", "pPr", "rPr", "sectPr", "instrText"})
_MOST_SPAN: Final = 1000

Node = etree._Element


def read_word_document(content: bytes) -> Drawing:
    """Draw the tables, each below the paragraphs before it."""
    return draw_flows([flow_of(content)], reason="word_document")


def flow_of(content: bytes) -> Flow:
    """
    Take a document apart into paragraphs and tables.

    Names are compared without their namespace: the strict variant of the format has others.
    """
    with open_package(content) as package:
        member = read_member(package, _DOCUMENT)
    if member is None:
        raise DamagedDocument(detail=_DOCUMENT)
    return tuple(_parts(parse_xml(member, _DOCUMENT)))


def _name(node: Node) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _parts(node: Node) -> Iterator[str | FlowTable]:
    for child in node:
        name = _name(child)
        if name in _UNPRINTED:
            continue
        if name == "p":
            yield from _paragraph(child)
        elif name == "tbl" and not _holds_tables(child):
            table = fill_table(_cells(child))
            if table:
                yield table
        else:
            yield from _parts(child)


def _holds_tables(table: Node) -> bool:
    """A table around others is layout."""
    return next(table.iterfind(".//{*}tbl"), None) is not None


def _paragraph(paragraph: Node) -> Iterator[str]:
    lines = "".join(_texts(paragraph)).splitlines()
    yield from (line.strip() for line in lines if line.strip())


def _texts(node: Node) -> Iterator[str]:
    for child in node:
        name = _name(child)
        if name == "t":
            yield child.text or ""
        elif name in ("br", "cr"):
            yield "\n"
        elif name == "tab":
            yield " "
        elif name == "noBreakHyphen":
            yield "-"
        elif name not in _UNPRINTED:
            yield from _texts(child)


@dataclass(slots=True)
class _Open:
    """A cell that may go on in the next row."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[str] = field(default_factory=list)


def _cells(table: Node) -> Iterator[FlowCell]:
    """Join cells that are merged downwards: Word repeats them, empty, in every row."""
    above: dict[int, _Open] = {}
    cells: list[_Open] = []
    for row, node in enumerate(each for each in table.iter() if _name(each) == "tr"):
        column = _number(node, "trPr", "gridBefore", 0)
        here: dict[int, _Open] = {}
        for cell in (each for each in node.iter() if _name(each) == "tc"):
            width = max(1, min(_number(cell, "tcPr", "gridSpan", 1), _MOST_SPAN))
            started = above.get(column)
            if _goes_on(cell) and started is not None and started.column_span == width:
                started.row_span += 1
                here[column] = started
            else:
                here[column] = _Open(row, column, 1, width)
                cells.append(here[column])
            here[column].lines += [part for part in _parts(cell) if isinstance(part, str)]
            column += width
        above = here
    for each in cells:
        yield FlowCell(each.row, each.column, each.row_span, each.column_span, tuple(each.lines))


def _property(node: Node, holder: str, name: str) -> Node | None:
    return node.find(f"{{*}}{holder}/{{*}}{name}")


def _value(node: Node) -> str | None:
    return next((str(value) for key, value in node.items() if str(key).endswith("}val")), None)


def _number(node: Node, holder: str, name: str, otherwise: int) -> int:
    found = _property(node, holder, name)
    digits = (_value(found) or "") if found is not None else ""
    return int(digits) if digits.isdigit() and digits.isascii() else otherwise


def _goes_on(cell: Node) -> bool:
    merge = _property(cell, "tcPr", "vMerge")
    return merge is not None and _value(merge) != "restart"

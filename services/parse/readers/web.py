"""Reads web pages: tables, and the lines that stand between them."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from services.parse.readers.encoding import decode_text
from services.parse.readers.flow import Flow, FlowCell, FlowTable, fill_table
from services.parse.readers.flow_drawing import Drawing, draw_flows
from shared.contracts.errors import DamagedDocument, UnknownEncoding

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_DECLARED_WITHIN: Final = 4096
_BLANKS: Final = re.compile(r"[\s\u00a0\u3000]+")
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN: Final = frozenset({"script", "style", "head", "template", "noscript", "iframe", "object", "svg"})
_INLINE: Final = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark"}
    | {"nobr", "o:p", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var"}
    | {"wbr"}
)
_MOST_SPAN: Final = 1000
_DEEPEST: Final = 400
_BREAK: Final = "\n"

Node = etree._Element


def read_web_page(content: bytes) -> Drawing:
    """
    Draw the tables of a page, each below the text that stands before it.

    Pages laid out by tables hold the table that is meant inside another one: only tables
    without a table in them are tables, the others are layout.
    """
    return draw_flows([flow_of(content)], reason="web_page")


def flow_of(content: bytes) -> Flow:
    """Take a page apart into lines and tables, in the order in which they stand."""
    text = _DECLARATION.sub("", _decode(content))
    try:
        root = etree.fromstring(text.replace("\0", ""), etree.HTMLParser(no_network=True))
    except (etree.LxmlError, ValueError) as error:
        raise DamagedDocument(detail="HTML") from error
    return tuple(_as_lines(_walk(root, 0)))


def _decode(content: bytes) -> str:
    """
    Decode as plain text is; a page with single wrong bytes as it says itself, as browsers do.

    What cannot be decoded stays visible as a replacement character.
    """
    try:
        return decode_text(content)
    except UnknownEncoding:
        declared = _CHARSET.search(content[:_DECLARED_WITHIN])
        name = declared[1].decode("ascii").lower() if declared else "utf-8"
        try:
            return content.decode("gb18030" if name.startswith("gb") else name, errors="replace")
        except LookupError as error:
            raise UnknownEncoding() from error


def _as_lines(parts: Iterator[str | FlowTable]) -> Iterator[str | FlowTable]:
    """Put runs of text together, up to the next break or table."""
    run = ""
    for part in parts:
        if isinstance(part, str) and part != _BREAK:
            run += part
            continue
        if line := _BLANKS.sub(" ", run).strip():
            yield line
        run = ""
        if isinstance(part, FlowTable):
            yield part
    if line := _BLANKS.sub(" ", run).strip():
        yield line


def _walk(node: Node, depth: int) -> Iterator[str | FlowTable]:
    if not _is_seen(node) or depth > _DEEPEST:
        return
    if node.tag == "table" and node.find(".//table") is None:
        table = fill_table(_cells(node))
        yield _BREAK
        for caption in node.iter("caption"):
            yield from _walk(caption, depth + 1)
        if table:
            yield table
        return
    is_block = node.tag not in _INLINE
    if is_block:
        yield _BREAK
    yield node.text or ""
    for child in node:
        yield from _walk(child, depth + 1)
        yield child.tail or ""
    if is_block:
        yield _BREAK


def _is_seen(node: Node) -> bool:
    if not isinstance(node.tag, str) or node.tag in _UNSEEN or node.get("hidden") is not None:
        return False
    return not _HIDDEN_STYLE.search(node.get("style") or "")


def _cells(table: Node) -> Iterator[FlowCell]:
    """Place each cell in the first free column of its row, as browsers do."""
    rows = [row for row in table.iter("tr") if _is_seen(row)]
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            if cell.tag not in ("td", "th") or not _is_seen(cell):
                continue
            while (number, column) in taken:
                column += 1
            height = min(_span(cell, "rowspan") or len(rows), len(rows) - number)
            width = max(_span(cell, "colspan"), 1)
            taken.update(
                (r, c) for r in range(number, number + height) for c in range(column, column + width)
            )
            yield FlowCell(number, column, height, width, _lines(cell))
            column += width


def _span(cell: Node, name: str) -> int:
    """Read a span; 0 means the rest of the table, and what is no number is 1."""
    digits = (cell.get(name) or "1").strip()
    return min(int(digits), _MOST_SPAN) if digits.isascii() and digits.isdigit() else 1


def _lines(cell: Node) -> tuple[str, ...]:
    return tuple(part for part in _as_lines(_walk(cell, 0)) if isinstance(part, str))

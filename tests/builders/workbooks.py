"""Workbooks, web pages and Word documents drawn as text: a line a row, cells parted by bars."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PERCENT, MONEY = 1, 2
_HIDDEN = ' state="hidden"'
_STYLES = f"""<styleSheet xmlns="{_MAIN}"><numFmts count="1">
<numFmt numFmtId="164" formatCode="0.0%"/></numFmts>
<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="4"/></cellXfs></styleSheet>"""


@dataclass(frozen=True)
class Number:
    """A number in a cell, with the style that says how it is shown."""

    value: float
    style: int = 0


@dataclass
class Drawn:
    """A cell of the drawing."""

    row: int
    column: int
    text: str | Number
    row_span: int = 1
    column_span: int = 1


def drawn(drawing: str | Sequence[Sequence[str | Number]]) -> list[Drawn]:
    """Read a drawing: ``^`` belongs to the cell above, ``<`` to the one on its left."""
    rows = _rows(drawing) if isinstance(drawing, str) else drawing
    at: dict[tuple[int, int], Drawn] = {}
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text == "^":
                cell = at[row - 1, column]
                cell.row_span = row - cell.row + 1
            elif text == "<":
                cell = at[row, column - 1]
                cell.column_span = max(cell.column_span, column - cell.column + 1)
            else:
                cell = Drawn(row, column, text)
            at[row, column] = cell
    return list({id(cell): cell for cell in at.values()}.values())


def _rows(drawing: str) -> list[list[str]]:
    return [
        [text.strip() for text in line.strip().strip("|").split("|")] for line in drawing.strip().splitlines()
    ]


def xlsx(
    sheets: Mapping[str, str | Sequence[Sequence[str | Number]]], *, hidden: Iterable[str] = ()
) -> bytes:
    """Write a workbook; sheets named in ``hidden`` are not shown."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _content_types(len(sheets)))
        package.writestr("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        package.writestr("xl/workbook.xml", _workbook(sheets, set(hidden)))
        parts = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
        package.writestr("xl/_rels/workbook.xml.rels", _relations([*parts, ("styles", "styles.xml")]))
        package.writestr("xl/styles.xml", _STYLES)
        for number, drawing in enumerate(sheets.values(), start=1):
            package.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(drawn(drawing)))
    return target.getvalue()


def _content_types(sheets: int) -> str:
    main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{main}.worksheet+xml"/>'
        for number in range(1, sheets + 1)
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>{overrides}</Types>'
    )


def _relations(parts: Sequence[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}/{kind}" Target="{part}"/>'
        for number, (kind, part) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'


def _workbook(names: Iterable[str], hidden: set[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"'
        f"{_HIDDEN if name in hidden else ''}/>"
        for number, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>{sheets}</sheets></workbook>'


def _sheet(cells: Sequence[Drawn]) -> str:
    rows: dict[int, list[Drawn]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    lines = "".join(f'<row r="{row + 1}">{"".join(map(_cell, rows[row]))}</row>' for row in sorted(rows))
    merged = [cell for cell in cells if cell.row_span > 1 or cell.column_span > 1]
    merges = "".join(f'<mergeCell ref="{_name(cell)}:{_end(cell)}"/>' for cell in merged)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>'
        f"{f'<mergeCells>{merges}</mergeCells>' if merges else ''}</worksheet>"
    )


def _cell(cell: Drawn) -> str:
    if isinstance(cell.text, Number):
        return f'<c r="{_name(cell)}" s="{cell.text.style}"><v>{cell.text.value}</v></c>'
    if not cell.text:
        return ""
    return f'<c r="{_name(cell)}" t="inlineStr"><is><t xml:space="preserve">{escape(cell.text)}</t></is></c>'


def _name(cell: Drawn) -> str:
    return f"{chr(ord('A') + cell.column)}{cell.row + 1}"


def _end(cell: Drawn) -> str:
    return f"{chr(ord('A') + cell.column + cell.column_span - 1)}{cell.row + cell.row_span}"


def html(drawing: str, *, before: str = "", after: str = "") -> str:
    """Write a web page with one table between other markup."""
    rows: dict[int, list[str]] = {}
    for cell in drawn(drawing):
        span = f' rowspan="{cell.row_span}" colspan="{cell.column_span}"'
        rows.setdefault(cell.row, []).append(f"<td{span}>{escape(str(cell.text))}</td>")
    lines = "".join(f"<tr>{''.join(rows.get(row, []))}</tr>" for row in range(max(rows) + 1))
    return f"<html><head><title>页</title></head><body>{before}<table>{lines}</table>{after}</body></html>"


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


def _word_rows(cells: Sequence[Drawn]) -> Iterator[str]:
    for row in range(max(cell.row + cell.row_span for cell in cells)):
        here = [cell for cell in cells if cell.row <= row < cell.row + cell.row_span]
        ordered = sorted(here, key=lambda cell: cell.column)
        yield f"<w:tr>{''.join(_word_cell(cell, row) for cell in ordered)}</w:tr>"


def _word_cell(cell: Drawn, row: int) -> str:
    start = ' w:val="restart"' if row == cell.row else ""
    merge = "" if cell.row_span == 1 else f"<w:vMerge{start}/>"
    text = _paragraph(str(cell.text)) if row == cell.row else "<w:p/>"
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{cell.column_span}"/>{merge}</w:tcPr>{text}</w:tc>'


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"

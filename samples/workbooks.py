"""Workbooks and web pages out of cells: the least that programs open."""

import zipfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HIDDEN = ' state="hidden"'
_MOMENT = (2026, 1, 1, 0, 0, 0)  # zip members carry a time, and the same sample has the same bytes
PERCENT, MONEY = 1, 2
_STYLES = f"""<styleSheet xmlns="{_MAIN}"><numFmts count="1">
<numFmt numFmtId="164" formatCode="0.0%"/></numFmts>
<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="4"/></cellXfs></styleSheet>"""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a cell, with the style that says how it is shown."""

    value: float
    style: int = 0


@dataclass(slots=True)
class Placed:
    """A cell in its place, from 0; a merged one covers several."""

    row: int
    column: int
    text: str | Number
    row_span: int = 1
    column_span: int = 1


def write_workbook(sheets: Mapping[str, Sequence[Placed]], *, hidden: Collection[str] = ()) -> bytes:
    """Write an .xlsx of these sheets; those named in ``hidden`` are not shown."""
    parts = [("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)]
    members = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": _workbook(sheets, hidden),
        "xl/_rels/workbook.xml.rels": _relations([*parts, ("styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{n}.xml": _sheet(cells) for n, cells in enumerate(sheets.values(), start=1)},
    }
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, text in members.items():
            package.writestr(zipfile.ZipInfo(name, _MOMENT), text, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def write_html_table(cells: Sequence[Placed]) -> str:
    """Write a table element."""
    rows: dict[int, list[str]] = {}
    for cell in cells:
        span = f' rowspan="{cell.row_span}" colspan="{cell.column_span}"'
        rows.setdefault(cell.row, []).append(f"<td{span}>{escape(str(cell.text))}</td>")
    lines = "".join(f"<tr>{''.join(rows.get(row, []))}</tr>" for row in range(max(rows) + 1))
    return f"<table border=1>{lines}</table>"


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


def _workbook(names: Iterable[str], hidden: Collection[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"'
        f"{_HIDDEN if name in hidden else ''}/>"
        for number, name in enumerate(names, start=1)
    )
    return f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><sheets>{sheets}</sheets></workbook>'


def _sheet(cells: Sequence[Placed]) -> str:
    rows: dict[int, list[Placed]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    lines = "".join(f'<row r="{row + 1}">{"".join(map(_cell, rows[row]))}</row>' for row in sorted(rows))
    merged = [cell for cell in cells if cell.row_span > 1 or cell.column_span > 1]
    merges = "".join(f'<mergeCell ref="{_name(cell)}:{_end(cell)}"/>' for cell in merged)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetData>{lines}</sheetData>'
        f"{f'<mergeCells>{merges}</mergeCells>' if merges else ''}</worksheet>"
    )


def _cell(cell: Placed) -> str:
    if isinstance(cell.text, Number):
        return f'<c r="{_name(cell)}" s="{cell.text.style}"><v>{cell.text.value}</v></c>'
    if not cell.text:
        return ""
    return f'<c r="{_name(cell)}" t="inlineStr"><is><t xml:space="preserve">{escape(cell.text)}</t></is></c>'


def _name(cell: Placed) -> str:
    return f"{chr(ord('A') + cell.column)}{cell.row + 1}"


def _end(cell: Placed) -> str:
    return f"{chr(ord('A') + cell.column + cell.column_span - 1)}{cell.row + cell.row_span}"

"""
An Excel workbook that is sent while it is written.

The libraries for this format need the whole file before its first byte can be sent, and several
minutes for a million rows. What a list needs of the format is little: a zip of five small parts
and of sheets whose cells carry their text with them. Texts are texts whatever they begin with, so
that no cell is a formula.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Final

from shared.export.columns import COLUMNS, NUMBERS

MOST_ROWS: Final = 1_048_576
"""As many rows as a sheet may have; the next ones go to another sheet, below the same headings."""

LONGEST_TEXT: Final = 32_767
"""As many characters as a cell may hold; Excel calls a file with more of them damaged."""

_CUT: Final = "…（已截断）"
_ROWS_TOGETHER: Final = 200
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PROLOGUE: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET_BEGINS: Final = (
    f'{_PROLOGUE}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    "</sheetView></sheetViews><sheetData>"
)
_SHEET_ENDS: Final = "</sheetData></worksheet>"

# Fifteen digits are what a spreadsheet keeps of a number; a longer one stays text, so that none is lost.
_NUMBER: Final = re.compile(r"-?(?=[\d.]{1,16}$)\d{1,15}(\.\d+)?")
_NOT_IN_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_EXCEL_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NUMERIC: Final = tuple(name in NUMBERS for name in COLUMNS)


def workbook_chunks(headings: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    """Write a workbook of as many sheets as the rows need."""
    sink = _Sink()
    left = iter(rows)
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
        sheets = 0
        first = next(left, None)
        while first is not None or sheets == 0:
            sheets += 1
            here = islice(left, MOST_ROWS - 2)
            yield from _sheet(package, sink, sheets, headings, chain([first] if first else [], here))
            first = next(left, None)
        for name, content in _parts(sheets):
            package.writestr(name, _PROLOGUE + content)
    yield sink.taken()


class _Sink(io.RawIOBase):
    """What a zip file is written to: it cannot go back, and forgets what was taken."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]  # zipfile writes bytes only
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        """Give what was written since this was asked last."""
        data = bytes(self._held)
        self._held.clear()
        return data


def _sheet(
    package: zipfile.ZipFile, sink: _Sink, number: int, headings: list[str], rows: Iterable[list[str]]
) -> Iterator[bytes]:
    with package.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
        part.write(_SHEET_BEGINS.encode())
        part.write(_row(headings).encode())
        waiting = iter(rows)
        while together := list(islice(waiting, _ROWS_TOGETHER)):
            part.write("".join(map(_row, together)).encode())
            yield sink.taken()
        part.write(_SHEET_ENDS.encode())


def _row(cells: list[str]) -> str:
    return f"<row>{''.join(map(_cell, cells, _NUMERIC))}</row>"


def _cell(text: str, numeric: bool) -> str:
    if not text:
        return "<c/>"
    if numeric and _NUMBER.fullmatch(text):
        return f"<c><v>{text}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{_escaped(text)}</t></is></c>'


def _escaped(text: str) -> str:
    """Write a text as XML: without characters that XML cannot hold, and ``_x000D_`` is just that."""
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - len(_CUT)] + _CUT
    clean = _NOT_IN_XML.sub("�", text)
    return _EXCEL_ESCAPE.sub("_x005F_", clean).translate(_ESCAPES)


def _parts(sheets: int) -> Iterator[tuple[str, str]]:
    """The parts that say what is in the package."""
    numbers = range(1, sheets + 1)
    listed = "".join(f'<sheet name="指标{n}" sheetId="{n}" r:id="rId{n}"/>' for n in numbers)
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
    )
    related = "".join(_related(n, "worksheet", f"worksheets/sheet{n}.xml") for n in numbers)
    yield (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
    )
    root = _related(1, "officeDocument", "xl/workbook.xml")
    yield "_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{root}</Relationships>'
    typed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{typed}</Types>',
    )


def _related(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'

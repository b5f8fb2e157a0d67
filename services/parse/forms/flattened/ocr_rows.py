"""
The list form as rows of an OCR table: a line for each row, TABs between its cells.

Blank cells may be missing from a row, goal and indicators may share a cell, and a row may be
cut in two by the end of a page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.parse.forms.blanks import without_stray_blanks
from services.parse.forms.flattened.list_rows import GRAND_TOTALS, ListRow
from services.parse.forms.flattened.ocr_cells import Columns, is_amount, place_cells
from services.parse.forms.flattened.ocr_head import OcrHead, read_ocr_head
from services.parse.forms.flattened.text_table import TextTable
from services.parse.passage import Passage
from services.parse.readers.text import TextLine
from services.parse.readings import Doubt

_SIGNS_ALONE: Final = "-—–_=·.。 \u3000"
_ASIDE: Final = re.compile(r"\s*(?:(?:注|备注|说明)\s*[:：].*|[-—–]?\s*\d+\s*[-—–]?|第\s*\d+\s*页.*)")


@dataclass(frozen=True, slots=True)
class _Part:
    """One table's lines: those above its head and those below."""

    head: OcrHead
    above: tuple[TextLine, ...]
    below: tuple[TextLine, ...]


def read_ocr_rows(lines: Sequence[TextLine]) -> tuple[TextTable, ...]:
    """Read every table of this form in a text, one that nobody has filled in too."""
    return tuple(_read_table(part) for part in _parts(lines))


def _parts(lines: Sequence[TextLine]) -> list[_Part]:
    """Cut a text at its heads; one repeated on a later page is left out and opens no new table."""
    parts: list[_Part] = []
    above: list[TextLine] = []
    for number, line in enumerate(lines):
        head = read_ocr_head(line.cells) if len(line.cells) > 1 else None
        if head and (not parts or _is_grand_total(lines[number + 1 : number + 2])):
            parts.append(_Part(head, tuple(above), ()))
            above = []
        elif not head and parts:
            parts[-1] = replace(parts[-1], below=(*parts[-1].below, line))
            above = [] if any(map(is_amount, line.cells)) else [*above, line]
        elif not head:
            above.append(line)
    return parts


def _is_grand_total(lines: Sequence[TextLine]) -> bool:
    return any(_squeezed(cell).text in GRAND_TOTALS for line in lines for cell in line.cells[:2])


def _read_table(part: _Part) -> TextTable:
    columns = _columns(part)
    rows: list[ListRow] = []
    doubts: list[Doubt] = []
    is_inferred = False
    for line in part.below:
        cells = line.cells[part.head.first :]
        if _is_aside(line):
            continue
        placed = place_cells(cells[1:], columns) if len(cells) > 1 else None
        if placed is None:
            doubts.append(_unreadable(line))
        elif rows and not _squeezed(cells[0]) and not any(placed.amounts.values()):
            rows[-1] = _continued(rows[-1], placed.goal, placed.indicators)
        else:
            is_inferred = is_inferred or placed.is_inferred
            rows.append(
                ListRow(
                    name=_squeezed(cells[0]),
                    amounts=placed.amounts,
                    goal=_squeezed(placed.goal),
                    indicators=placed.indicators,
                    doubts=placed.doubts,
                )
            )
    if is_inferred:
        doubts.append(_inferred(rows[0].name))
    above = tuple(line.passage for line in part.above)
    return TextTable(part.head.fields, above, tuple(rows), tuple(doubts), keeps_cells=True)


def _columns(part: _Part) -> Columns:
    """Know from the rows with all their cells in which columns of money the table has none."""
    amounts, texts = part.head.amounts, part.head.texts
    width = part.head.first + 1 + len(amounts) + len(texts)
    full = [line.cells[part.head.first + 1 :] for line in part.below if len(line.cells) == width]
    filled = {column for cells in full for column, cell in zip(amounts, cells, strict=False) if cell.strip()}
    return Columns(amounts, texts, frozenset(amounts) - filled if full else frozenset())


def _continued(row: ListRow, goal: Passage, indicators: Passage) -> ListRow:
    return replace(row, goal=row.goal + _squeezed(goal), indicators=row.indicators + indicators)


def _is_aside(line: TextLine) -> bool:
    """Tell footnotes, page numbers and lines of nothing but dashes from rows."""
    bare = [cell for cell in line.cells if cell.strip(_SIGNS_ALONE)]
    return not bare or (len(bare) == 1 and bool(_ASIDE.fullmatch(bare[0].text)))


def _unreadable(line: TextLine) -> Doubt:
    whole = line.passage
    return Doubt(
        code="row_unreadable",
        severity="doubt",
        message=f"无法确定这一行各栏的内容：“{whole.text[:40]}”",
        place=whole,
        found=whole.text,
    )


def _inferred(place: Passage) -> Doubt:
    return Doubt(
        code="amount_column_inferred",
        severity="info",
        message="部分行缺少空白单元格，金额所属栏目按顺序和合计行推断",
        place=place,
    )


def _squeezed(cell: Passage) -> Passage:
    return without_stray_blanks(cell.strip())

"""
The list form as the lines of a text layer: cells one below the other, their borders gone.

    项目名称（资金使用单位） 总计 财政拨款 财政专户拨款 其他资金 绩效目标 绩效指标
    合计 120.00 120.00
        某项工作经费 20.00 20.00
    the goal, over several lines
    1、1-产出指标；11-数量指标；… over several lines
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.parse.forms.blanks import without_stray_blanks
from services.parse.forms.flattened.amounts import name_columns, read_amount_line
from services.parse.forms.flattened.cells import split_cells
from services.parse.forms.flattened.head import FlattenedHead, find_heads
from services.parse.forms.flattened.list_rows import GRAND_TOTALS, ListRow
from services.parse.forms.flattened.text_table import TextTable
from services.parse.forms.serialised.words import MARKER, SEPARATORS
from services.parse.forms.text_heading import is_heading
from services.parse.passage import Passage, join_lines

_LONGEST_NAME: Final = 12
_PAGE_NUMBER: Final = re.compile(r"\s*(?:[-—–]\s*\d+\s*[-—–]|第\s*\d+\s*页.*)\s*")
_FOOTNOTE: Final = re.compile(r"\s*(?:注|备注|说明)\s*[:：]")
_ENDS_CELL: Final = re.compile(r"[。；;]\s*$")
_NO_NAME: Final = re.compile(rf"[{SEPARATORS}。%％≥≧≤≦]")
_INDENT: Final = re.compile(r"^[ \u3000\u00a0]{2,}")


@dataclass(frozen=True, slots=True)
class _Entry:
    """
    The name and the amounts of a row; its lines run from ``start`` up to ``end`` (excluded).

    ``below`` is what the last of these lines has of the cell that comes next.
    """

    start: int
    end: int
    name: Passage
    amounts: tuple[Passage, ...]
    below: Passage
    indent: float


def read_flattened_lists(lines: Sequence[Passage]) -> tuple[TextTable, ...]:
    """
    Read every table of this form in a text, one that nobody has filled in too.

    A head repeated on a later page opens no new one.
    """
    heads = find_heads(lines)
    opening = [head for head in heads if head is heads[0] or _opens_table(lines, head, heads[0])]
    repeated = {line for head in heads if head not in opening for line in range(head.start, head.end)}
    ends = [*(head.start for head in opening), len(lines)][1:]
    tables = []
    for head, end in zip(opening, ends, strict=True):
        above = lines[0 if head is heads[0] else head.start : head.first_row]
        below = [lines[number] for number in range(head.end, end) if number not in repeated]
        tables.append(_read_table(head, above, below))
    return tuple(tables)


def _opens_table(lines: Sequence[Passage], head: FlattenedHead, first: FlattenedHead) -> bool:
    """A head opens another table when a grand total follows it or the lines above it are other ones."""
    below = (read_amount_line(line, len(head.columns)) for line in lines[head.end :])
    row = next((found for found in below if found), None)
    if row and row.name.text.strip() in GRAND_TOTALS:
        return True
    above = [line.text.strip() for line in lines[head.start : head.first_row]]
    return bool(above) and above != [line.text.strip() for line in lines[first.start : first.first_row]]


def _read_table(head: FlattenedHead, above: Sequence[Passage], below: Sequence[Passage]) -> TextTable:
    lines = _without_margin([line for line in below if not _is_aside(line)])
    entries = list(_entries(lines, len(head.columns)))
    amounts, doubts = name_columns([entry.amounts for entry in entries], head.columns)
    ends = [*(entry.start for entry in entries), len(lines)][1:]
    rows = [
        _row(entry, named, [entry.below, *lines[entry.end : end]])
        for entry, named, end in zip(entries, amounts, ends, strict=True)
    ]
    return TextTable(head.fields, tuple(above), tuple(rows), doubts)


def _without_margin(lines: Sequence[Passage]) -> list[Passage]:
    """Cut off the blanks that all lines begin with: a copied page may be set in as a whole."""
    margin = min((len(line.text) - len(line.text.lstrip()) for line in lines if line.strip()), default=0)
    return [line[margin:] for line in lines]


def _row(entry: _Entry, amounts: dict[str, Passage], lines: Sequence[Passage]) -> ListRow:
    goal, indicators = split_cells(lines)
    return ListRow(entry.name, amounts, goal, indicators, entry.indent)


def _is_aside(line: Passage) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text) or _FOOTNOTE.match(line.text)) or is_heading(line)


def _entries(lines: Sequence[Passage], column_count: int) -> Iterator[_Entry]:
    previous = 0
    for position, line in enumerate(lines):
        found = read_amount_line(line, column_count)
        if found is None:
            continue
        start = _start_of_name(lines, previous, position, found.name)
        parts = [*lines[start:position], found.name]
        name = without_stray_blanks(join_lines(parts))
        indent = _indent(next(filter(None, parts), line))
        yield _Entry(start, position + 1, name, found.amounts, found.below, indent)
        previous = position + 1


def _start_of_name(lines: Sequence[Passage], first: int, last: int, name: Passage) -> int:
    """
    Find the line in which the name of a row begins.

    It is the last one set in from the left; where none is, the name is what stands between the
    end of the cell above and the amounts, provided that it can be a name at all.
    """
    if _INDENT.match(name.text):
        return last
    nearest = range(last - 1, max(first, last - _LONGEST_NAME) - 1, -1)
    set_in = next((number for number in nearest if _INDENT.match(lines[number].text)), None)
    if set_in is not None and not _holds_values(lines[set_in:last]):
        return set_in
    above = next((number for number in nearest if _ENDS_CELL.search(lines[number].text)), first - 1)
    between = lines[above + 1 : last]
    is_name = 0 < len(between) <= _LONGEST_NAME and not any(_NO_NAME.search(line.text) for line in between)
    return above + 1 if is_name and first > 0 else last


def _holds_values(lines: Sequence[Passage]) -> bool:
    return bool(MARKER.search("".join(line.text.strip() for line in lines)))


def _indent(line: Passage) -> float:
    """Measure in points how far a line is set in from where lines begin."""
    printed = [
        place
        for character, place in zip(line.text, line.places, strict=True)
        if place and not character.isspace()
    ]
    first = next((place for place in line.places if place), None)
    return printed[0].x0 - first.x0 if printed and first else 0.0

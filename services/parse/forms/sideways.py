"""Reads indicators below heads that are levels, laid out sideways: 数量指标 | 质量指标 | …"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from services.parse.forms.band import Band, Column
from services.parse.forms.rows import cells_by_column
from services.parse.grid import Cell, Grid
from services.parse.levels import standard_level1
from services.parse.passage import Passage, join_lines
from services.parse.readings import IndicatorReading

_CLAUSES: Final = re.compile(r"[；;。]+")
_NUMBER: Final = re.compile(r"\s*(?:\d{1,2}[、.．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])\s*")
_LINE_NUMBER: Final = re.compile(r"(?<=[^\d])(?=\d{1,2}[、.．](?!\d)|[①-⑳])")
_SIGNS: Final = r"[≥≧≤≦><＞＜=＝]|不低于|不少于|不高于|不超过|不大于|不小于|大于|小于|高于|低于|达到"
_NAME_AND_VALUE: Final = re.compile(
    rf"(?P<name>[^:：]+?)\s*(?:[:：]\s*(?P<told>.+)|(?P<signed>(?:{_SIGNS}).+))"
)
_NAME_AND_NUMBER: Final = re.compile(r"(?P<name>[^\d]{2,}?)(?P<value>\d[\d.,]*\s*[%％‰]?[^\d]{0,6})")


def read_sideways(grid: Grid, band: Band, rows: Sequence[int]) -> tuple[IndicatorReading, ...]:
    """
    Read the cells below each second level; a cell may hold several clauses.

    A clause in which no value can be told from the name is all name: nothing is guessed.
    """
    found: list[IndicatorReading] = []
    columns = [column for column in band.columns if column.field == "level2_column"]
    cells = [(row, cells_by_column(grid, band, row)) for row in rows]
    for column in columns:
        for row, by_column in cells:
            own = [cell for cell in by_column.get(column, ()) if cell.row == row]
            found.extend(_indicators(own, column))
    return tuple(found)


def _indicators(cells: Sequence[Cell], column: Column) -> Iterator[IndicatorReading]:
    text = join_lines(line for cell in cells for line in cell.lines)
    for clause in _clauses(text):
        yield IndicatorReading({**_levels(column), **_name_and_value(clause)})


def _levels(column: Column) -> dict[str, Passage]:
    """A head without another one above it may be a first level: 产出指标 | 效益指标 | 满意度指标."""
    if not column.parent and standard_level1(column.head.text):
        return {"level1": column.head}
    return {"level1": column.parent, "level2": column.head}


def _clauses(text: Passage) -> Iterator[Passage]:
    ends = {match.span() for pattern in (_CLAUSES, _LINE_NUMBER) for match in pattern.finditer(text.text)}
    start = 0
    for end, following in sorted({*ends, (len(text), len(text))}):
        clause = text[start:end]
        number = _NUMBER.match(clause.text)
        clause = (clause[number.end() :] if number else clause).strip()
        if clause:
            yield clause
        start = following


def _name_and_value(clause: Passage) -> dict[str, Passage]:
    match = _NAME_AND_VALUE.fullmatch(clause.text)
    if match:
        group = "told" if match["told"] else "signed"
    else:
        match = _NAME_AND_NUMBER.fullmatch(clause.text)
        group = "value"
    if match is None:
        return {"name": clause, "annual_target": Passage()}
    return {
        "name": clause[match.start("name") : match.end("name")].strip(),
        "annual_target": clause[match.start(group) : match.end(group)].strip(),
    }

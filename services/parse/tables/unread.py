"""Tables that were seen but not read: they are told, so that nothing is lost in silence."""

import re
from collections.abc import Sequence
from typing import Final

from services.parse.grid import outline_on
from services.parse.levels import standard_level1, standard_level2
from services.parse.passage import Passage
from services.parse.tables.drawn import DrawnCell, DrawnTable
from services.parse.tables.lattice import Lattice, Region
from services.parse.tables.lines import group_into_lines, read_lines
from shared.contracts.pages import Page, Word

_FEWEST_LEVELS: Final = 2
_FEWEST_IN_ROW: Final = 3
_OPERATOR: Final = re.compile("[≥≤≧≦＞＜>=<＝]|定性")

Around = tuple[tuple[Passage, ...], tuple[Passage, ...]]


def unread_table(page: Page, words: Sequence[Word], around: Around = ((), ())) -> DrawnTable:
    """Show some words of a table in one cell, with the lines above and below it."""
    left, top = min(word.box.x0 for word in words), min(word.box.top for word in words)
    right, bottom = max(word.box.x1 for word in words), max(word.box.bottom for word in words)
    region = Region(0, 0, 1, 1)
    lattice = Lattice((left, right), (top, bottom), (region,))
    part = outline_on(page.number, lattice.outline(region))
    cell = DrawnCell(region, read_lines(words, page.number), part)
    return DrawnTable(page.number, page.height, lattice, (cell,), *around, is_unread=True)


def rows_without_header(page: Page, *, is_behind_header: bool) -> list[DrawnTable]:
    """
    Find rows of indicators on a page without rules and header.

    Of them speak levels, or, where a page before had a header, operators alone.
    """
    lines = [line for line in group_into_lines(page.words) if len(line) >= _FEWEST_IN_ROW]
    rows = [line for line in lines if any(is_of_indicator(word.text) for word in line)]
    levels = {word.text for word in page.words if _is_level(word.text)}
    is_certain = is_behind_header or len(levels) >= _FEWEST_LEVELS or any(map(_is_of_level_and_value, rows))
    return [unread_table(page, [word for line in rows for word in line])] if rows and is_certain else []


def _is_of_level_and_value(line: Sequence[Word]) -> bool:
    return any(_is_level(word.text) for word in line) and any(_OPERATOR.match(word.text) for word in line)


def is_of_indicator(text: str) -> bool:
    """Say whether a cell is printed for nothing but indicators: a level, a value with an operator."""
    return bool(_OPERATOR.match(text)) or _is_level(text)


def _is_level(text: str) -> bool:
    return text.endswith("指标") and bool(standard_level1(text) or standard_level2(text))

"""Rows of indicators that belong to no table: a page's end or something else has cut off their header."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from services.parse.forms.heads.nearest_header import nearest_header
from services.parse.forms.parts import Part
from services.parse.forms.titles import find_title
from services.parse.grid import Cell
from services.parse.levels import standard_level1, standard_level2
from shared.contracts.records import Finding

_LOST: Final = "的表没有表头，像是绩效目标表的一部分，但接不上前面的表，没有读取"
_FEWEST_COLUMNS: Final = 4
_FEWEST_BESIDE_LEVEL: Final = 2
_FEWEST_LEVELS: Final = 2
_OPERATOR: Final = re.compile("[≥≤≧≦＞＜>=<＝]")


def find_lost_rows(parts: Iterable[tuple[Part, bool]]) -> Iterator[Finding]:
    """Report what looks like rows in those parts that were not read; the others may have cut them off."""
    above: Part | None = None
    for part, is_read in parts:
        if is_read:
            above = part
        elif _seems_lost(above, part):
            page = part.first_page
            yield Finding(code="table_unread", severity="error", message=f"第 {page} 页{_LOST}", page=page)


def _seems_lost(above: Part | None, part: Part) -> bool:
    if part.section.band is not None or nearest_header(part.section.grid, part.section.head):
        return False
    if above is None:
        return _has_levels(part) and not find_title(part.lines)  # a title without a header is told itself
    return _seems_cut_off(above, part) or _has_targets_of(above, part) or _has_levels(part)


def _seems_cut_off(above: Part, part: Part) -> bool:
    """
    Say whether it has the same number of columns, and nothing in it is a label or a head.

    Above it stands nothing, or the letters of a label set upright beside its rows.
    """
    columns = (above.section.grid.column_count, part.section.grid.column_count)
    is_below_nothing = all(len(line) <= 1 for line in part.lines)
    is_bare = is_below_nothing and not part.head.labels
    follows = part.first_page == above.last_page + 1
    return is_bare and follows and max(columns) - min(columns) <= 1 and min(columns) >= _FEWEST_COLUMNS


def _has_targets_of(above: Part, part: Part) -> bool:
    """Say whether a cell with an operator stands right of another, in about as many columns."""
    grid = part.section.grid
    if abs(grid.column_count - above.section.grid.column_count) > 1 or grid.column_count < _FEWEST_COLUMNS:
        return False
    rows = ([cell for cell in grid.row(row) if cell.lines] for row in part.section.head)
    return any(_OPERATOR.match(cell.text) for cells in rows for cell in cells[1:])


def _has_levels(part: Part) -> bool:
    """Say whether levels stand beside other cells in a way that only indicators have."""
    grid = part.section.grid
    levels = {cell.text for row in part.section.head for cell in _levels(grid.row(row), row)}
    return len(levels) >= _FEWEST_LEVELS or any(level.endswith("指标") for level in levels)


def _levels(cells: Sequence[Cell], row: int) -> Iterator[Cell]:
    for index, cell in enumerate(cells):
        beside = [other for other in cells[index + 1 :] if other.lines]
        is_level = standard_level1(cell.text) or standard_level2(cell.text)
        if cell.row == row and is_level and len(beside) >= _FEWEST_BESIDE_LEVEL:
            yield cell

"""Heads that stand over values only where no head says so plainly: 绩效标准, 2026年度."""

import re
from collections.abc import Sequence
from typing import Final

from services.parse.forms.heads.labels import column_field, label_text, spellings
from services.parse.grid import Cell

TALLEST_HEAD: Final = 5
"""No column head covers more rows; a taller cell is a label beside the rows it spans."""
_WORDS: Final = frozenset(
    {"绩效标准", "预期目标", "绩效目标", "预期绩效目标", "预期绩效", "预期标准", "目标要求", "预期指标"}
)
"""Beside a head of values they explain it or are the project's."""
_YEAR: Final = re.compile(r"20\d\d年度?(?:计划|预期|预计|完成|实际|任务)?数?")
_PLAIN: Final = frozenset({"annual_target", "period_target", "other_target"})
_LEVELS: Final = frozenset({"level1", "level2"})


def weak_targets(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """
    List the heads of values in a row that names levels and indicators and no values.

    They stand behind the name: the one that is such a word, or one for each year.
    """
    fields = {column_field(label_text(cell)): cell for cell in reversed(cells)}
    name = fields.get("name")
    if name is None or name.row_span > TALLEST_HEAD or not _LEVELS & fields.keys() or _PLAIN & fields.keys():
        return ()
    behind = [cell for cell in cells if cell.column > name.column and _end(cell) == _end(name)]
    words = [cell for cell in behind if _WORDS.intersection(spellings(label_text(cell)))]
    return tuple(words[:1] or (cell for cell in behind if _YEAR.fullmatch(label_text(cell).strip())))


def _end(cell: Cell) -> int:
    return cell.row + cell.row_span

"""Heads that stand over values only where no head says so plainly: 绩效标准, 2026年度."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from services.parse.forms.heads.labels import column_field, label_text, spellings
from services.parse.grid import Cell, Grid

TALLEST_HEAD: Final = 5
"""No column head covers more rows; a taller cell is a label beside the rows it spans."""
_WORDS: Final = frozenset(
    {"绩效标准", "预期目标", "绩效目标", "预期绩效目标", "预期绩效", "预期标准", "目标要求", "预期指标"}
    | {"年度目标", "本年目标", "当年目标"}
)
"""Beside a head of values they explain it or are the project's."""
_HINTS: Final = re.compile(r"要求|标准|任务|预期|水平")
"""Words of a head that stands over values where no other unknown head stands behind the name."""
_YEAR: Final = re.compile(r"20\d\d年度?(?:计划|预期|预计|完成|实际|实绩|任务)?数?")
_PROMISE: Final = re.compile(
    r"\s*(?:[≥≧>＞≤≦<＜=＝]|不(?:低于|少于|高于|超过|大于|小于)|\d[\d,.]*[^\d\s]{0,6}(?:以上|以内|以下))"
)
_AMOUNT: Final = re.compile(r"\s*\d[\d,.]*\s*(?:[%％‰]|[\u4e00-\u9fff]{1,4}(?:/\S{1,3})?)\s*")
_PLAIN: Final = frozenset({"annual_target", "period_target", "other_target"})
_LEVELS: Final = frozenset({"level1", "level2"})
_OF_A_LIST: Final = frozenset({"project", "total", "fiscal", "goal", "budget_unit", "department", "ordinal"})
_FEWEST_OF_A_LIST: Final = 2


def weak_targets(grid: Grid, row: int) -> tuple[Cell, ...]:
    """
    List the heads of values in a row that names indicators and no values.

    They stand behind the name: the one that is such a word, or one for each year; or, whatever
    its words are, the only one over promises (≥95%, 12场以上).
    """
    cells = grid.row(row)
    fields = {column_field(label_text(cell)): cell for cell in reversed(cells)}
    name = fields.get("name") or _indicators_of_a_list(fields)
    if name is None or name.row_span > TALLEST_HEAD or _PLAIN & fields.keys():
        return ()
    behind = [cell for cell in cells if cell.column > name.column and _end(cell) == _end(name)]
    by_words = _by_words(behind) if _LEVELS & fields.keys() or "annual_unit" in fields else ()
    by_words = by_words or _between_sign_and_unit(behind)
    return by_words or (() if _stands_over_labels(grid, name) else _by_content(grid, behind))


def _indicators_of_a_list(fields: Mapping[str | None, Cell]) -> Cell | None:
    """Give the head 绩效指标 among heads of a list; elsewhere it may be the label beside the rows."""
    is_of_a_list = len(_OF_A_LIST & fields.keys()) >= _FEWEST_OF_A_LIST
    return fields.get("indicators") if is_of_a_list else None


def _by_words(behind: Sequence[Cell]) -> tuple[Cell, ...]:
    words = [cell for cell in behind if _WORDS.intersection(spellings(label_text(cell)))]
    years = [cell for cell in behind if _YEAR.fullmatch(label_text(cell).strip())]
    return tuple(words[:1] or years or _hinted(behind))


def _hinted(behind: Sequence[Cell]) -> list[Cell]:
    unknown = _unknown(behind)
    return unknown if len(unknown) == 1 and _HINTS.search(unknown[0].text) else []


def _unknown(behind: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in behind if cell.lines and column_field(label_text(cell)) is None]


def _between_sign_and_unit(behind: Sequence[Cell]) -> tuple[Cell, ...]:
    """Whatever its words are, what stands between the operator and the unit is the value."""
    fields = [column_field(label_text(cell)) for cell in behind]
    return tuple(
        cell
        for before, cell, after in zip(fields, behind[1:], fields[2:], strict=False)
        if (before, after) == ("annual_operator", "annual_unit")
    )


def _end(cell: Cell) -> int:
    return cell.row + cell.row_span


def _by_content(grid: Grid, behind: Sequence[Cell]) -> tuple[Cell, ...]:
    unknown = (cell for cell in behind if cell.lines and _may_head_values(cell))
    found = tuple(cell for cell in unknown if _stands_over_promises(grid, cell))
    return found if len(found) == 1 else ()


def _may_head_values(cell: Cell) -> bool:
    text = label_text(cell)
    return column_field(text) is None or bool(_WORDS.intersection(spellings(text)))


def _stands_over_labels(grid: Grid, name: Cell) -> bool:
    """Say whether 指标名称 is no head but a label, with 目标值 below it for another."""
    below = (grid.at(row, name.column) for row in range(_end(name), grid.row_count))
    return any(column_field(label_text(cell)) in _PLAIN for cell in below)


def _stands_over_promises(grid: Grid, head: Cell) -> bool:
    """Say whether texts below a head promise a number; with plain amounts at least half of them do."""
    if _PROMISE.match(head.text) or _AMOUNT.fullmatch(head.text):
        return False
    below = dict.fromkeys(grid.at(row, head.column) for row in range(_end(head), grid.row_count))
    texts = [cell.text for cell in below if cell.lines]
    promises = sum(1 for text in texts if _PROMISE.match(text))
    amounts = sum(1 for text in texts if _AMOUNT.fullmatch(text) and not _PROMISE.match(text))
    return promises > 0 and 2 * (promises + amounts) >= len(texts)

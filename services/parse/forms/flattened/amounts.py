"""Amounts in a line of text, from which blank cells have vanished."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Final

from services.parse.passage import Passage
from services.parse.readings import Doubt
from shared.values.amounts import read_amount

_AMOUNT: Final = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_LINE: Final = re.compile(rf"^(?P<name>.*?)(?P<amounts>(?:(?:^|\s+){_AMOUNT})+)(?P<below>)\s*$")
_LINE_WITH_GOAL: Final = re.compile(
    rf"^(?P<name>.*?)(?P<amounts>(?:(?:^|\s+){_AMOUNT}){{2,}})(?P<below>\s*[^\s\d,.%％].*)$"
)
_LONGEST_LINE: Final = 1000
_CENTS: Final = re.compile(r"\.\d\d$")
_WITH_ONE_PART: Final = 2
_UNIT_AND_PROJECT: Final = 2
"""An amount that stands twice is that of a unit and of its only project."""


@dataclass(frozen=True, slots=True)
class AmountLine:
    """A row's amounts, what the line has of its name, and of the cell that comes next."""

    name: Passage
    amounts: tuple[Passage, ...]
    below: Passage = Passage()


def read_amount_line(line: Passage, column_count: int) -> AmountLine | None:
    """
    Read a line that holds the amounts of a row; None if it is another line.

    A number may be a piece of prose. Amounts are known by their cents, or by a total that is
    the sum of what follows it; both where the goal begins on the same line.
    """
    if len(line) > _LONGEST_LINE:
        return None
    match = _LINE.match(line.text) or _LINE_WITH_GOAL.match(line.text)
    if not match:
        return None
    start, end = match.span("amounts")
    amounts = tuple(
        line[start + found.start() : start + found.end()] for found in re.finditer(_AMOUNT, match["amounts"])
    )
    if not 0 < len(amounts) <= column_count or not _are_money(amounts, with_text=bool(match["below"])):
        return None
    name = line[:start]
    if len(amounts) == 1 and name and not name.text.startswith((" ", "\u3000")):
        return None
    return AmountLine(name, amounts, line[end:].strip())


def _are_money(amounts: Sequence[Passage], *, with_text: bool) -> bool:
    have_cents = all(_CENTS.search(amount.text) for amount in amounts)
    total, *parts = map(_value, amounts)
    add_up = bool(parts) and total == sum(parts)
    return (have_cents and add_up) if with_text else (have_cents or add_up)


def _value(amount: Passage) -> Decimal:
    return Decimal(read_amount(amount.text) or 0)


def name_columns(
    rows: Sequence[Sequence[Passage]], columns: Sequence[str]
) -> tuple[list[dict[str, Passage]], tuple[Doubt, ...]]:
    """
    Say for the amounts of each row in which columns they stand, and that this is inferred.

    ``rows`` are in printed order, the grand total first. Its first amount is the total. Where
    one part follows, it is the first column behind the total (财政拨款), here and in all rows.
    Where several follow, a row with a single part has the first one too, unless it makes up
    a later part of the grand total; a column that cannot be told stays blank.
    """
    if all(len(row) == len(columns) for row in rows):
        return [dict(zip(columns, row, strict=True)) for row in rows], ()
    grand = rows[0]
    used = _used_columns(grand, columns)
    exceptions = _rows_of_later_parts(rows, grand)
    named = [
        _name_row(row, columns if len(row) == len(columns) else used, exceptions.get(position))
        for position, row in enumerate(rows)
    ]
    return named, (_inferred(grand),)


def _used_columns(grand: Sequence[Passage], columns: Sequence[str]) -> tuple[str | None, ...]:
    if len(grand) in (len(columns), 1, 2):
        return tuple(columns)
    return (columns[0], columns[1], *(None for _ in grand[2:]))


def _name_row(
    row: Sequence[Passage], used: Sequence[str | None], exception: int | None
) -> dict[str, Passage]:
    order = used if exception is None else (used[0], used[exception])
    return {name: amount for name, amount in zip(order, row, strict=False) if name}


def _rows_of_later_parts(rows: Sequence[Sequence[Passage]], grand: Sequence[Passage]) -> dict[int, int]:
    """Find rows with a single part that make up a later part of the grand total."""
    found: dict[int, int] = {}
    single = [position for position, row in enumerate(rows) if len(row) == _WITH_ONE_PART]
    for part, amount in enumerate(grand[2:], start=2):
        for size in (1, 2):
            groups = [
                group
                for group in combinations(single, size)
                if sum(_value(rows[position][1]) for position in group) == _value(amount)
            ]
            if groups and len(groups) <= _UNIT_AND_PROJECT:
                found.update((position, part) for group in groups for position in group)
                break
    return found


def _inferred(grand: Sequence[Passage]) -> Doubt:
    is_certain = len(grand) <= _WITH_ONE_PART
    return Doubt(
        code="amount_column_inferred",
        severity="info" if is_certain else "doubt",
        message="文本中空白金额栏已丢失，首个金额读作总计，其后读作财政拨款"
        + ("" if is_certain else "；其余金额栏按合计推断，不能确定的未予读取"),
        place=grand[-1],
    )

"""Frames around columns: the rows within are parted by nothing but white."""

import re
from collections.abc import Sequence

from services.parse.tables.drawn import DrawnTable
from services.parse.tables.rulings import SNAP_POINTS
from shared.contracts.pages import Page

_MOST_RULED_ROWS = 2
_AMOUNT = re.compile(r"-?[0-9][0-9,，]*\.[0-9]+")


def parts_no_rows(page: Page) -> bool:
    """Say whether a page has upright rules, but no level ones beside those at their ends."""
    uprights = [rule.box for rule in page.rules if not rule.is_horizontal]
    if not uprights:
        return False
    top, bottom = min(box.top for box in uprights), max(box.bottom for box in uprights)
    levels = [rule.box for rule in page.rules if rule.is_horizontal and rule.box.width > SNAP_POINTS]
    return not any(top + SNAP_POINTS < box.middle < bottom - SNAP_POINTS for box in levels)


def is_mere_frame(tables: Sequence[DrawnTable], before: Sequence[DrawnTable] = ()) -> bool:
    """
    Say whether a page's one table has ruled columns and at most a head that is ruled off.

    Of that speaks a cell that holds amount below amount: a row has one in each column. Below
    the same columns on the page ``before``, one row alone is the frame's rest.
    """
    if len(tables) != 1 or tables[0].row_count > _MOST_RULED_ROWS:
        return False
    if before and len(before[0].lattice.xs) == len(tables[0].lattice.xs):
        return True
    return any(
        sum(1 for line in cell.lines if _AMOUNT.fullmatch(line.text.replace(" ", ""))) > 1
        for cell in tables[0].cells
    )

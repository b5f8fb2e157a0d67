"""The row that sums an evaluation's scores (总分): it is no indicator, and the scores must add up to it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from services.parse.checks.tolerance import plain, tolerance_of
from services.parse.forms.heads.band import Band
from services.parse.forms.heads.key_values import Head
from services.parse.forms.heads.labels import normalise
from services.parse.forms.rows import cells_by_column, passage_of
from services.parse.grid import Grid
from services.parse.passage import Passage
from services.parse.readings import Doubt, IndicatorReading
from shared.values.amounts import read_amount

_TOTAL: Final = re.compile(r"(?:自评)?总分值?(?:合计)?|总计|合计|总得分|得分合计|合计得分")


def is_score_total(grid: Grid, band: Band, row: int) -> bool:
    """Say whether a row below a header with weights or scores is their sum."""
    if not band.fields & {"weight", "score"}:
        return False
    first = next((cell for cell in grid.row(row) if cell.row == row and cell.lines), None)
    return first is not None and bool(_TOTAL.fullmatch(normalise(first.text)))


def score_doubts(
    grid: Grid, band: Band, rows: Sequence[int], indicators: Sequence[IndicatorReading], head: Head
) -> tuple[Doubt, ...]:
    """
    Compare the printed total with the scores of the indicators.

    The score for 预算执行率, which stands in the head, may be part of it. Nothing is said where
    a score is blank or a word.
    """
    totals = (_score(grid, band, row) for row in rows if is_score_total(grid, band, row))
    printed = next(filter(None, totals), Passage())
    total = _number(printed)
    scores = [_number(indicator.fields.get("score", Passage())) for indicator in indicators]
    known = [score for score in scores if score is not None]
    if total is None or not known or len(known) < len(scores):
        return ()
    found = min(_sums(known, head), key=lambda each: abs(each - total))
    if abs(found - total) <= tolerance_of([total, *known]):
        return ()
    message = f"总分 {plain(total)}，各项得分之和为 {plain(found)}"
    return (Doubt("score_sum", "doubt", message, printed, expected=plain(total), found=plain(found)),)


def _sums(scores: Sequence[Decimal], head: Head) -> tuple[Decimal, ...]:
    in_head = next((label.value for label in head.labels if normalise(label.text.text) == "得分"), Passage())
    own, extra = sum(scores, Decimal(0)), _number(in_head)
    return (own,) if extra is None else (own, own + extra)


def _score(grid: Grid, band: Band, row: int) -> Passage:
    cells = cells_by_column(grid, band, row)
    own = (found for column, found in cells.items() if column.field == "score")
    return next((passage_of(found, is_text=False) for found in own), Passage())


def _number(passage: Passage) -> Decimal | None:
    amount = read_amount(passage.text.strip().rstrip("分"))
    return None if amount is None else Decimal(amount)

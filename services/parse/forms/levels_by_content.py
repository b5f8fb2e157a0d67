"""Columns of levels whose heads do not say so: what stands below them does (指标类型 over 数量指标)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from services.parse.forms.band import Band, Column
from services.parse.grid import Grid
from services.parse.levels import standard_level1, standard_level2

_HOLDS_INDICATORS: Final = frozenset({"name", "indicators"})


def find_levels(grid: Grid, band: Band, rows: Sequence[int]) -> Band:
    """
    Name the columns before the indicator's name that hold nothing but levels.

    The head 绩效指标 may stand over levels and name alike: what holds no levels is the name then.
    """
    holder = band.column("name") or band.column("indicators")
    if holder is None or not rows:
        return band
    whole = holder.field == "indicators" and holder.end - holder.start > 1
    end = holder.end if whole else holder.start
    others = [column for column in band.columns if column is not holder]
    positions = [at for at in range(end) if not any(each.start <= at < each.end for each in others)]
    found = _without_known(_levels(grid, band, rows, positions), others)
    if not found:
        return band
    rest = _rest(holder, found) if whole else [holder]
    columns = tuple(sorted((*others, *found, *rest), key=lambda column: column.start))
    heads = {column.head for column in found}
    return replace(band, columns=columns, unread=tuple(each for each in band.unread if each not in heads))


def _levels(grid: Grid, band: Band, rows: Sequence[int], positions: Sequence[int]) -> Iterator[Column]:
    named = [(_level(grid, rows, position), position) for position in positions]
    for field, run in groupby(named, key=lambda pair: pair[0]):
        places = [position for _, position in run]
        if field:
            yield Column(field, places[0], places[-1] + 1, grid.at(band.bottom, places[0]).passage)


def _level(grid: Grid, rows: Sequence[int], position: int) -> str | None:
    texts = {cell.text for row in rows if (cell := grid.at(row, position)).lines}
    if not texts:
        return None
    if all(standard_level1(text) for text in texts):
        return "level1"
    return "level2" if all(standard_level2(text) for text in texts) else None


def _without_known(found: Iterator[Column], others: Sequence[Column]) -> list[Column]:
    known = {column.field for column in others}
    return [column for column in found if column.field not in known]


def _rest(holder: Column, found: Sequence[Column]) -> list[Column]:
    """Give the columns below a common head that hold no levels to the name."""
    start = max(column.end for column in found)
    return [replace(holder, field="name", start=start)] if start < holder.end else [holder]

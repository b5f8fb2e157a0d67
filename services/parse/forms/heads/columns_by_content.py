"""Columns whose heads do not say what they hold: what stands below does (指标类型 over 数量指标)."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from services.parse.forms.heads.band import Band, Column
from services.parse.grid import Grid
from services.parse.levels import standard_level1, standard_level2
from services.parse.passage import Passage
from shared.values.operators import read_operator
from shared.values.units import is_known_unit

BOTH: Final = "levels"
"""A column that prints both levels in one cell: 产出指标-数量指标."""
_WORDS: Final = "定性"
"""Stands among operators where the value is a word."""
_BETWEEN: Final = "-—–－/／、·:： "

_Meaning = Callable[[Collection[str]], str | None]


def name_by_content(grid: Grid, band: Band, rows: Sequence[int]) -> Band:
    """
    Name the columns that hold nothing but levels, operators or units.

    Levels stand before the indicator's name. The head 绩效指标 may stand over levels and name
    alike: what holds no levels is the name then.
    """
    holder = band.column("name") or band.column("indicators")
    if holder is None or not rows:
        return band
    whole = holder.field == "indicators" and holder.end - holder.start > 1
    end = holder.end if whole else holder.start
    known = [column for column in band.columns if column is not holder and column.field != "indicators"]
    taken = known if whole else [*known, holder]
    free = [at for at in range(grid.column_count) if not any(each.start <= at < each.end for each in taken)]
    levels = [at for at in free if at < end]
    beside = [at for at in free if not holder.start <= at < holder.end]
    read = (*_runs(grid, band, rows, levels, _level), *_runs(grid, band, rows, beside, _sign_or_level))
    found = [*_without_known(read, known), *_levels_of_the_right_half(grid, band, rows, holder, free)]
    if not found:
        return band
    rest = _rest(holder, found) if whole else [holder]
    columns = tuple(sorted((*known, *found, *rest), key=lambda column: column.start))
    heads = {column.head for column in found}
    return replace(band, columns=columns, unread=tuple(each for each in band.unread if each not in heads))


def _levels_of_the_right_half(
    grid: Grid, band: Band, rows: Sequence[int], left: Column, free: Collection[int]
) -> Iterator[Column]:
    """Name the levels before the second name of a header that has everything twice."""
    second = next(
        (column.start for column in band.columns if column.field == "name" and column.start >= left.end), 0
    )
    between = [at for at in free if left.end <= at < second]
    yield from _runs(grid, band, rows, between, _level)


def _runs(
    grid: Grid, band: Band, rows: Sequence[int], positions: Sequence[int], meant: _Meaning
) -> Iterator[Column]:
    fields = [(meant(_texts(grid, rows, position)), position) for position in positions]
    for field, run in groupby(fields, key=lambda pair: pair[0]):
        places = [position for _, position in run]
        if field:
            yield Column(field, places[0], places[-1] + 1, grid.at(band.bottom, places[0]).passage)


def _texts(grid: Grid, rows: Sequence[int], position: int) -> frozenset[str]:
    return frozenset(cell.text for row in rows if (cell := grid.at(row, position)).lines)


def _level(texts: Collection[str]) -> str | None:
    if not texts:
        return None
    if all(standard_level1(text) for text in texts):
        return "level1"
    if all(standard_level2(text) for text in texts):
        return "level2"
    return (
        BOTH if all(_cut(text) or standard_level1(text) or standard_level2(text) for text in texts) else None
    )


def _sign(texts: Collection[str]) -> str | None:
    if texts and all(read_operator(text) or text == _WORDS for text in texts):
        return "annual_operator"
    return "annual_unit" if texts and all(map(is_known_unit, texts)) else None


def _sign_or_level(texts: Collection[str]) -> str | None:
    """The kind of an indicator may be printed behind it, too."""
    return _sign(texts) or _level(texts)


def split_both(fields: Mapping[str, Passage]) -> dict[str, Passage]:
    """Cut a cell of both levels into the two; one that holds a single level is that one."""
    rest = {name: text for name, text in fields.items() if name != BOTH}
    both = fields.get(BOTH)
    if both is None:
        return rest
    cut = _cut(both.text)
    if cut is None:
        is_second = standard_level1(both.text) is None and standard_level2(both.text) is not None
        return {**rest, "level2" if is_second else "level1": both}
    return {**rest, "level1": both[:cut].strip(_BETWEEN), "level2": both[cut:].strip(_BETWEEN)}


def _cut(text: str) -> int | None:
    """Find where a first level ends and a second one begins."""
    return next(
        (
            at
            for at in range(len(text) - 1, 0, -1)
            if standard_level1(text[:at].strip(_BETWEEN)) and standard_level2(text[at:].strip(_BETWEEN))
        ),
        None,
    )


def _without_known(found: Iterable[Column], known: Sequence[Column]) -> list[Column]:
    fields = {column.field for column in known}
    if fields & {"level1", "level2"}:
        fields.add(BOTH)
    first = {column.field: column for column in reversed(list(found))}
    return [column for column in first.values() if column.field not in fields]


def _rest(holder: Column, found: Sequence[Column]) -> list[Column]:
    """Give the columns below a common head that hold no levels to the name."""
    start = max(column.end for column in found if column.start < holder.end)
    return [replace(holder, field="name", start=start)] if start < holder.end else [holder]

"""Reads indicator rows."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from services.parse.forms.concatenated import split_levels
from services.parse.forms.heads.band import VALUES, Band
from services.parse.forms.heads.by_level import LevelBand, cut_by_level
from services.parse.forms.heads.columns_by_content import BOTH, split_both
from services.parse.forms.heads.halves import cut_into_halves, put_together
from services.parse.forms.heads.vocabulary import DASHES
from services.parse.forms.outline import Outline
from services.parse.forms.rows import cells_by_column, passage_of
from services.parse.forms.sections import names_level
from services.parse.grid import Cell, Grid
from services.parse.levels import is_level_heading, standard_level1
from services.parse.passage import Passage
from services.parse.readings import Doubt, IndicatorReading

FIELDS: Final = (
    *("level1", "level2", "name", "indicators", "annual_target", "period_target", "annual_operator"),
    *(
        "annual_unit",
        "period_operator",
        "period_unit",
        "explanation",
        "scoring",
        "weight",
        "core",
        "note",
        "actual",
        "score",
        "deviation",
    ),
    *("activity", BOTH),
)
_CARRIES: Final = frozenset({"name", "indicators"}) | VALUES
"""A row is an indicator of its own when one of these begins in it."""
_TEXTS: Final = frozenset(
    {"level1", "level2", BOTH, "name", "indicators", "explanation", "scoring", "note", "deviation"}
    | {"activity"}
)
_ORDINAL: Final = re.compile(r"^\s*指标\s*\d{1,2}\s*(?:[:：]|$)")
_NOTHING: Final = frozenset({"", "无", "不适用", "不涉及"})


def read_indicators(
    grid: Grid, band: Band, rows: Iterable[int], *, starts_with_period: bool = False
) -> tuple[IndicatorReading, ...]:
    """
    Read one indicator from each row that holds one.

    A cell merged over several rows is printed for each of them. Rows that a form prints for a
    level without indicators (the name is blank or 不适用, and so is the value) are none.
    """
    by_level = cut_by_level(band)
    if by_level:
        return tuple(_read_by_level(grid, by_level, tuple(rows)))
    halves = cut_into_halves(band, starts_with_period=starts_with_period)
    found: list[IndicatorReading] = []
    outline = Outline()
    for row in rows:
        if level := _level_across(grid, row):
            outline.note_across(level)
            continue
        read = [indicator for half in halves for indicator in _read_row(grid, half, row, outline)]
        found.extend(put_together(*read) if len(read) == len(halves) == 2 else read)
    return tuple(found)


def _level_across(grid: Grid, row: int) -> Passage | None:
    """Give the level that stands over the whole width above the rows it is of."""
    return grid.row(row)[0].passage if names_level(grid, row) else None


def _read_by_level(grid: Grid, bands: Iterable[LevelBand], rows: Iterable[int]) -> Iterator[IndicatorReading]:
    for part in bands:
        outline = Outline()
        for row in rows:
            for indicator in _read_row(grid, part.band, row, outline):
                yield replace(indicator, fields={**indicator.fields, **part.levels})


def _read_row(grid: Grid, band: Band, row: int, outline: Outline) -> Iterator[IndicatorReading]:
    named: dict[str, list[Cell]] = {}
    for column, found in cells_by_column(grid, band, row).items():
        if column.field in FIELDS:
            named.setdefault(column.field, []).extend(found)
    if any(cell.row == row for field in _CARRIES for cell in named.get(field, ())):
        texts = {field: passage_of(found, is_text=field in _TEXTS) for field, found in named.items()}
        indicator = _indicator({field: text.strip() for field, text in texts.items()}, band)
        if heading := _level_heading(indicator):
            outline.note(heading)
        elif _says_something(indicator):
            yield replace(indicator, fields=outline.below(indicator.fields))
        else:
            outline.note(indicator.fields)


def _level_heading(indicator: IndicatorReading) -> dict[str, Passage] | None:
    """Give the level that a row names where the indicators' names stand, if it prints nothing else."""
    printed = {field: text for field, text in indicator.fields.items() if text}
    name = printed.get("name", Passage())
    if printed.keys() != {"name"} or not is_level_heading(name.text):
        return None
    return {"level2" if standard_level1(name.text) is None else "level1": name}


def _indicator(printed: dict[str, Passage], band: Band) -> IndicatorReading:
    fields = split_both(printed)
    if "name" not in band.fields and "indicators" in fields:
        fields = {**fields, **split_levels(fields.pop("indicators"))}
    fields.pop("indicators", None)
    for level in ("level1", "level2"):
        if level in band.fields:
            fields.setdefault(level, Passage())
    return IndicatorReading(fields, () if fields.get("name") else (_nameless(fields),))


def _nameless(fields: dict[str, Passage]) -> Doubt:
    place = next((fields[field] for field in sorted(VALUES) if fields.get(field)), Passage())
    return Doubt("name_missing", "doubt", "指标名称空缺", place, found=place.text)


def _says_something(indicator: IndicatorReading) -> bool:
    name = indicator.fields.get("name", Passage())
    values = [indicator.fields.get(field, Passage()) for field in VALUES]
    if _is_nothing(name):
        return any(not _is_nothing(value) for value in values)
    return True


def _is_nothing(passage: Passage) -> bool:
    """What a blank form prints where an indicator would stand (指标1：, ……) is nothing, too."""
    return _ORDINAL.sub("", passage.text).strip(DASHES + "…. ") in _NOTHING

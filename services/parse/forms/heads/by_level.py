"""Headers with a name and a value below each of several levels: 产出指标 (三级指标, 指标值), 效益指标 (…)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from services.parse.forms.heads.band import VALUES, Band, Column
from services.parse.levels import standard_level1, standard_level2
from services.parse.passage import Passage

COLUMN = "level1_column"
"""Named among the columns of a table of this shape, so that its form can ask for it."""


@dataclass(frozen=True, slots=True)
class LevelBand:
    """The columns below one level or two, and the levels as printed above them."""

    levels: Mapping[str, Passage]
    band: Band


def cut_by_level(band: Band) -> tuple[LevelBand, ...]:
    """Give a header for each level that stands over a name and a value; nothing if there is but one."""
    groups = [(_levels(above), tuple(columns)) for above, columns in groupby(band.columns, key=_above)]
    found = tuple(
        LevelBand(levels, replace(band, columns=columns))
        for levels, columns in groups
        if levels and _is_complete(columns)
    )
    return found if len(found) > 1 else ()


def _above(column: Column) -> tuple[Passage, Passage]:
    return column.parent, column.grandparent


def _levels(above: tuple[Passage, Passage]) -> dict[str, Passage]:
    parent, grandparent = above
    if standard_level1(parent.text):
        return {"level1": parent}
    outer = {"level1": grandparent} if standard_level1(grandparent.text) else {}
    return {**outer, "level2": parent} if standard_level2(parent.text) else {}


def _is_complete(columns: tuple[Column, ...]) -> bool:
    fields = {column.field for column in columns}
    return "name" in fields and bool(fields & VALUES)

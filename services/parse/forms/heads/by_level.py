"""Headers with a name and a value below each of several levels: 产出指标 (三级指标, 指标值), 效益指标 (…)."""

from dataclasses import dataclass, replace
from itertools import groupby

from services.parse.forms.heads.band import VALUES, Band, Column
from services.parse.levels import standard_level1, standard_level2
from services.parse.passage import Passage

COLUMN = "level1_column"
"""Named among the columns of a table of this shape, so that its form can ask for it."""


@dataclass(frozen=True, slots=True)
class LevelBand:
    """The columns below one level, the level as printed above them and which of the two it is."""

    level: str
    printed: Passage
    band: Band


def cut_by_level(band: Band) -> tuple[LevelBand, ...]:
    """Give a header for each level that stands over a name and a value; nothing if there is but one."""
    groups = [(parent, tuple(columns)) for parent, columns in groupby(band.columns, key=_parent)]
    found = tuple(
        LevelBand(level, parent, replace(band, columns=columns))
        for parent, columns in groups
        if (level := _level(parent)) and _is_complete(columns)
    )
    return found if len(found) > 1 else ()


def _parent(column: Column) -> Passage:
    return column.parent


def _level(parent: Passage) -> str | None:
    if standard_level1(parent.text):
        return "level1"
    return "level2" if standard_level2(parent.text) else None


def _is_complete(columns: tuple[Column, ...]) -> bool:
    fields = {column.field for column in columns}
    return "name" in fields and bool(fields & VALUES)

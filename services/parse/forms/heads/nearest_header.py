"""The row of a refused table that looks most like the header of indicators."""

from typing import Final

from services.parse.explanation import HeadTaken
from services.parse.forms.heads.labels import column_field, label_text
from services.parse.grid import Grid

_OF_INDICATORS: Final = frozenset(
    {"level1", "level2", "name", "indicators", "annual_target", "period_target", "annual_operator", "actual"}
)


def nearest_header(grid: Grid, rows: range) -> tuple[HeadTaken, ...]:
    """Give the row with the most heads of indicators, known words and unknown ones; nothing below two."""
    found = [(sum(head.field in _OF_INDICATORS for head in heads), heads) for heads in _rows(grid, rows)]
    most, heads = max(found, key=lambda counted: counted[0], default=(0, ()))
    return heads if most > 1 else ()


def _rows(grid: Grid, rows: range) -> list[tuple[HeadTaken, ...]]:
    return [
        tuple(
            HeadTaken(cell.passage, column_field(text))
            for cell in grid.row(row)
            if (text := label_text(cell))
        )
        for row in rows
    ]

"""Cuts a grid into sections: the head rows, the header and the indicator rows of one table."""

import re
from dataclasses import dataclass, replace

from services.parse.forms.asides import is_aside
from services.parse.forms.heads.band import Band, find_bands
from services.parse.forms.heads.columns_by_content import name_by_content
from services.parse.forms.heads.horizons import horizon_of
from services.parse.forms.heads.key_values import Head, is_signature
from services.parse.forms.heads.labels import head_field, label_text
from services.parse.grid import Cell, Grid
from services.parse.levels import standard_level1, standard_level2

_STARTS_A_HEAD = frozenset(
    {"name", "whole_department", "department", "funds", "goal", "goal_period", "budget_unit", "code"}
)
_NUMBERED_GOAL = re.compile(r"\S*目标\s*[0-9一二三四五六七八九十]{1,2}")
"""Stands beside the indicators that belong to it, below a head of its own (目标名称)."""

_PROJECT = re.compile(r"\s*项目(?:名称|[一二三四五六七八九十\d]{1,2})\s*[:：]\s*\S")
_MONEY_BELOW = re.compile(r"\S{0,8}(?:资金|预算|支出|费用|经费)(?:明细|测算|构成|使用计划)\S{0,3}")
"""A line of its own that announces how the money is made up."""

_COUNTS = frozenset({"栏次", "栏目", "列次"})
_FEWEST_COUNTED = 3


@dataclass(frozen=True, slots=True)
class Section:
    """
    One table within a grid.

    ``head`` are the rows above its header (labels and values, titles), ``body`` those below it
    that may hold indicators. A grid without a header is one section without a band. ``caption``
    is the row over the whole width that names the project of the rows below it.
    """

    grid: Grid
    head: range
    band: Band | None = None
    body: tuple[int, ...] = ()
    caption: int | None = None

    @property
    def is_list(self) -> bool:
        return self.band is not None and self.band.is_of_list


def cut_into_sections(grid: Grid) -> list[Section]:
    """Find the tables that stand one below another in a grid; headers repeated on a new page are one."""
    sections: list[Section] = []
    bands = find_bands(grid)
    start = 0
    for position, band in enumerate(bands):
        end = bands[position + 1].top if position + 1 < len(bands) else grid.row_count
        body, rest = _body(grid, band, range(band.bottom + 1, end))
        if sections and _repeats(sections[-1], band, start):
            sections[-1] = _lengthen(sections[-1], body)
        else:
            sections.append(Section(grid, range(start, band.top), band, body))
        start = _cut_at_captions(sections, band, range(rest, end))
    if not sections or start < grid.row_count:
        sections.append(Section(grid, range(start, grid.row_count)))
    return [_named_by_content(section) for section in sections]


def _cut_at_captions(sections: list[Section], band: Band, rows: range) -> int:
    """Begin a section at each row that names the project of the next ones; give the row behind them all."""
    above = sections[-1]
    rest = rows.start
    while rest in rows and not above.is_list and _is_caption(above.grid, rest):
        caption = rest
        body, rest = _body(above.grid, band, range(caption + 1, rows.stop))
        if sections[-1] is above and not above.body:
            sections[-1] = replace(above, body=body, caption=caption)
        else:
            sections.append(Section(above.grid, range(caption, caption), band, body, caption))
    return rest


def _named_by_content(section: Section) -> Section:
    band = section.band and name_by_content(section.grid, section.band, section.body)
    return replace(section, band=band)


def _body(grid: Grid, band: Band, below: range) -> tuple[tuple[int, ...], int]:
    """List the indicator rows below a header, and the row at which the next head begins."""
    section = Section(grid, range(0), band)
    rows: list[int] = []
    for row in below:
        if not section.is_list and _begins_a_head(grid, band, row):
            return tuple(rows), row
        is_heading = _is_one_cell(grid, row) and (section.is_list or not names_level(grid, row))
        is_aside = is_heading or _is_aside_beside_label(grid, band, row)
        if not (is_aside or numbers_columns(grid, row) or _is_about_the_table(grid, band, row)):
            rows.append(row)
    return tuple(rows), below.stop


def _is_aside_beside_label(grid: Grid, band: Band, row: int) -> bool:
    """Say whether a note or the like is all that a row holds right of the label beside the indicators."""
    first = min(column.start for column in band.columns)
    own = [cell for cell in grid.row(row) if cell.column + cell.column_span > first]
    return len(own) == 1 and own[0].row == row and is_aside(own[0].text)


def _begins_a_head(grid: Grid, band: Band, row: int) -> bool:
    cells = grid.row(row)
    if _is_one_cell(grid, row):
        return (
            _is_title(cells[0])
            or _names_project(grid, row)
            or _MONEY_BELOW.fullmatch(label_text(cells[0])) is not None
        )
    name = band.column("name") or band.column("indicators")
    leftmost = [cell for cell in cells if cell.row == row and (name is None or cell.column < name.start)]
    return any(
        head_field(label_text(cell)) in _STARTS_A_HEAD and not _NUMBERED_GOAL.fullmatch(cell.text)
        for cell in leftmost
    )


def _is_about_the_table(grid: Grid, band: Band, row: int) -> bool:
    """
    Say whether a row holds signatures, or a label (审核意见, 评价等级) beside a text of its own.

    The text covers name and value; or it covers the value, and the label levels and name.
    """
    cells = grid.row(row)
    if is_signature(cells):
        return True
    own = [cell for cell in cells if cell.row == row]
    name, value = band.column("name"), band.column("annual_target")
    if name is None or value is None or not own or head_field(label_text(own[0])) != "unused":
        return False
    first, last = min(name.start, value.start), max(name.end, value.end)
    if own[0].column < name.start and name.end <= own[0].column + own[0].column_span:
        first = max(name.end, value.start)
    return any(cell.column <= first and last <= cell.column + cell.column_span for cell in own[1:])


def _names_project(grid: Grid, row: int) -> bool:
    cells = grid.row(row)
    return _is_one_cell(grid, row) and _PROJECT.match(cells[0].text) is not None


def _is_caption(grid: Grid, row: int) -> bool:
    """Tell the name above a project's indicators from one that begins the head of another block."""
    below = grid.row(row + 1) if row + 1 < grid.row_count else ()
    return _names_project(grid, row) and len(below) > 1 and _is_level(below[0])


def _is_one_cell(grid: Grid, row: int) -> bool:
    return grid.column_count > 1 and len(grid.row(row)) == 1


def names_level(grid: Grid, row: int) -> bool:
    """Say whether a row is nothing but a level over the whole width: 一、产出指标（50分）."""
    return _is_one_cell(grid, row) and _is_level(grid.row(row)[0])


def _is_level(cell: Cell) -> bool:
    text = label_text(cell)
    return standard_level1(text) is not None or standard_level2(text) is not None


def numbers_columns(grid: Grid, row: int) -> bool:
    """Say whether a row only counts the columns (栏次 1 2 3 …), as official tables do below their head."""
    texts = [label_text(cell).strip() for cell in grid.row(row) if cell.lines]
    numbers = texts[1:] if texts and texts[0] in _COUNTS else texts
    counted = [str(number) for number in range(1, len(numbers) + 1)]
    return len(numbers) >= _FEWEST_COUNTED and numbers == counted


def _is_title(cell: Cell) -> bool:
    return "绩效" in cell.text and "表" in cell.text and not is_aside(cell.text)


def _repeats(section: Section, band: Band, start: int) -> bool:
    """
    A header is the one before again when it names the same columns and no head stands between.

    Long-term and annual indicators may have the same header, each with its label beside it.
    """
    if section.band is None or start < band.top:
        return False
    horizons = {horizon_of(section.grid, each, Head()) for each in (section.band, band)}
    if horizons == {"period", "annual"}:
        return False
    return [column.field for column in section.band.columns] == [column.field for column in band.columns]


def _lengthen(section: Section, body: tuple[int, ...]) -> Section:
    return Section(section.grid, section.head, section.band, section.body + body)

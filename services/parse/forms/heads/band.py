"""Finds the header of an indicator table and says what each of its columns means."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from services.parse.forms.heads.labels import (
    column_field,
    head_field,
    is_weak_name,
    label_text,
    normalise,
    years_in,
)
from services.parse.forms.heads.weak_targets import TALLEST_HEAD, weak_targets
from services.parse.grid import Cell, Grid
from services.parse.levels import is_level_heading, standard_level1, standard_level2
from services.parse.passage import Passage

VALUES: Final = frozenset({"annual_target", "period_target", "actual"})
AMOUNTS: Final = frozenset(
    {
        "total",
        "fiscal",
        "special_account",
        "other",
        "carried_over",
        "central",
        "local",
        "adjusted",
        "executed",
    }
)
LEVELS: Final = frozenset({"level1", "level2"})
_OF_INDICATORS: Final = LEVELS | {"name", "indicators"}
_WHOLE_YEAR: Final = re.compile(r"(?:全年|年度|本年度?|当年)(?:指标|目标|计划)?值?")
_PART_OF_A_YEAR: Final = re.compile(
    r"(?:第?[一二三四1-4]季度?|[上下]?半年|[上去前]年|\d{1,2}[-—~]\d{1,2}月份?|\d{1,2}月份?)(?:指标|目标|计划)?值?"
)
_SPEAKS_OF_PROJECTS: Final = re.compile(r"项目|名称|经费|专项|事项|任务|工程|政策")
_BELOW_INDICATORS: Final = {"名称": "name", "内容": "name", "标准": "annual_target", "要求": "annual_target"}
_FEWEST_SECOND_LEVELS: Final = 3
"""So many second levels side by side are heads of columns; one or two may be a row's own levels."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of meaning: it covers the grid's columns from ``start`` up to ``end`` (excluded)."""

    field: str
    start: int
    end: int
    head: Passage
    parent: Passage = Passage()
    grandparent: Passage = Passage()
    """The head above it and the one above that."""

    @property
    def years(self) -> tuple[int, ...]:
        """The years that its head names, or the one above."""
        return years_in(self.head.text) or years_in(self.parent.text)


@dataclass(frozen=True, slots=True)
class Band:
    """
    The rows of a header, both ends included, and the columns it names.

    ``unread`` are heads whose words are not known.
    """

    top: int
    bottom: int
    columns: tuple[Column, ...]
    unread: tuple[Passage, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(column.field for column in self.columns)

    @property
    def is_of_list(self) -> bool:
        """
        A list names projects in a column; a block names its only project in its head.

        A department's list has columns of units or departments and goals instead.
        """
        is_of_offices = "goal" in self.fields and bool(self.fields & {"budget_unit", "department"})
        return "project" in self.fields or is_of_offices

    def column(self, field: str) -> Column | None:
        """Find the first column of that meaning."""
        return next((column for column in self.columns if column.field == field), None)


def find_bands(grid: Grid) -> list[Band]:
    """
    Find every header in a grid, top to bottom; a header repeated on a new page is another one.

    Headers with levels, names and values are looked for first: the upper row of such a header
    may look like the header of a list that keeps all indicators in one cell.
    """
    bands: list[Band] = []
    for is_header in (_names_indicators, _names_second_levels, _names_projects):
        for row in range(grid.row_count):
            if not any(band.top <= row <= band.bottom for band in bands) and is_header(_fields(grid, row)):
                bands.append(_band_around(grid, row))
    return sorted(bands, key=lambda band: band.top)


def _fields(grid: Grid, row: int) -> Counter[str]:
    fields = (column_field(label_text(cell)) for cell in grid.row(row))
    counted = Counter(field for field in fields if field)
    if counted.keys() & {"name", "indicators"} and weak_targets(grid, row):
        counted["annual_target"] += 1
    counted.update(_fields_below_indicators(grid, row))
    return counted


def _fields_below_indicators(grid: Grid, row: int) -> Iterator[str]:
    """Below a head 绩效指标 plain words (名称, 标准) are heads."""
    above = [cell for cell in grid.row(row - 1) if column_field(label_text(cell)) == "indicators"]
    for cell in grid.row(row):
        is_below = any(head is not cell and _covers(head, cell.column) for head in above)
        if is_below and (field := _BELOW_INDICATORS.get(normalise(label_text(cell)))):
            yield field


def _covers(head: Cell, column: int) -> bool:
    return head.column <= column < head.column + head.column_span


def _names_second_levels(fields: Counter[str]) -> bool:
    return "project" in fields and fields["level2_column"] >= _FEWEST_SECOND_LEVELS


def _names_indicators(counted: Counter[str]) -> bool:
    fields = frozenset(counted)
    has_name = "name" in fields or "indicators" in fields or fields >= LEVELS
    return has_name and bool(fields & VALUES)


def _names_projects(counted: Counter[str]) -> bool:
    fields = frozenset(counted)
    return "project" in fields and bool(fields & {"goal", "indicators"}) and bool(fields & AMOUNTS)


def _band_around(grid: Grid, row: int) -> Band:
    cells = [cell for cell in grid.row(row) if column_field(label_text(cell))]
    named = any(column_field(label_text(cell)) == "name" for cell in cells)
    heads = _without_label(cells)
    bottom = max(_end(cell) for cell in heads if _ends_the_header(cell, named=named))
    top = min(cell.row for cell in heads if _is_head(cell, bottom, named=named))
    rows = range(top, bottom + 1)
    columns = _without_doubles(_with_weak_targets(list(_columns(grid, rows, named=named)), grid, row))
    return _with_project_of_its_row(grid, Band(top, bottom, columns, tuple(_unread(grid, rows, columns))))


def _with_project_of_its_row(grid: Grid, band: Band) -> Band:
    """
    Take a head of unknown words for the projects' where each has money or a goal beside it.

    It stands before the indicators; of several the one that speaks of projects. A block that
    names its project above has none.
    """
    first = min((column.start for column in band.columns if column.field in _OF_INDICATORS), default=0)
    beside = (column for column in band.columns if column.field in AMOUNTS | {"goal"})
    if band.is_of_list or not any(column.end <= first for column in beside) or _is_named_above(grid, band):
        return band
    unread = [cell for cell in grid.row(band.bottom) if cell.passage in band.unread and cell.column < first]
    heads = unread if len(unread) == 1 else [cell for cell in unread if _SPEAKS_OF_PROJECTS.search(cell.text)]
    if len(heads) != 1:
        return band
    project = Column("project", heads[0].column, heads[0].column + heads[0].column_span, heads[0].passage)
    columns = tuple(sorted((*band.columns, project), key=lambda column: column.start))
    return replace(band, columns=columns, unread=tuple(each for each in band.unread if each != project.head))


def _is_named_above(grid: Grid, band: Band) -> bool:
    cells = (cell for row in range(band.top) for cell in grid.row(row))
    return any(head_field(label_text(cell)) == "name" for cell in cells)


def _with_weak_targets(columns: list[Column], grid: Grid, row: int) -> list[Column]:
    targets = [
        Column("annual_target", cell.column, cell.column + cell.column_span, cell.passage)
        for cell in weak_targets(grid, row)
    ]
    places = {target.start for target in targets}
    return sorted(
        [*(column for column in columns if column.start not in places), *targets], key=lambda each: each.start
    )


def _without_label(cells: list[Cell]) -> list[Cell]:
    """Leave out 绩效指标 beside the rows where another head (指标) names the column of names."""
    names = [cell for cell in cells if column_field(label_text(cell)) == "indicators"]
    if len(names) < 2 or _end(names[0]) <= _end(names[-1]):
        return cells
    return [cell for cell in cells if cell is not names[0]]


def _end(cell: Cell) -> int:
    return cell.row + cell.row_span - 1


def _ends_the_header(cell: Cell, *, named: bool) -> bool:
    """Heads of names and values end where the header ends; labels beside the rows reach further down."""
    field = column_field(label_text(cell)) or ""
    if cell.row_span > TALLEST_HEAD:
        return False
    ends = field in VALUES or field in ("name", "level2", "project", "level2_column")
    return ends or (field == "indicators" and not named)


def _is_head(cell: Cell, bottom: int, *, named: bool) -> bool:
    """Tell heads from labels that stand beside the rows: 绩效指标 is one where a column has the names."""
    field = column_field(label_text(cell))
    return field is not None and _end(cell) <= bottom and not (named and field == "indicators")


@dataclass(frozen=True, slots=True)
class _Stack:
    """The header's cells over one of the grid's columns: the lowest known head and what is around it."""

    head: Cell
    parents: tuple[Cell, ...]
    below: Cell | None

    @property
    def parent(self) -> Cell | None:
        return self.parents[0] if self.parents else None


def _stack(grid: Grid, position: int, rows: range, *, named: bool) -> _Stack | None:
    cells: list[Cell] = []
    for row in rows:
        cell = grid.at(row, position)
        if not cells or cell is not cells[-1]:
            cells.append(cell)
    known = [index for index, cell in enumerate(cells) if _is_head(cell, rows[-1], named=named)]
    if not known:
        return None
    parents = [cell for cell in cells[: known[-1]] if cell.lines]
    below = [cell for cell in cells[known[-1] + 1 :] if cell.lines]
    return _Stack(cells[known[-1]], tuple(reversed(parents)), below[-1] if below else None)


def _columns(grid: Grid, rows: range, *, named: bool) -> Iterator[Column]:
    """
    Give each known head its columns: those below which no other known head stands.

    A head over one unknown one (指标值 over 内容) still means that column; over several
    unknown ones nobody can tell which of them is meant, and none is read, unless they are times.
    """
    stacks = [_stack(grid, position, rows, named=named) for position in range(grid.column_count)]
    start = 0
    for _, group in groupby(stacks, key=lambda stack: id(stack.head) if stack else None):
        run = list(group)
        first, end = run[0], start + len(run)
        unknown = {id(stack.below) for stack in run if stack and stack.below}
        if first is not None and len(unknown) <= 1 and not _names_a_group(first, len(run)):
            above = [parent.passage for parent in first.parents[:2]]
            yield Column(_field_under(first.head, first.parent), start, end, first.head.passage, *above)
        else:
            yield from _columns_of_times(run, start)
            yield from _columns_below_indicators(run, start)
        start = end


def _names_a_group(stack: _Stack, width: int) -> bool:
    """Say whether 绩效目标 stands over the heads of indicators, and is not what the project is for."""
    is_wider = stack.head.column_span > width and stack.below is not None
    is_goal = _field_under(stack.head, stack.parent) == "goal"
    return is_wider and is_goal and "目标" not in label_text(stack.below or stack.head)


def _columns_below_indicators(run: Sequence[_Stack | None], start: int) -> Iterator[Column]:
    """Below 绩效指标 heads (名称, 标准) need no more words."""
    for position, stack in enumerate(run, start=start):
        if stack is None or stack.below is None or _field_under(stack.head, stack.parent) != "indicators":
            continue
        if field := _BELOW_INDICATORS.get(normalise(label_text(stack.below))):
            yield Column(field, position, position + 1, stack.below.passage, stack.head.passage)


def _columns_of_times(run: Sequence[_Stack | None], start: int) -> Iterator[Column]:
    """
    Give each time below a common head (指标值 over 2025年 and 2026年) a column of that meaning.

    Of the parts of a year (一季度, 半年, 全年) the whole one is meant.
    """
    stacks = [stack for stack in run if stack is not None]
    below = [stack.below for stack in stacks if stack.below is not None]
    texts = [label_text(cell) for cell in below]
    if not below or len(below) < len(run) or not all(map(_is_time, texts)):
        return
    field, head = _field_under(stacks[0].head, stacks[0].parent), stacks[0].head.passage
    for position, (cell, text) in enumerate(zip(below, texts, strict=True), start=start):
        is_other = field in VALUES and not years_in(text) and not _WHOLE_YEAR.fullmatch(text)
        yield Column("other_target" if is_other else field, position, position + 1, cell.passage, head)


def _is_time(text: str) -> bool:
    return bool(years_in(text) or _WHOLE_YEAR.fullmatch(text) or _PART_OF_A_YEAR.fullmatch(text))


def _without_doubles(columns: list[Column]) -> tuple[Column, ...]:
    """
    Leave one column to each field: the first, but 三级指标 before 指标内容, which explains it.

    A header that names everything twice (values of the period beside those of the year) stays,
    and so do columns of several years.
    """
    columns = _with_goal_before_levels(columns)
    names = [column for column in columns if column.field == "name"]
    strong = [column for column in names if not is_weak_name(column.head.text)]
    if strong and len(strong) < len(names):
        weak = [column for column in names if column not in strong]
        columns = [replace(column, field="explanation") if column in weak else column for column in columns]
    if len(strong) > 1 or _stand_below_levels(names):
        return tuple(columns)
    columns = _without_scores_of_projects(_without_weights_of_levels(_with_unit_of_project(columns)))
    first = {(column.field, column.years): column for column in reversed(columns)}
    return tuple(
        column
        for column in columns
        if first[column.field, column.years] is column or column.field == "level2_column"
    )


def _stand_below_levels(names: Sequence[Column]) -> bool:
    above = [name.parent.text for name in names]
    return len(set(above)) > 1 and all(standard_level1(text) or standard_level2(text) for text in above)


def _with_goal_before_levels(columns: list[Column]) -> list[Column]:
    """The bare word 目标 left of the levels is what a project is for, not the value of an indicator."""
    first = min((column.start for column in columns if column.field in LEVELS), default=0)
    if any(column.field == "goal" for column in columns):
        return columns
    return [
        replace(column, field="goal")
        if column.end <= first and normalise(column.head.text) == "目标"
        else column
        for column in columns
    ]


def _without_weights_of_levels(columns: list[Column]) -> list[Column]:
    """Of weights beside each level the one behind the name is the indicator's own."""
    name = next((column for column in columns if column.field == "name"), None)
    weights = [column for column in columns if column.field == "weight"]
    if name is None or not any(column.start > name.start for column in weights):
        return columns
    return [column for column in columns if column.field != "weight" or column.start > name.start]


def _without_scores_of_projects(columns: list[Column]) -> list[Column]:
    """A score between the project and its indicators is the project's."""
    project = next((column.start for column in columns if column.field == "project"), None)
    first = min((column.start for column in columns if column.field in _OF_INDICATORS), default=0)
    if project is None:
        return columns
    return [column for column in columns if column.field != "score" or not project < column.start < first]


def _with_unit_of_project(columns: list[Column]) -> list[Column]:
    """单位 before the projects of a list is the office that has them, not a unit of measurement."""
    project = next((column.start for column in columns if column.field == "project"), 0)
    return [
        replace(column, field="budget_unit")
        if column.field == "annual_unit" and column.end <= project
        else column
        for column in columns
    ]


def _field_under(leaf: Cell, parent: Cell | None) -> str:
    """Read a head with the one above it: 小计 below 财政拨款 is fiscal money, 指标 below 产出指标 a name."""
    field = column_field(label_text(leaf)) or ""
    above = column_field(label_text(parent)) if parent else None
    if field == "total" and above in AMOUNTS:
        return above
    if field == "indicators" and parent and is_level_heading(parent.text):
        return "name"
    return field


def _unread(grid: Grid, rows: range, columns: tuple[Column, ...]) -> Iterator[Passage]:
    read = {column.head for column in columns} | {column.parent for column in columns}
    cells = dict.fromkeys(cell for row in rows for cell in grid.row(row))
    for cell in cells:
        text = label_text(cell)
        if text and column_field(text) is None and cell.passage not in read:
            yield cell.passage

"""Reads grids as official tables: which form each is, and what stands in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.parse.explanation import Explanation, HeadTaken
from services.parse.forms.blocks import STARTS_WITH_PERIOD
from services.parse.forms.columns_of_years import settle_years, year_of_document, year_of_table
from services.parse.forms.form import EVALUATED, Features
from services.parse.forms.heads.band import LEVELS, Band
from services.parse.forms.heads.by_level import COLUMN as LEVEL_COLUMN
from services.parse.forms.heads.by_level import cut_by_level
from services.parse.forms.heads.garbled_heads import mend_heads
from services.parse.forms.heads.halves import cut_into_halves
from services.parse.forms.heads.horizons import join_horizons
from services.parse.forms.heads.key_values import Head
from services.parse.forms.heads.labels import label_text
from services.parse.forms.heads.nearest_header import nearest_header
from services.parse.forms.lost_rows import find_lost_rows
from services.parse.forms.nameless import goes_on_without_a_name, put_behind
from services.parse.forms.parts import Part, find_parts
from services.parse.forms.registry import GENERAL, recognise
from services.parse.forms.setting import Setting, read_setting
from services.parse.forms.table import read_table
from services.parse.forms.titles import find_title
from services.parse.grid import Grid
from services.parse.levels import standard_level1, standard_level2
from services.parse.passage import Passage
from services.parse.readings import DocumentReading, Doubt, TableReading
from shared.contracts.records import Finding, Scope

_WITHOUT_KEYS: Final = "的表没有画全表线，表头以上各栏（项目名称、资金、目标等）不能确定，只读了指标各行"
_UNREAD: Final = "有绩效指标的表，但没有画全表线，从空白和文字不能确定各行各栏，没有读取"

_OF_PERFORMANCE: Final = frozenset(
    {"level2_column", LEVEL_COLUMN, "annual_operator", "weight", "scoring", "core"}
)
_EVALUATION: Final = re.compile(r"自评|评价(?!指标)")
_OF_A_DEPARTMENT: Final = re.compile(r"(?:部门|单位)(?:预算)?(?:支出)?绩效(?:目标|自评)(?!.*项目)")
_LONGEST_TITLE: Final = 60
"""Characters; a longer line above a table is running text."""


def read_tables(grids: Sequence[Grid], cover: Sequence[Passage] = ()) -> DocumentReading:
    """
    Read every official table among the grids of a document, and keep why each was taken or refused.

    ``cover`` are the lines of the first pages, which may state the year of the tables.
    """
    mended = [mend_heads(grid) for grid in grids if not grid.is_unread]
    unread = [grid for grid in grids if grid.is_unread]
    read: list[_Read] = []
    for part, setting in _of_their_year(find_parts([grid for grid, _ in mended]), cover):
        if part.section.band is None or not _is_of_performance(part, part.section.band):
            read.append(_Read(part, None, _refusal(part, setting)))
            continue
        found = _Read(part, *_read(part, part.section.band, setting))
        joined = _with_the_one_before(read[-1], found) if read else None
        read[len(read) - bool(joined) :] = [joined or found]
    doubts = [doubt for _, each in mended for doubt in each]
    return DocumentReading(
        tables=tuple(_with_doubts(each.table, doubts) for each in read if each.table),
        findings=(
            *map(_unread, unread),
            *_without_keys(grids),
            *find_lost_rows((each.part, each.table is not None) for each in read),
        ),
        explanations=(*(each.explanation for each in read), *map(_unread_explained, unread)),
    )


def _of_their_year(found: Iterable[Part], cover: Sequence[Passage]) -> Iterator[tuple[Part, Setting]]:
    """Give each part what stands around it, its header without the columns of other years."""
    parts = [(part, read_setting(part.lines, part.head, part.section.band)) for part in found]
    year = year_of_document((setting for _, setting in parts), cover)
    for part, setting in parts:
        if part.section.band is None:
            yield part, setting
            continue
        band, doubts = settle_years(part.section.band, year_of_table(setting) or year)
        settled = replace(part, section=replace(part.section, band=band))
        yield settled, replace(setting, doubts=(*setting.doubts, *doubts))


@dataclass(frozen=True, slots=True)
class _Read:
    """A part with what was read of it."""

    part: Part
    table: TableReading | None
    explanation: Explanation


def _is_of_performance(part: Part, band: Band) -> bool:
    """
    Say whether a table with indicators or goals is about performance.

    Operators and weights of indicators are printed for nothing else, nor are the names of the
    levels (数量指标), or a project above 一级指标. A plan's targets (指标名称, 目标值), an index of
    another kind (一级指标: 开办企业) and a budget's projects with what they are for are also printed
    for other ends: such a table must speak of performance in its title, its heads or its labels.
    """
    columns = _columns(part, band)
    of_somebody = bool(columns & LEVELS and part.head.fields & {"name", "whole_department"})
    if columns & _OF_PERFORMANCE or of_somebody or _prints_levels(part):
        return True
    titles = (line for line in part.lines if len(line) <= _LONGEST_TITLE)
    heads = (passage for column in band.columns for passage in (column.head, column.parent))
    labels = (label.text for label in part.head.labels)
    return any("绩效" in printed.text for printed in (*titles, *heads, *band.unread, *labels))


def _prints_levels(part: Part) -> bool:
    texts = (label_text(cell) for row in part.section.body for cell in part.section.grid.row(row))
    return any(standard_level1(text) or standard_level2(text) for text in texts)


def _unread(grid: Grid) -> Finding:
    return Finding(
        code="table_unread",
        severity="error",
        message=f"第 {grid.first_page} 页：{_UNREAD}",
        page=grid.first_page,
    )


def _without_keys(grids: Sequence[Grid]) -> Iterator[Finding]:
    for page in (grid.first_page for grid in grids if grid.lacks_keys):
        message = f"第 {page} 页{_WITHOUT_KEYS}"
        yield Finding(code="head_unread", severity="doubt", message=message, page=page)


def _unread_explained(grid: Grid) -> Explanation:
    title = find_title(grid.heading)
    return Explanation(grid.first_page, grid.last_page, form=None, reason=_UNREAD, title=title)


def _with_the_one_before(before: _Read, found: _Read) -> _Read | None:
    """Put a table into the one before: a second section of its block, or the rest of its rows."""
    goes_on = goes_on_without_a_name(before.part, found.part)
    horizons = {before.part.horizon, found.part.horizon}
    if found.part.is_second or (goes_on and horizons == {"period", "annual"}):
        return _joined(before, found)
    if before.table is None or found.table is None or not goes_on:
        return None
    table = put_behind(before.table, found.table)
    return None if table is None else replace(before, table=table)


def _joined(first: _Read, second: _Read) -> _Read | None:
    """Put the long-term and the annual section of a block together."""
    if first.table is None or second.table is None:
        return None
    joined = join_horizons(first.table, second.table, (first.part.horizon, second.part.horizon))
    if joined is None:
        return None
    bands = [part.section.band for part in (first.part, second.part) if part.section.band]
    fields = frozenset({"period_target"}).union(*(band.fields for band in bands))
    form, refused = recognise(Features("block", joined.scope, fields))
    explanation = replace(
        second.explanation,
        first_page=joined.first_page,
        form=form.name if form else GENERAL,
        reason="中长期和年度两段指标合为一个项目",
        columns=(*first.explanation.columns, *second.explanation.columns),
        refused=refused,
    )
    return _Read(second.part, replace(joined, form=explanation.form or GENERAL), explanation)


def _with_doubts(table: TableReading, doubts: Sequence[Doubt]) -> TableReading:
    own = [each for each in doubts if table.first_page <= (each.place.page or 0) <= table.last_page]
    return replace(table, doubts=(*table.doubts, *own))


def _read(part: Part, band: Band, setting: Setting) -> tuple[TableReading, Explanation]:
    scope = _scope(part, setting)
    columns = _columns(part, band) | _evaluated(band, setting)
    form, refused = recognise(Features("list" if band.is_of_list else "block", scope, columns))
    table = read_table(part, band, setting, form=form, scope=scope)
    return table, Explanation(
        first_page=table.first_page,
        last_page=table.last_page,
        form=table.form,
        reason="符合登记的版式" if form else "不符合任何登记的版式，按表头通读",
        title=setting.title,
        columns=_columns_taken(band),
        labels=_labels_taken(part.head),
        refused=refused,
    )


def _columns(part: Part, band: Band) -> frozenset[str]:
    """A header that names its columns twice has values of the whole period in the left ones."""
    if cut_by_level(band):
        return band.fields | {LEVEL_COLUMN}
    has_period = bool(part.head.fields & STARTS_WITH_PERIOD)
    halves = cut_into_halves(band, starts_with_period=has_period)
    return frozenset().union(*(half.fields for half in halves))


def _evaluated(band: Band, setting: Setting) -> frozenset[str]:
    is_evaluation = "score" in band.fields or _EVALUATION.search(setting.title.text)
    return frozenset({EVALUATED}) if is_evaluation else frozenset()


def _scope(part: Part, setting: Setting) -> Scope:
    """A block whose head, or title and lines above, name a department and no project is about it."""
    fields = part.head.fields
    is_titled_so = setting.department and not setting.project and _OF_A_DEPARTMENT.search(setting.title.text)
    is_department = bool("whole_department" in fields or is_titled_so) and "name" not in fields
    return "department" if is_department and not part.section.is_list else setting.scope


def _columns_taken(band: Band) -> tuple[HeadTaken, ...]:
    known = (HeadTaken(column.head, column.field) for column in band.columns)
    return (*known, *(HeadTaken(passage, None) for passage in band.unread))


def _labels_taken(head: Head) -> tuple[HeadTaken, ...]:
    return tuple(HeadTaken(label.text, label.field) for label in head.labels)


def _refusal(part: Part, setting: Setting) -> Explanation:
    heads = nearest_header(part.section.grid, part.section.head)
    return Explanation(
        first_page=part.first_page,
        last_page=part.last_page,
        form=None,
        reason=_reason(part, heads),
        title=setting.title or (part.lines[-1] if part.lines else Passage()),
        columns=heads,
        labels=_labels_taken(part.head),
    )


def _reason(part: Part, heads: tuple[HeadTaken, ...]) -> str:
    if part.section.band is not None:
        return "有指标或目标的表头，但表题、表头和标签都没有提到绩效"
    if heads:
        return "有像指标表头的一行，但缺少指标名称栏或指标值栏"
    if part.head.fields & {"name", "goal", "whole_department"}:
        return "有项目名称或绩效目标，但没有指标表头"
    return "没有绩效指标的表头，不是绩效目标表"

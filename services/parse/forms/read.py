"""Reads grids as official tables: which form each is, and what stands in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.parse.explanation import Explanation, HeadTaken
from services.parse.forms.band import Band
from services.parse.forms.blocks import read_block
from services.parse.forms.form import Features, Form
from services.parse.forms.key_values import Head, read_head
from services.parse.forms.listing import read_list
from services.parse.forms.registry import GENERAL, recognise
from services.parse.forms.sections import Section, cut_into_sections
from services.parse.forms.setting import Setting, read_setting
from services.parse.forms.stacking import stack
from services.parse.grid import Grid
from services.parse.passage import Passage
from services.parse.readings import DocumentReading, Doubt, ProjectReading, TableReading, TotalReading
from shared.contracts.records import Scope


_WHOSE: Final = frozenset({"name", "whole_department"})
_LONGEST_HEAD: Final = 15
"""Rows: the head of a block has no more."""


@dataclass(frozen=True, slots=True)
class FormsReading:
    """The tables of a document, and for each grid why it was read so or refused."""

    tables: tuple[TableReading, ...]
    explanations: tuple[Explanation, ...]


def read_tables(grids: Sequence[Grid]) -> DocumentReading:
    """Read every official table among the grids of a document."""
    return DocumentReading(tables=explain_tables(grids).tables)


def explain_tables(grids: Sequence[Grid]) -> FormsReading:
    """Read every official table, and keep why each grid was taken for a form or refused."""
    tables: list[TableReading] = []
    explanations: list[Explanation] = []
    for part in _parts(grids):
        table, explanation = _read(part)
        explanations.append(explanation)
        if table is not None:
            tables.append(table)
    return FormsReading(tuple(tables), tuple(explanations))


@dataclass(frozen=True, slots=True)
class _Part:
    """A section with the head that belongs to it and the lines printed above."""

    section: Section
    head: Head
    lines: tuple[Passage, ...]


def _parts(grids: Sequence[Grid]) -> Iterator[_Part]:
    """
    Walk over all sections; a head that a page's end cut off from its table is put before it.
    """
    waiting: _Part | None = None
    for grid in stack(grids):
        for position, section in enumerate(cut_into_sections(grid)):
            part = _part(section, grid.heading if position == 0 else ())
            if waiting is not None and _continues(waiting, part):
                part = _joined(waiting, part)
            elif waiting is not None:
                yield waiting
            waiting = part if section.band is None else None
            if waiting is None:
                yield part
    if waiting is not None:
        yield waiting


def _part(section: Section, heading: tuple[Passage, ...]) -> _Part:
    head = read_head(section.grid, section.head)
    printed_within = (cell.passage for cell in head.others if cell.column_span * 2 > section.grid.column_count)
    corner = (cell.passage for cell in head.others if cell.column_span * 2 <= section.grid.column_count)
    return _Part(section, head, (*heading, *corner, *printed_within))


def _continues(before: _Part, part: _Part) -> bool:
    """A block without a name continues a short head on the page before that ends with one."""
    follows = part.section.grid.first_page - before.section.grid.last_page in (0, 1)
    is_block = part.section.band is not None and not part.section.is_list
    is_cut_off = len(before.section.head) <= _LONGEST_HEAD and bool(before.head.fields & _WHOSE)
    return follows and is_block and is_cut_off and not part.head.fields & _WHOSE


def _joined(before: _Part, part: _Part) -> _Part:
    head = Head(before.head.labels + part.head.labels, before.head.others + part.head.others)
    return _Part(part.section, head, before.lines + part.lines)


def _read(part: _Part) -> tuple[TableReading | None, Explanation]:
    setting = read_setting(part.lines, part.head, part.section.band)
    band = part.section.band
    if band is None:
        return None, _refusal(part, setting)
    scope = _scope(part, setting)
    shape = "list" if part.section.is_list else "block"
    form, refused = recognise(Features(shape, scope, band.fields))
    table = _table(part, setting, form, scope)
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


def _scope(part: _Part, setting: Setting) -> Scope:
    about_department = "whole_department" in part.head.fields and "name" not in part.head.fields
    return "department" if about_department and not part.section.is_list else setting.scope


def _table(part: _Part, setting: Setting, form: Form | None, scope: Scope) -> TableReading:
    section = part.section
    band = _with_meanings(section.band, form)
    section = replace(section, band=band)
    members: tuple[ProjectReading | TotalReading, ...]
    if section.is_list:
        members = read_list(section, band)
    else:
        project = read_block(section, part.head, title=setting.title, scope=scope)
        members = (project,) if _is_filled(project) else ()
    first, last = _pages(section)
    return TableReading(
        form=form.name if form else GENERAL,
        scope=scope,
        first_page=first,
        last_page=last,
        rows_read=len(section.body),
        title=setting.title,
        department=setting.department,
        amount_unit=setting.amount_unit,
        year=setting.year,
        members=members,
        doubts=(*setting.doubts, *_doubts(members, band)),
        heading=part.lines,
    )


def _with_meanings(band: Band | None, form: Form | None) -> Band:
    if band is None:
        raise ValueError("a table without a header has no form")
    if form is None or not form.meanings:
        return band
    columns = (
        replace(column, field=form.meanings.get(column.field, column.field)) for column in band.columns
    )
    return replace(band, columns=tuple(columns))


def _is_filled(project: ProjectReading) -> bool:
    return bool(project.indicators or any(project.fields.values()) or any(project.amounts.values()))


def _pages(section: Section) -> tuple[int, int]:
    """Find the pages on which the section itself stands; a grid may hold several of them."""
    band_rows = range(section.band.top, section.band.bottom + 1) if section.band else range(0)
    rows = (*section.head, *band_rows, *section.body)
    pages = [part.page for row in rows for cell in section.grid.row(row) if cell.row == row for part in cell.parts]
    grid = section.grid
    return min(pages, default=grid.first_page), max(pages, default=grid.last_page)


def _doubts(members: Sequence[ProjectReading | TotalReading], band: Band) -> Iterator[Doubt]:
    """A table without a single indicator though its header asks for them; blank ones are found later."""
    projects = [member for member in members if isinstance(member, ProjectReading)]
    asks = bool(band.fields & {"name", "indicators", "level1"})
    if asks and projects and not any(project.indicators or project.doubts for project in projects):
        yield Doubt("empty_form", "info", "表中没有填写绩效指标", band.columns[0].head)


def _columns_taken(band: Band) -> tuple[HeadTaken, ...]:
    known = (HeadTaken(column.head, column.field) for column in band.columns)
    return (*known, *(HeadTaken(passage, None) for passage in band.unread))


def _labels_taken(head: Head) -> tuple[HeadTaken, ...]:
    return tuple(HeadTaken(label.text, label.field) for label in head.labels)


def _refusal(part: _Part, setting: Setting) -> Explanation:
    grid = part.section.grid
    has_labels = bool(part.head.fields & {"name", "goal", "whole_department"})
    reason = "有项目名称或绩效目标，但没有指标表头" if has_labels else "没有绩效指标的表头，不是绩效目标表"
    return Explanation(
        first_page=grid.first_page,
        last_page=grid.last_page,
        form=None,
        reason=reason,
        title=setting.title,
        labels=_labels_taken(part.head),
    )

"""A list read out of a text, on its way to a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.parse.explanation import Explanation, HeadTaken
from services.parse.forms.blanks import without_stray_blanks
from services.parse.forms.flattened.list_rows import ListRow, read_members
from services.parse.forms.form import Features
from services.parse.forms.heads.key_values import Head
from services.parse.forms.registry import GENERAL, recognise
from services.parse.forms.setting import read_setting
from services.parse.forms.text_heading import mend_department
from services.parse.passage import Passage
from services.parse.readings import Doubt, ProjectReading, TableReading, TotalReading


@dataclass(frozen=True, slots=True)
class TextTable:
    """The columns that a head names, the lines above it, and the rows below it."""

    fields: frozenset[str]
    above: tuple[Passage, ...]
    rows: tuple[ListRow, ...]
    doubts: tuple[Doubt, ...] = ()
    keeps_cells: bool = False
    """Whether the text parts the cells of a row, so that their texts cannot have run into each other."""


def explain(table: TextTable, reading: TableReading, *, is_kept: bool) -> Explanation:
    """Say which form a list was taken for; a text keeps no heads, only what they were taken for."""
    _, refused = recognise(Features("list", reading.scope, table.fields))
    return Explanation(
        first_page=reading.first_page,
        last_page=reading.last_page,
        form=reading.form if is_kept else None,
        reason="文本中的清单，符合登记的版式" if is_kept else "文本中各栏文字交错，无法可靠读取",
        title=reading.title,
        columns=tuple(HeadTaken(Passage(), field) for field in sorted(table.fields)),
        refused=refused,
    )


def table_reading(table: TextTable) -> TableReading:
    """Recognise the form of a list and tell its projects from its sums."""
    members = read_members(table.rows)
    setting = read_setting(table.above, Head(), None)
    department, doubts = mend_department(setting.department, _first_unit(members))
    form, _ = recognise(Features("list", setting.scope, table.fields))
    pages = [page for row in table.rows for page in _pages(row)] or [line.page or 1 for line in table.above]
    return TableReading(
        form=form.name if form else GENERAL,
        scope=setting.scope,
        first_page=min(pages, default=1),
        last_page=max(pages, default=1),
        rows_read=len(table.rows),
        title=without_stray_blanks(setting.title),
        department=department,
        amount_unit=setting.amount_unit,
        year=setting.year,
        members=members,
        doubts=(*setting.doubts, *doubts, *table.doubts),
        heading=table.above,
    )


def _first_unit(members: Sequence[ProjectReading | TotalReading]) -> Passage:
    units = (
        member.name for member in members if isinstance(member, TotalReading) and member.kind == "unit_total"
    )
    return next(units, Passage())


def _pages(row: ListRow) -> set[int]:
    passages = (row.name, *row.amounts.values(), row.goal, row.indicators)
    return {place.page for passage in passages for place in passage.places if place}

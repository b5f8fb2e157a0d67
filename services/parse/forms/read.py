"""Reads grids as official tables: which form each is, and what stands in it."""

from collections.abc import Sequence

from services.parse.explanation import Explanation, HeadTaken
from services.parse.forms.band import Band
from services.parse.forms.form import Features
from services.parse.forms.key_values import Head
from services.parse.forms.nearest_header import nearest_header
from services.parse.forms.parts import Part, find_parts
from services.parse.forms.registry import recognise
from services.parse.forms.setting import Setting, read_setting
from services.parse.forms.table import read_table
from services.parse.grid import Grid
from services.parse.passage import Passage
from services.parse.readings import DocumentReading, TableReading
from shared.contracts.records import Scope


def read_tables(grids: Sequence[Grid]) -> DocumentReading:
    """Read every official table among the grids of a document, and keep why each was taken or refused."""
    tables: list[TableReading] = []
    explanations: list[Explanation] = []
    for part in find_parts(grids):
        setting = read_setting(part.lines, part.head, part.section.band)
        if part.section.band is None:
            explanations.append(_refusal(part, setting))
            continue
        table, explanation = _read(part, part.section.band, setting)
        tables.append(table)
        explanations.append(explanation)
    return DocumentReading(tables=tuple(tables), explanations=tuple(explanations))


def _read(part: Part, band: Band, setting: Setting) -> tuple[TableReading, Explanation]:
    scope = _scope(part, setting)
    form, refused = recognise(Features("list" if band.is_of_list else "block", scope, band.fields))
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


def _scope(part: Part, setting: Setting) -> Scope:
    """A block whose head names a department and no project is about the whole department."""
    is_department = "whole_department" in part.head.fields and "name" not in part.head.fields
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
    if heads:
        return "有像指标表头的一行，但缺少指标名称栏或指标值栏"
    if part.head.fields & {"name", "goal", "whole_department"}:
        return "有项目名称或绩效目标，但没有指标表头"
    return "没有绩效指标的表头，不是绩效目标表"

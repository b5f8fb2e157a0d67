"""Reads one table once its form is known."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.parse.forms.blocks import read_block
from services.parse.forms.form import Form
from services.parse.forms.heads.band import Band
from services.parse.forms.listing import Member, read_list
from services.parse.forms.parts import Part
from services.parse.forms.registry import GENERAL
from services.parse.forms.setting import Setting
from services.parse.readings import Doubt, ProjectReading, TableReading
from shared.contracts.records import Scope


def read_table(part: Part, band: Band, setting: Setting, *, form: Form | None, scope: Scope) -> TableReading:
    """Read a list's projects and totals, or a block's only project; a blank block has none."""
    band = _with_meanings(band, form)
    read = _members(part, band, setting, scope)
    members = tuple(member for member in read if not isinstance(member, Doubt))
    noted = (member for member in read if isinstance(member, Doubt))
    return TableReading(
        form=form.name if form else GENERAL,
        scope=scope,
        first_page=part.first_page,
        last_page=part.last_page,
        rows_read=len(part.section.body),
        title=setting.title,
        department=setting.department,
        amount_unit=setting.amount_unit,
        year=setting.year,
        members=members,
        doubts=(*setting.doubts, *noted, *_doubts(members, band)),
        heading=part.lines,
        local_offices=tuple(each.value for each in part.head.labels if each.field == "local_office"),
    )


def _with_meanings(band: Band, form: Form | None) -> Band:
    meanings = form.meanings if form else {}
    second = [
        replace(column, field=meanings[column.field]) for column in band.columns if column.field in meanings
    ]
    return replace(band, columns=(*band.columns, *second))


def _members(part: Part, band: Band, setting: Setting, scope: Scope) -> tuple[Member | Doubt, ...]:
    section = replace(part.section, band=band)
    if section.is_list:
        return read_list(section, band)
    project = read_block(section, part.head, setting, scope)
    return (project,) if _is_filled(project) else ()


def _is_filled(project: ProjectReading) -> bool:
    return bool(project.indicators or any(project.fields.values()) or any(project.amounts.values()))


def _doubts(members: Sequence[Member], band: Band) -> Iterator[Doubt]:
    """
    Note a table without a single indicator although its header asks for them.

    A table that is blank altogether is found when it is checked.
    """
    projects = [member for member in members if isinstance(member, ProjectReading)]
    asks = bool(band.fields & {"name", "indicators", "level1"})
    if asks and projects and not any(project.indicators or project.doubts for project in projects):
        yield Doubt("empty_form", "info", "表中没有填写绩效指标", band.columns[0].head)

"""Reads a block: one project or one department in one bordered table."""

from collections.abc import Mapping
from typing import Final

from services.parse.forms.heads.key_values import Head, amounts_of
from services.parse.forms.indicators import read_indicators
from services.parse.forms.note_signs import without_note_signs
from services.parse.forms.project_code import split_code
from services.parse.forms.score_totals import is_score_total, score_doubts
from services.parse.forms.sections import Section
from services.parse.forms.setting import Setting
from services.parse.forms.terms import split_term
from services.parse.forms.titles import project_in_title
from services.parse.passage import Passage
from services.parse.readings import Doubt, IndicatorReading, ProjectReading
from shared.contracts.records import Scope
from shared.values.amounts import read_amount

_FIELDS: Final = ("name", "code", "budget_unit", "department", "type", "start", "end", "goal", "goal_period")
_OFFICES: Final = frozenset({"budget_unit", "department"})
STARTS_WITH_PERIOD: Final = frozenset({"goal_period", "period_total"})
"""A head with one of these prints the whole period's values before the year's."""


def read_block(section: Section, head: Head, setting: Setting, scope: Scope) -> ProjectReading:
    """
    Read the only project of a block.

    A department-wide table is about the department that its head names, a project's table is
    filled in by a unit. A project's name may stand above the table or in the title alone.
    """
    fields = {name: value for name in _FIELDS if (value := head.value(name)) is not None}
    for name, date in split_term(head.value("term") or Passage()).items():
        fields.setdefault(name, date)
    named = _name(head, setting, scope)
    if named is not None:
        fields.update(named)
    if whole := head.value("whole_department"):
        fields.setdefault("department" if scope == "department" else "budget_unit", whole)
    for name in _OFFICES & fields.keys():
        fields[name] = without_note_signs(fields[name])
    indicators, doubts = _indicators(section, head)
    return ProjectReading(fields, amounts_of(head), indicators, doubts)


def _indicators(section: Section, head: Head) -> tuple[tuple[IndicatorReading, ...], tuple[Doubt, ...]]:
    grid, band = section.grid, section.band
    if band is None:
        return (), ()
    starts_with_period = bool(head.fields & STARTS_WITH_PERIOD)
    rows = [row for row in section.body if not is_score_total(grid, band, row)]
    indicators = read_indicators(grid, band, rows, starts_with_period=starts_with_period)
    return indicators, score_doubts(grid, band, section.body, indicators, head)


def _name(head: Head, setting: Setting, scope: Scope) -> Mapping[str, Passage] | None:
    if name := head.value("name") or (_beside_or_above(head, setting) if scope != "department" else None):
        code, rest = split_code(name)
        return {"code": code, "name": rest} if code else {"name": rest}
    if scope == "department":
        whole = head.value("whole_department")
        return {"name": without_note_signs(whole)} if whole else None
    in_title = project_in_title(setting.title)
    return {"name": in_title} if in_title else None


def _beside_or_above(head: Head, setting: Setting) -> Passage | None:
    """Take what stands beside the bare word 项目, or the project printed above the table."""
    beside = head.value("project")
    return beside if beside and read_amount(beside.text) is None else setting.project

"""Reads a list: projects below one another, each with its rows of indicators."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from services.parse.forms.entries import GOALS, PROJECT_FIELDS, Entry, find_entries
from services.parse.forms.heads.band import AMOUNTS, VALUES, Band
from services.parse.forms.indicators import read_indicators
from services.parse.forms.project_code import split_code
from services.parse.forms.sections import Section
from services.parse.forms.serialised.grammar import read_serialised
from services.parse.forms.sideways import read_sideways
from services.parse.forms.unit_rows import AmountRow, find_unit_rows
from services.parse.grid import Grid
from services.parse.passage import Passage
from services.parse.readings import Doubt, ProjectReading, TotalReading
from shared.values.amounts import read_amount

_GRAND_TOTAL: Final = re.compile(r"(?:总\s*合?\s*计|合\s*计)\s*[:：]?")
_SUBTOTAL: Final = re.compile(r"(?:小\s*计|单位小计|本页(?:小|合)计)\s*[:：]?")
_PADDING_POINTS: Final = 8.0
_CENTRED_POINTS: Final = 2.0
_OFFICE: Final = re.compile(
    r".*(?:局|委|委员会|办公室|中心|处|院|所|馆|站|队|校|学校|大学|医院|公司|厅|部|协会|联合会|法院|检察院)"
    r"(?:[（(].*[)）]|本级|机关)?"
)

Member = ProjectReading | TotalReading


def read_list(section: Section, band: Band) -> tuple[Member | Doubt, ...]:
    """
    Read all projects and totals in the printed order.

    A row that has a name and nothing else (a remark, a heading between projects) is none of
    them; it is noted in its place.
    """
    entries = list(find_entries(section.grid, band, section.body))
    readings = [_read_project(section.grid, band, entry) for entry in entries]
    rows = [_amount_row(entry, reading) for entry, reading in zip(entries, readings, strict=True)]
    units = find_unit_rows(rows)
    return tuple(
        member
        for position, (entry, reading) in enumerate(zip(entries, readings, strict=True))
        for member in _member(entry, reading, rows[position], is_unit=position in units)
    )


def _name(entry: Entry) -> Passage:
    """A project's name; in a department's list the unit's, and for a sum whatever stands at the left."""
    fields = ("project", "budget_unit", "department", "code", "unit_code", "ordinal")
    return next((name for field in fields if (name := entry.text(field))), Passage())


def _read_project(grid: Grid, band: Band, entry: Entry) -> ProjectReading:
    fields = _texts(entry, band, GOALS | PROJECT_FIELDS)
    code, name = split_code(fields.pop("project", Passage()))
    if code:
        fields["code"] = code
    fields = {field: text for field, text in fields.items() if field not in ("ordinal", "unit_code")}
    if name := name or fields.get("budget_unit") or fields.get("department", Passage()):
        fields["name"] = name
    amounts = _texts(entry, band, AMOUNTS | {"execution_rate"})
    if "indicators" in band.fields and not band.fields & (VALUES | {"name"}):
        serialised = read_serialised(entry.text("indicators"))
        return ProjectReading(fields, amounts, serialised.indicators, serialised.doubts)
    if "level2_column" in band.fields:
        return ProjectReading(fields, amounts, read_sideways(grid, band, entry.rows))
    return ProjectReading(fields, amounts, read_indicators(grid, band, entry.rows))


def _texts(entry: Entry, band: Band, wanted: frozenset[str]) -> dict[str, Passage]:
    return {column.field: entry.text(column.field) for column in band.columns if column.field in wanted}


def _amount_row(entry: Entry, reading: ProjectReading) -> AmountRow:
    name = _name(entry)
    return AmountRow(
        is_bare=not (reading.fields.get("goal") or reading.indicators or reading.doubts),
        is_grand_total=bool(_GRAND_TOTAL.fullmatch(name.text) or _SUBTOTAL.fullmatch(name.text)),
        total=_decimal(reading.amounts.get("total", Passage())),
        indent=_indent(entry),
        is_office=bool(_OFFICE.fullmatch(name.text)),
    )


def _decimal(passage: Passage) -> Decimal | None:
    amount = read_amount(passage.text)
    return Decimal(amount) if amount is not None else None


def _indent(entry: Entry) -> float | None:
    """Say how far a name is set in; one in the middle of its cell begins where its length lets it."""
    cell = next((cell for cell in entry.cells.get("project", ()) if cell.lines and cell.parts), None)
    if cell is None:
        return None
    places = [place for place in cell.lines[0].places if place is not None]
    if not places:
        return None
    left, right = places[0].x0 - cell.parts[0].x0, cell.parts[0].x1 - places[-1].x1
    is_centred = left > _PADDING_POINTS and abs(left - right) <= _CENTRED_POINTS
    return None if is_centred else left


def _member(
    entry: Entry, reading: ProjectReading, row: AmountRow, *, is_unit: bool
) -> Iterator[Member | Doubt]:
    name = _name(entry)
    if not row.is_bare:
        yield reading
    elif _SUBTOTAL.fullmatch(name.text):
        yield from _subtotal(entry, reading)
    elif row.is_grand_total:
        yield TotalReading("grand_total", name, reading.amounts)
    elif is_unit and (any(reading.amounts.values()) or row.is_office):
        yield TotalReading("unit_total", name, reading.amounts)
    elif any(reading.amounts.values()):
        yield reading
    else:
        yield Doubt("row_unread", "info", f"“{name.text}”一行没有金额、目标和指标，未作为项目读取", name)


def _subtotal(entry: Entry, reading: ProjectReading) -> Iterator[TotalReading]:
    """A subtotal says whose it is only in a column of units; one that does not is left out."""
    if unit := entry.text("budget_unit"):
        yield TotalReading("unit_total", unit, reading.amounts)

"""Values or money in a column for each year (2025年指标值, 2026年指标值): which is the table's own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from services.parse.fiscal_year import find_fiscal_year
from services.parse.forms.heads.band import AMOUNTS, VALUES, Band, Column
from services.parse.forms.setting import Setting
from services.parse.passage import Passage
from services.parse.readings import Doubt

_OF_NO_RECORD: Final = "other_target"
_UNKNOWN: Final = "指标值按年度分列，但文件没有写明是哪一年度的表，未取用"
_OTHERS: Final = "指标值按年度分列，其中没有本年度（{year}）的一栏，未取用"


def year_of_table(setting: Setting) -> int | None:
    """Give the fiscal year that a table states in its title or beside it."""
    return find_fiscal_year({"title": setting.title.text, "header": setting.year.text}).year


def year_of_document(settings: Iterable[Setting], cover: Sequence[Passage]) -> int | None:
    """Give the year that all tables and the cover agree on."""
    stated = list(settings)
    return find_fiscal_year(
        {
            "title": "\n".join(setting.title.text for setting in stated),
            "cover": "\n".join(line.text.strip() for line in cover),
            "header": "\n".join(setting.year.text for setting in stated),
        }
    ).year


def settle_years(band: Band, year: int | None) -> tuple[Band, tuple[Doubt, ...]]:
    """
    Leave one column to each kind of value and money: that of the table's year.

    What is printed of other years (what was reached in those before, what is planned for those
    to come) is no target of this one. Where the table's year is not known, the only year that
    has targets is taken for it; where several have, none of them is read.
    """
    columns = [_of_span(column) for column in band.columns]
    if not any(column.years for column in columns):
        return band, ()
    targets = [column for column in columns if column.field == "annual_target"]
    year = year or _sole(each for column in targets for each in column.years)
    own = {field: _own(field, columns, year) for field in VALUES | AMOUNTS}
    settled = tuple(
        column if own.get(column.field, column) is column else replace(column, field=_OF_NO_RECORD)
        for column in columns
    )
    doubts = (_doubt(targets[0].head, year),) if targets and own["annual_target"] is None else ()
    return replace(band, columns=settled), doubts


def _of_span(column: Column) -> Column:
    """A target for several years (2026-2028年目标值) is one for the whole period."""
    is_of_span = len(column.years) > 1 and column.field == "annual_target"
    return replace(column, field="period_target") if is_of_span else column


def _own(field: str, columns: Sequence[Column], year: int | None) -> Column | None:
    same = [column for column in columns if column.field == field]
    if field != "actual" and len(same) == 1:
        return same[0]
    of_year = [column for column in same if year is not None and column.years == (year,)]
    return next((column for column in (*of_year, *same) if column.years in ((), (year,))), None)


def _sole(years: Iterable[int]) -> int | None:
    found = set(years)
    return found.pop() if len(found) == 1 else None


def _doubt(head: Passage, year: int | None) -> Doubt:
    message = _OTHERS.format(year=year) if year else _UNKNOWN
    return Doubt("target_year_unknown", "doubt", message, head, found=head.text)

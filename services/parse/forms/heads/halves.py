"""Headers that name their columns twice: indicators of the whole period beside those of the year."""

from dataclasses import replace
from typing import Final

from services.parse.forms.heads.band import Band
from services.parse.readings import IndicatorReading

_ANNUAL: Final = "annual_"
_PERIOD: Final = "period_"


def cut_into_halves(band: Band, *, starts_with_period: bool) -> tuple[Band, ...]:
    """
    Give one header for each set of columns; a header that names each column once is whole.

    What stands before the repeated columns (一级指标) belongs to both. The left values are
    those of the whole period where the head says that there is one.
    """
    fields = [column.field for column in band.columns]
    if fields.count("name") < 2:
        return (band,)
    repeated = next(index for index, field in enumerate(fields) if field in fields[:index])
    shared = fields.index(fields[repeated])
    left, right = band.columns[:repeated], band.columns[:shared] + band.columns[repeated:]
    if starts_with_period:
        left = tuple(replace(column, field=of_period(column.field)) for column in left)
    return replace(band, columns=left), replace(band, columns=right)


def of_period(field: str) -> str:
    """Name the whole period's field for one of the year."""
    return f"{_PERIOD}{field.removeprefix(_ANNUAL)}" if field.startswith(_ANNUAL) else field


def put_together(left: IndicatorReading, right: IndicatorReading) -> tuple[IndicatorReading, ...]:
    """Make one indicator of two halves that bear the same name; others stay two."""
    names = [half.fields["name"].text if "name" in half.fields else "" for half in (left, right)]
    if names[0] != names[1] or "period_target" not in left.fields:
        return left, right
    of_left = {field: text for field, text in left.fields.items() if field.startswith(_PERIOD)}
    return (IndicatorReading({**right.fields, **of_left}, right.doubts),)

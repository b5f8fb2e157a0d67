"""Blocks with long-term indicators above the annual ones: one project, two targets each."""

import re
from dataclasses import replace
from typing import Final, Literal

from services.parse.forms.heads.band import Band
from services.parse.forms.heads.halves import of_period
from services.parse.forms.heads.key_values import Head
from services.parse.grid import Grid
from services.parse.passage import Passage
from services.parse.readings import IndicatorReading, ProjectReading, TableReading

Horizon = Literal["period", "annual"]

_OF_PERIOD: Final = re.compile(r"长期|中期|实施期|周期|总体指标")
_CAPTION: Final = re.compile(r"\S{2,6}?(?:绩效)?(?:目标|指标)表?")
_OF_YEAR: Final = re.compile(r"年度|当年|本年")


def horizon_of(grid: Grid, band: Band, head: Head) -> Horizon | None:
    """
    Say whether a section is about the whole period or the year; None where nothing tells.

    The label beside its header or its first row says it, a line of its own right above its header
    (年度绩效目标表), or else the goal that stands above it.
    """
    start = min(column.start for column in band.columns)
    rows = range(band.bottom, min(band.bottom + 2, grid.row_count))
    beside = "".join(grid.at(row, column).text for row in rows for column in range(start))
    for horizon, pattern in (("period", _OF_PERIOD), ("annual", _OF_YEAR)):
        if pattern.search(beside) or pattern.search(_caption(grid, band)):
            return horizon  # type: ignore[return-value] # mypy widens the literals of the pairs
    goals = {"goal_period", "goal"} & head.fields
    if len(goals) != 1:
        return None
    return "period" if goals == {"goal_period"} else "annual"


def _caption(grid: Grid, band: Band) -> str:
    """Give the line of one cell right above a header, if it only names what stands below (长期绩效目标表)."""
    cells = grid.row(band.top - 1) if band.top else ()
    text = cells[0].text if len(cells) == 1 else ""
    return text if _CAPTION.fullmatch(text.strip()) else ""


def join_horizons(
    first: TableReading, second: TableReading, horizons: tuple[Horizon | None, Horizon | None]
) -> TableReading | None:
    """
    Make one table of the two sections of a block; None where they are not such a pair.

    Indicators of one name are one indicator with both targets; others keep the one they have.
    """
    projects = [member for table in (first, second) for member in table.members]
    if set(horizons) != {"period", "annual"} or len(projects) != 2:
        return None
    one, other = projects
    if not isinstance(one, ProjectReading) or not isinstance(other, ProjectReading):
        return None
    indicators = _paired(_of_horizon(one.indicators, horizons[0]), _of_horizon(other.indicators, horizons[1]))
    project = ProjectReading(
        {**one.fields, **other.fields}, one.amounts or other.amounts, indicators, (*one.doubts, *other.doubts)
    )
    return first.joined(second, project)


def _of_horizon(
    indicators: tuple[IndicatorReading, ...], horizon: Horizon | None
) -> tuple[IndicatorReading, ...]:
    if horizon != "period":
        return indicators
    return tuple(
        replace(each, fields={of_period(name): text for name, text in each.fields.items()})
        for each in indicators
    )


def _paired(
    first: tuple[IndicatorReading, ...], second: tuple[IndicatorReading, ...]
) -> tuple[IndicatorReading, ...]:
    waiting = list(second)
    joined: list[IndicatorReading] = []
    for each in first:
        partner = next((other for other in waiting if _name(other) and _name(other) == _name(each)), None)
        if partner is None:
            joined.append(each)
            continue
        waiting.remove(partner)
        joined.append(IndicatorReading({**each.fields, **_targets(partner)}, (*each.doubts, *partner.doubts)))
    return (*joined, *waiting)


def _targets(indicator: IndicatorReading) -> dict[str, Passage]:
    return {name: text for name, text in indicator.fields.items() if name.startswith(("annual_", "period_"))}


def _name(indicator: IndicatorReading) -> str:
    return indicator.fields["name"].text if "name" in indicator.fields else ""

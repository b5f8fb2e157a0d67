"""Levels that a sheet prints once, in the first row of those they are of, with blank cells below."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from services.parse.passage import Passage
from services.parse.readings import IndicatorReading, ProjectReading, TableReading

_LEVELS: Final = ("level1", "level2")
_ABOVE: Final = "_above"


def note_levels_above(table: TableReading) -> TableReading:
    """
    Give rows with blank levels those of the row above, as ground of what is inferred.

    Only for documents that say themselves where their cells are: on paper a label may be
    printed in the middle of its rows, or on the next page, and the row above is no ground.
    """
    return replace(
        table,
        members=tuple(
            replace(member, indicators=tuple(_noted(member.indicators)))
            if isinstance(member, ProjectReading)
            else member
            for member in table.members
        ),
    )


def _noted(indicators: Sequence[IndicatorReading]) -> Iterator[IndicatorReading]:
    above: dict[str, Passage] = {}
    for indicator in indicators:
        fields = indicator.fields
        printed = {each: fields.get(each) or fields.get(f"{each}_merged", Passage()) for each in _LEVELS}
        if printed["level1"] and printed["level1"].text != above.get("level1", Passage()).text:
            above = {}
        blank = [level for level in _LEVELS if level in fields and not printed[level]]
        noted = {f"{level}{_ABOVE}": above[level] for level in blank if level in above}
        yield replace(indicator, fields={**fields, **noted})
        above |= {level: text for level, text in printed.items() if text}

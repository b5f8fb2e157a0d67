"""Levels printed in rows of their own above the indicators they are of, like headings of an outline."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from services.parse.levels import may_stand_under, standard_level1
from services.parse.passage import Passage

_LEVELS: Final = ("level1", "level2")


@dataclass(slots=True)
class Outline:
    """The levels that stand above a row; a first level ends the second one before."""

    _above: dict[str, Passage] = field(default_factory=dict)
    _across: dict[str, Passage] = field(default_factory=dict)

    def note_across(self, level: Passage) -> None:
        """Remember a level that stands over the whole width: it holds until the next one of its rank."""
        self._above = {}
        if standard_level1(level.text) is not None:
            self._across = {"level1_merged": level}
        else:
            self._across = {**self._across, "level2_merged": level}

    def note(self, fields: Mapping[str, Passage]) -> None:
        """
        Remember the level of a row that holds nothing else.

        A row that prints both levels is not a heading: forms print such rows for levels that have
        no indicators, and the next row may be of another one.
        """
        printed = [level for level in _LEVELS if fields.get(level)]
        if printed == ["level1"]:
            self._above = {"level1": fields["level1"]}
        elif printed == ["level2"]:
            self._above["level2"] = fields["level2"]
        elif printed:
            self._above = {}

    def below(self, fields: Mapping[str, Passage]) -> dict[str, Passage]:
        """
        Give a row that prints no level those it stands below; one that prints its own ends them.

        A second level that may stand below the first one above leaves that one.
        """
        if any(fields.get(level) for level in _LEVELS):
            self._above = self._first_above(fields)
        above = {f"{level}_merged": text for level, text in self._above.items()}
        unprinted = {rank: text for rank, text in self._across.items() if not fields.get(rank[:6])}
        return {**fields, **unprinted, **above}

    def _first_above(self, fields: Mapping[str, Passage]) -> dict[str, Passage]:
        first, second = self._above.get("level1"), fields.get("level2")
        if not first or not second or fields.get("level1") or not may_stand_under(first.text, second.text):
            return {}
        return {"level1": first}

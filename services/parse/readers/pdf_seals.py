"""Red seals whose words are text: an office's name on an arc, over what the page says."""

from collections.abc import Iterable, Sequence
from typing import Final

from services.parse.readers.pdf_runs import Run
from services.parse.readers.pdf_sheet import Sheet
from shared.contracts.pages import Box

_FEWEST_CHARACTERS: Final = 4
_SMALLEST_POINTS: Final = 40
_LARGEST_POINTS: Final = 200
"""Seals are 30 to 60 millimetres wide."""
_ROOM_EMS: Final = 2
_ROUND: Final = 2.0
"""No side of what an arc covers is so many times the other."""


def find_seals(runs: Iterable[Run], sheet: Sheet) -> list[Box]:
    """
    Find where red characters stand on an arc; what is red within its circle belongs to it.

    Characters of tables are never slanted, whatever their colour.
    """
    slanted = [run for run in runs if run.hand.is_red and not sheet.is_along_an_edge(run.hand.direction)]
    arcs: list[list[Run]] = []
    for run in slanted:
        near = next((arc for arc in arcs if _fits(sheet, [*arc, run])), None)
        if near is None:
            arcs.append([run])
        else:
            near.append(run)
    return [_circle(sheet, arc) for arc in arcs if _is_arc(sheet, arc)]


def _fits(sheet: Sheet, arc: Sequence[Run]) -> bool:
    cover = _cover(sheet, arc)
    return max(cover.width, cover.height) <= _LARGEST_POINTS


def _is_arc(sheet: Sheet, arc: Sequence[Run]) -> bool:
    cover = _cover(sheet, arc)
    long, short = sorted((cover.width, cover.height), reverse=True)
    letters = sum(len(run.text.strip()) for run in arc)
    return letters >= _FEWEST_CHARACTERS and long >= _SMALLEST_POINTS and long <= _ROUND * short


def _circle(sheet: Sheet, arc: Sequence[Run]) -> Box:
    """Complete an arc that is open below, and at its very top, to the square around its circle."""
    cover = _cover(sheet, arc)
    room = _ROOM_EMS * max(run.hand.em for run in arc)
    side = max(cover.width, cover.height) + 2 * room
    centre = (cover.x0 + cover.x1) / 2
    return Box(centre - side / 2, cover.top - room, centre + side / 2, cover.top - room + side)


def _cover(sheet: Sheet, arc: Sequence[Run]) -> Box:
    return sheet.cover(tuple(run.origin for run in arc))

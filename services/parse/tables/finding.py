"""Finds the tables of a document in its pages of words and rules."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from services.parse.grid import Grid
from services.parse.tables.continuation import chain_tables
from services.parse.tables.drawn import DrawnTable, draw_tables
from services.parse.tables.frames import is_mere_frame
from services.parse.tables.gutters import begins_anew, draw_borderless, has_head
from services.parse.tables.joining import join_chain
from services.parse.tables.running_lines import without_running_lines
from services.parse.tables.sheets import Half, cut_in_two, side_by_side
from shared.contracts.pages import Page


def find_grids(pages: Iterable[Page]) -> list[Grid]:
    """Find all tables, in reading order; one that goes on over pages is one grid."""
    return [join_chain(chain) for chain in chain_tables(_drawn(pages))]


def _drawn(pages: Iterable[Page]) -> Iterator[Sequence[DrawnTable]]:
    """Draw the tables of each sheet; pages that may hold one without rules wait for each other."""
    waiting: list[Half] = []
    frames: Sequence[DrawnTable] = ()
    for page in pages:
        tables = draw_tables(page)
        if is_mere_frame(tables, frames if waiting else ()) and (waiting or has_head(page)):
            frames, tables = tables, []
        for half in [] if tables or not page.words else cut_in_two(page):
            if waiting and begins_anew(waiting[0].page, half.page):
                yield from _borderless(waiting)
                waiting = []
            if waiting or has_head(half.page):
                waiting.append(half)
        if tables or not page.words or not waiting:
            yield from _borderless(waiting)
            waiting = []
            yield from side_by_side(page, tables)
    yield from _borderless(waiting)


def _borderless(halves: Sequence[Half]) -> Iterator[Sequence[DrawnTable]]:
    if not halves:
        return
    pages = without_running_lines([half.page for half in halves])
    halves = [replace(half, page=page) for half, page in zip(halves, pages, strict=True)]
    tables = draw_borderless(halves)
    yield from ([table] for table in tables)
    yield from ([] for _ in halves[len(tables) :])

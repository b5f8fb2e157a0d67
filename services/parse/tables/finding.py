"""Finds the tables of a document in its pages of words and rules."""

from collections.abc import Iterable, Iterator, Sequence

from services.parse.grid import Grid
from services.parse.tables.continuation import chain_tables
from services.parse.tables.drawn import DrawnTable, draw_tables
from services.parse.tables.gutters import begins_anew, draw_borderless, has_head
from services.parse.tables.joining import join_chain
from services.parse.tables.running_lines import without_running_lines
from services.parse.tables.sheets import side_by_side
from shared.contracts.pages import Page


def find_grids(pages: Iterable[Page]) -> list[Grid]:
    """Find all tables, in reading order; one that goes on over pages is one grid."""
    return [join_chain(chain) for chain in chain_tables(_drawn(pages))]


def _drawn(pages: Iterable[Page]) -> Iterator[Sequence[DrawnTable]]:
    """Draw the tables of each sheet; pages that may hold one without rules wait for each other."""
    waiting: list[Page] = []
    for page in pages:
        tables = draw_tables(page)
        if not tables and page.words and (waiting or has_head(page)):
            if waiting and begins_anew(waiting[0], page):
                yield from _borderless(waiting)
                waiting = []
            waiting.append(page)
            continue
        yield from _borderless(waiting)
        waiting = []
        yield from side_by_side(page, tables)
    yield from _borderless(waiting)


def _borderless(pages: Sequence[Page]) -> Iterator[Sequence[DrawnTable]]:
    if not pages:
        return
    pages = without_running_lines(pages)
    by_page = {table.page: [table] for table in draw_borderless(pages)}
    for page in pages:
        yield by_page.get(page.number, [])

"""Finds the tables of a document in its pages of words and rules."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from services.parse.grid import Grid
from services.parse.tables.continuation import chain_tables
from services.parse.tables.drawn import DrawnTable, draw_tables
from services.parse.tables.frames import is_mere_frame, parts_no_rows
from services.parse.tables.gutters import begins_anew, draw_borderless, has_head
from services.parse.tables.implied import draw_implied, find_headers
from services.parse.tables.joining import join_chain
from services.parse.tables.running_lines import without_running_lines
from services.parse.tables.sheets import Half, cut_in_two, side_by_side
from services.parse.tables.unread import rows_without_header
from shared.contracts.pages import Page


def find_grids(pages: Iterable[Page]) -> list[Grid]:
    """Find all tables, in reading order; one that goes on over pages is one grid."""
    return [join_chain(chain) for chain in chain_tables(_drawn(pages))]


def _drawn(pages: Iterable[Page]) -> Iterator[Sequence[DrawnTable]]:
    """Draw the tables of each sheet; pages that may hold one without rules wait for each other."""
    waiting: list[Half] = []
    frames: Sequence[DrawnTable] = ()
    is_behind_header = False
    for page in pages:
        tables = draw_tables(page)
        if parts_no_rows(page) and (find_headers(page.words) or (waiting and _names_rows(waiting[0]))):
            tables = []
        if is_mere_frame(tables, frames if waiting else ()) and (waiting or has_head(page)):
            frames, tables = tables, []
        for half in [] if tables or not page.words else cut_in_two(page):
            if waiting and _is_another(waiting, half):
                yield from _borderless(waiting)
                waiting = []
            if waiting or has_head(half.page) or _names_rows(half):
                waiting.append(half)
        is_behind_header |= bool(waiting)
        if tables or not page.words or not waiting:
            yield from _borderless(waiting)
            waiting = []
            yield from _alone(page, tables, is_behind_header=is_behind_header)
    yield from _borderless(waiting)


def _alone(page: Page, tables: list[DrawnTable], *, is_behind_header: bool) -> list[Sequence[DrawnTable]]:
    """Give the tables of a page that waits for none, or the rows on it that have no header."""
    if tables:
        return side_by_side(page, tables)
    return [rows_without_header(page, is_behind_header=is_behind_header)]


def _is_another(waiting: Sequence[Half], half: Half) -> bool:
    """Say whether a sheet begins a table of another kind, or one more of those with a row a project."""
    if _names_rows(waiting[0]):
        return has_head(half.page) and not _names_rows(half)
    return _names_rows(half) or begins_anew(waiting[0].page, half.page)


def _names_rows(half: Half) -> bool:
    """Say whether the heads on a sheet name indicators, and their values in columns of their own."""
    return bool(find_headers(half.page.words))


def _borderless(halves: Sequence[Half]) -> Iterator[Sequence[DrawnTable]]:
    if not halves:
        return
    pages = without_running_lines([half.page for half in halves])
    halves = [replace(half, page=page) for half, page in zip(halves, pages, strict=True)]
    if _names_rows(halves[0]):
        yield from draw_implied(pages)
        return
    tables = draw_borderless(halves)
    yield from ([table] for table in tables)
    for half in halves[len(tables) :]:
        yield rows_without_header(half.page, is_behind_header=False)

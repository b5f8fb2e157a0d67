"""Goes through the grids of a document, table by table, each with what is printed above it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.parse.forms.key_values import Head, read_head
from services.parse.forms.sections import Section, cut_into_sections
from services.parse.forms.stacking import stack
from services.parse.grid import Cell, Grid
from services.parse.passage import Passage

_WHOSE: Final = frozenset({"name", "whole_department"})
_LONGEST_HEAD: Final = 15
"""Rows: the head of a block has no more."""


@dataclass(frozen=True, slots=True)
class Part:
    """A section with the labels of its head and the lines printed above; pages include both."""

    section: Section
    head: Head
    lines: tuple[Passage, ...]
    first_page: int
    last_page: int


def find_parts(grids: Sequence[Grid]) -> Iterator[Part]:
    """
    List all sections in reading order.

    A head that a page's end cut off from its table is put before it.
    """
    waiting: Part | None = None
    for grid in stack(grids):
        for position, section in enumerate(cut_into_sections(grid)):
            part = _part(section, grid.heading if position == 0 else ())
            if waiting is not None and _continues(waiting, part):
                part = _joined(waiting, part)
            elif waiting is not None:
                yield waiting
            waiting = part if section.band is None else None
            if waiting is None:
                yield part
    if waiting is not None:
        yield waiting


def _part(section: Section, heading: tuple[Passage, ...]) -> Part:
    head = read_head(section.grid, section.head)
    return Part(section, head, (*heading, *_printed_above(section, head)), *_pages(section))


def _printed_above(section: Section, head: Head) -> Iterator[Passage]:
    """List what stands in a grid's own cells above its first label: unit of money, title, year."""
    first = min(
        (label.cell.row for label in head.labels if label.field != "unused"), default=section.head.stop
    )
    rows = range(section.head.start, first)
    cells = [cell for row in rows for cell in section.grid.row(row) if cell.row == row and cell.lines]
    yield from (cell.passage for cell in sorted(cells, key=_width))


def _width(cell: Cell) -> int:
    return cell.column_span


def _pages(section: Section) -> tuple[int, int]:
    """Find the pages on which the section itself stands; a grid may hold several of them."""
    grid = section.grid
    band_rows = range(section.band.top, section.band.bottom + 1) if section.band else range(0)
    rows = (*section.head, *band_rows, *section.body)
    parts = (part for row in rows for cell in grid.row(row) if cell.row == row for part in cell.parts)
    pages = [part.page for part in parts]
    return min(pages, default=grid.first_page), max(pages, default=grid.last_page)


def _continues(before: Part, part: Part) -> bool:
    """A block that does not say whose it is continues a short head at the end of the page before."""
    follows = part.first_page - before.last_page in (0, 1)
    is_block = part.section.band is not None and not part.section.is_list
    is_cut_off = len(before.section.head) <= _LONGEST_HEAD and bool(before.head.fields & _WHOSE)
    return follows and is_block and is_cut_off and not part.head.fields & _WHOSE


def _joined(before: Part, part: Part) -> Part:
    return replace(
        part,
        head=Head(before.head.labels + part.head.labels),
        lines=before.lines + part.lines,
        first_page=before.first_page,
    )

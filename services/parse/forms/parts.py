"""Goes through the grids of a document, table by table, each with what is printed above it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.parse.forms.heads.horizons import Horizon, horizon_of
from services.parse.forms.heads.key_values import Head, Label, read_head
from services.parse.forms.sections import Section, cut_into_sections
from services.parse.forms.stacking import stack
from services.parse.grid import Cell, Grid
from services.parse.passage import Passage

_WHOSE: Final = frozenset({"name", "whole_department"})
_BELOW: Final = frozenset({"goal", "goal_period", "total"})
_BESIDE: Final = frozenset({"fiscal", "other", "carried_over", "special_account", "funds", "unused"})
_LONGEST_HEAD: Final = 15
"""Rows: the head of a block has no more."""


@dataclass(frozen=True, slots=True)
class Part:
    """
    A section with the labels of its head and the lines printed above; pages include both.

    ``is_second`` says that it stands below another header of the same block.
    """

    section: Section
    head: Head
    lines: tuple[Passage, ...]
    first_page: int
    last_page: int
    horizon: Horizon | None = None
    is_second: bool = False


def find_parts(grids: Sequence[Grid]) -> Iterator[Part]:
    """
    List all sections in reading order.

    A head that a page's end cut off from its table is put before it, and one that stands over
    two headers counts for both. Lines printed once above blocks of one layout are above each.
    """
    before: Part | None = None
    for part in _parts(grids):
        before = _below_the_same_lines(before, part)
        yield before


def _parts(grids: Sequence[Grid]) -> Iterator[Part]:
    waiting: Part | None = None
    for grid in stack(grids):
        above: Part | None = None
        for section, rest in _with_rests(cut_into_sections(grid)):
            part = _part(section, () if above else grid.heading)
            part = _with_labels_below(part, rest)
            above = part = _of_the_same_block(above, part)
            if waiting is not None and (_continues(waiting, part) or _is_more_of_the_head(waiting, part)):
                part = _joined(waiting, part)
            elif waiting is not None:
                yield waiting
            waiting = part if section.band is None else None
            if waiting is None:
                yield part
    if waiting is not None:
        yield waiting


def _with_rests(sections: Sequence[Section]) -> Iterator[tuple[Section, Section | None]]:
    """Give each section, the last block with the rows below its indicators that belong to it."""
    rest = _rest(*sections[-2:]) if len(sections) > 1 else None
    kept = sections[:-1] if rest else sections
    yield from ((section, rest if section is kept[-1] else None) for section in kept)


def _rest(block: Section, below: Section) -> Section | None:
    """Take rows without a header of their own for the block's if they say nothing but its goal or money."""
    if block.band is None or block.is_list or below.band is not None:
        return None
    fields = read_head(below.grid, below.head).fields
    return below if fields & _BELOW and fields <= _BELOW | _BESIDE else None


def _with_labels_below(part: Part, rest: Section | None) -> Part:
    """Some forms print the goal or the money below the indicators."""
    if rest is None:
        return part
    below = read_head(rest.grid, rest.head)
    return replace(part, head=Head(part.head.labels + below.labels, part.head.others + below.others))


def _part(section: Section, heading: tuple[Passage, ...]) -> Part:
    head = _head(section)
    horizon = horizon_of(section.grid, section.band, head) if section.band else None
    lines = (*heading, *_printed_above(section, head))
    return Part(section, head, lines, *_pages(section), horizon=horizon)


def _head(section: Section) -> Head:
    head = read_head(section.grid, section.head)
    if section.caption is None:
        return head
    own = read_head(section.grid, range(section.caption, section.caption + 1))
    return Head(own.labels + head.labels, own.others + head.others)


def _printed_above(section: Section, head: Head) -> Iterator[Passage]:
    """List what stands in a grid's own cells above its first label: unit of money, title, year."""
    first = min(map(_row, filter(_has_a_cell_of_its_own, head.labels)), default=section.head.stop)
    rows = range(section.head.start, first)
    cells = [cell for row in rows for cell in section.grid.row(row) if cell.row == row and cell.lines]
    yield from (cell.passage for cell in sorted(cells, key=_width))


def _has_a_cell_of_its_own(label: Label) -> bool:
    return label.field != "unused" and label.text.text == label.cell.text


def _row(label: Label) -> int:
    return label.cell.row


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


def _of_the_same_block(above: Part | None, part: Part) -> Part:
    """A second header within a block (long-term below annual indicators) has the block's head."""
    if above is None or not (_is_block(above) and _is_block(part)) or part.head.fields & _WHOSE:
        return part
    head = Head(part.head.labels + above.head.labels, part.head.others + above.head.others)
    return replace(part, head=head, lines=above.lines + part.lines, is_second=True)


def _below_the_same_lines(before: Part | None, part: Part) -> Part:
    """Give a block with nothing above it the lines above the one before, if it names its own project."""
    if before is None or part.lines or not (_is_block(before) and _is_block(part)):
        return part
    follows = part.first_page - before.last_page in (0, 1)
    is_alike = _heads(before) == _heads(part) and "name" in before.head.fields & part.head.fields
    return replace(part, lines=before.lines) if follows and is_alike else part


def _heads(part: Part) -> list[str]:
    return [column.field for column in part.section.band.columns] if part.section.band else []


def _is_block(part: Part) -> bool:
    return part.section.band is not None and not part.section.is_list


def _continues(before: Part, part: Part) -> bool:
    """A block that does not say whose it is continues a short head at the end of the page before."""
    follows = part.first_page - before.last_page in (0, 1)
    is_cut_off = len(before.section.head) <= _LONGEST_HEAD and bool(before.head.fields & _WHOSE)
    return follows and _is_block(part) and is_cut_off and not part.head.fields & _WHOSE


def _is_more_of_the_head(before: Part, part: Part) -> bool:
    """The goal or the money of a project may stand in a table of their own, below the one that names it."""
    if part.section.band is not None or before.section.band is not None or not before.head.fields & _WHOSE:
        return False
    fields = part.head.fields
    follows = part.first_page - before.last_page in (0, 1)
    return follows and bool(fields & _BELOW) and fields <= _BELOW | _BESIDE


def _joined(before: Part, part: Part) -> Part:
    return replace(
        part,
        head=Head(before.head.labels + part.head.labels, before.head.others + part.head.others),
        lines=before.lines + part.lines,
        first_page=before.first_page,
    )

"""Tables as found on paper: cells in rows and columns, over one or several pages."""

from dataclasses import dataclass, field
from typing import NamedTuple

from services.parse.passage import Passage, join_lines, join_texts
from shared.contracts.pages import Box


class Outline(NamedTuple):
    """Where a cell stands on one page: a bare tuple, because a page has hundreds of cells."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


def outline_on(page: int, box: Box) -> Outline:
    """Say that a cell fills a box on a page."""
    return Outline(page, box.x0, box.top, box.x1, box.bottom)


@dataclass(frozen=True, slots=True)
class Cell:
    """
    One cell, ``row`` and ``column`` from 0; a merged cell covers several of them.

    ``lines`` are its printed lines in reading order, over all pages it stands on;
    ``parts`` are its outlines, one for each page.
    """

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    lines: tuple[Passage, ...] = ()
    parts: tuple[Outline, ...] = ()

    @property
    def passage(self) -> Passage:
        """Its text with line wraps joined."""
        return join_lines(self.lines)

    @property
    def text(self) -> str:
        return join_texts(self.lines)


@dataclass(frozen=True, slots=True)
class Grid:
    """
    A table of cells: each position is covered by exactly one cell.

    ``heading`` are the lines printed between the table before (or the page's top) and this
    one, ``footing`` those below it up to the next table or the page's end; both top to bottom.
    ``is_drawn_by_us`` says that the file has cells but no paper: its columns' widths mean nothing.
    One that ``is_unread`` was seen, but nothing tells its rows and columns for certain; one that
    ``lacks_keys`` has lost the labels and values above its header.
    """

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    first_page: int
    last_page: int
    heading: tuple[Passage, ...] = ()
    footing: tuple[Passage, ...] = ()
    is_drawn_by_us: bool = False
    is_unread: bool = False
    lacks_keys: bool = False
    _rows: tuple[list[Cell | None], ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        rows: tuple[list[Cell | None], ...] = tuple([None] * self.column_count for _ in range(self.row_count))
        for cell in self.cells:
            for row in rows[cell.row : cell.row + cell.row_span]:
                row[cell.column : cell.column + cell.column_span] = [cell] * cell.column_span
        object.__setattr__(self, "_rows", rows)

    def at(self, row: int, column: int) -> Cell:
        """Find the cell that covers a position; KeyError outside the table."""
        if row in range(self.row_count) and column in range(self.column_count):
            cell = self._rows[row][column]
            if cell is not None:
                return cell
        raise KeyError((row, column))

    def row(self, row: int) -> tuple[Cell, ...]:
        """List the cells that a row touches, each once, left to right."""
        cells: list[Cell] = []
        for cell in self._rows[row] if row in range(self.row_count) else ():
            # A cell covers neighbouring positions, and comparing cells would compare their texts.
            if cell is not None and (not cells or cell is not cells[-1]):
                cells.append(cell)
        return tuple(cells)

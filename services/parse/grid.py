"""Tables as found on paper: cells in rows and columns, over one or several pages."""

from dataclasses import dataclass, field

from services.parse.passage import Passage, join_lines
from shared.contracts.records import PageBox


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
    parts: tuple[PageBox, ...] = ()

    @property
    def passage(self) -> Passage:
        """Its text with line wraps joined."""
        return join_lines(self.lines)

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Grid:
    """
    A table of cells: each position is covered by exactly one cell.

    ``heading`` are the lines printed between the table before (or the page's top) and this
    one, ``footing`` those below it up to the next table or the page's end; both top to bottom.
    ``is_drawn_by_us`` says that the file has cells but no paper: its columns' widths mean nothing.
    One that ``is_unread`` was seen, but nothing tells its rows and columns for certain.
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
    _by_position: dict[tuple[int, int], Cell] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    self._by_position[row, column] = cell

    def at(self, row: int, column: int) -> Cell:
        """Find the cell that covers a position; KeyError outside the table."""
        return self._by_position[row, column]

    def row(self, row: int) -> tuple[Cell, ...]:
        """List the cells that a row touches, each once, left to right."""
        cells: list[Cell] = []
        for column in range(self.column_count):
            cell = self._by_position.get((row, column))
            # A cell covers neighbouring positions, and comparing cells would compare their texts.
            if cell is not None and (not cells or cell is not cells[-1]):
                cells.append(cell)
        return tuple(cells)

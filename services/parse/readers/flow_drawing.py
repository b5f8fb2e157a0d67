"""Lines and tables drawn on pages of our own, so that every character has a place to be shown at."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, groupby, pairwise
from typing import Final

from services.parse.grid import Cell, Grid, Outline
from services.parse.passage import Passage, Place
from services.parse.readers.flow import MOST_CHARACTERS, Flow, FlowCell, FlowTable
from shared.contracts.errors import TableTooLarge, TooManyPages
from shared.contracts.pages import Box, Page, Rule, Word
from shared.contracts.records import Finding

MARGIN_POINTS: Final = 36.0
CHARACTER_POINTS: Final = 12.0  # of a full-width character, and the height of all
LINE_POINTS: Final = 16.0
PADDING_POINTS: Final = 4.0
TEXT_WIDTH_POINTS: Final = 720.0
WIDEST_COLUMN_POINTS: Final = 252.0
NARROWEST_COLUMN_POINTS: Final = 36.0
PAGE_HEIGHT_POINTS: Final = 2400.0
"""A page that has reached it is full; a single row may be higher."""
PAGES_LIMIT: Final = 1000


@dataclass(frozen=True, slots=True)
class Drawing:
    """Pages with words and rules, the grids that were drawn on them, and what a reader noticed."""

    pages: tuple[Page, ...]
    grids: tuple[Grid, ...]
    findings: tuple[Finding, ...] = ()


def draw_flows(flows: Iterable[Flow], *, reason: str) -> Drawing:
    """
    Draw flows (the sheets of a workbook, a web page), each from the top of a page of its own.

    A table ends its page, so that what is printed between two tables stands above the second.
    ``reason`` says in the record why there was text to draw.
    """
    pen = _Pen()
    grids: list[Grid] = []
    for flow in flows:
        pen.turn_page()
        lines: list[Passage] = []
        for part in flow:
            if isinstance(part, str):
                lines.append(pen.write(part))
                continue
            here = [line for line in lines if line.page is not None and line.page >= pen.page - 1]
            grids.append(_TableDrawing(part, pen).draw(tuple(here)))
            lines = []
            pen.turn_page()
    return Drawing(pen.pages(reason), tuple(grids))


@dataclass(slots=True)
class _Sheet:
    """What stands on one page so far."""

    words: list[Word] = field(default_factory=list)
    rules: dict[Box, Rule] = field(default_factory=dict)
    right: float = MARGIN_POINTS + TEXT_WIDTH_POINTS
    bottom: float = MARGIN_POINTS


@dataclass(slots=True)
class _Pen:
    """Where the next line or row goes."""

    page: int = 1
    top: float = MARGIN_POINTS
    sheets: dict[int, _Sheet] = field(default_factory=dict)
    characters: int = 0

    def turn_page(self) -> None:
        """Go to the top of a new page, unless nothing stands on this one yet."""
        if self.page in self.sheets:
            self.page += 1
            if self.page > PAGES_LIMIT:
                raise TooManyPages(pages=self.page, limit=PAGES_LIMIT)
        self.top = MARGIN_POINTS

    def make_room(self, height: float) -> None:
        """Turn the page where it is full."""
        if self.top + height > PAGE_HEIGHT_POINTS and self.top > MARGIN_POINTS:
            self.turn_page()

    def write(self, line: str) -> Passage:
        """Write a line of running text."""
        rows = _wrap(line, TEXT_WIDTH_POINTS)
        height = LINE_POINTS * max(len(rows), 1)
        self.make_room(height)
        passage = self.put(rows, MARGIN_POINTS, self.top, self.page)
        self.top += height
        return passage

    def put(self, rows: list[str], left: float, top: float, page: int) -> Passage:
        """Print wrapped text; it is one passage."""
        sheet = self.sheets.setdefault(page, _Sheet())
        passage = Passage()
        for number, row in enumerate(rows):
            row_top = top + number * LINE_POINTS + (LINE_POINTS - CHARACTER_POINTS) / 2
            edges = tuple(accumulate((_width(each) for each in row), initial=left))
            places = tuple(
                Place(page, x0, row_top, x1, row_top + CHARACTER_POINTS) for x0, x1 in pairwise(edges)
            )
            passage = passage + Passage(row, places)
            box = Box(left, row_top, edges[-1], row_top + CHARACTER_POINTS)
            sheet.words.append(Word(row, box, edges))
            sheet.bottom = max(sheet.bottom, box.bottom)
        self._count(len(passage))
        return passage

    def frame(self, box: Outline) -> None:
        """Draw the outline of a cell; neighbours share their sides."""
        sheet = self.sheets.setdefault(box.page, _Sheet())
        for side in (
            Box(box.x0, box.top, box.x1, box.top),
            Box(box.x0, box.bottom, box.x1, box.bottom),
            Box(box.x0, box.top, box.x0, box.bottom),
            Box(box.x1, box.top, box.x1, box.bottom),
        ):
            sheet.rules[side] = Rule(side)
        sheet.right, sheet.bottom = max(sheet.right, box.x1), max(sheet.bottom, box.bottom)

    def _count(self, characters: int) -> None:
        self.characters += characters
        if self.characters > MOST_CHARACTERS:
            raise TableTooLarge(cells=self.characters, limit=MOST_CHARACTERS)

    def pages(self, reason: str) -> tuple[Page, ...]:
        """Give out the pages, each as large as what stands on it."""
        return tuple(
            Page(
                number=number,
                width=sheet.right + MARGIN_POINTS,
                height=sheet.bottom + MARGIN_POINTS,
                source="text",
                reason=reason,
                words=tuple(sheet.words),
                rules=tuple(sheet.rules.values()),
            )
            for number, sheet in sorted(self.sheets.items())
        )


class _TableDrawing:
    """One table on its way to paper: columns as wide as their texts, rows as high as their cells."""

    def __init__(self, table: FlowTable, pen: _Pen) -> None:
        self._table = table
        self._pen = pen
        widths = _column_widths(table)
        self._edges = tuple(accumulate(widths, initial=MARGIN_POINTS))
        self._rows_of = {id(cell): self._wrapped(cell) for cell in table.cells}
        self._heights = self._row_heights()
        self._places: list[tuple[int, float]] = []  # page and top of each row

    def draw(self, heading: tuple[Passage, ...]) -> Grid:
        for height in self._heights:
            self._pen.make_room(height)
            self._places.append((self._pen.page, self._pen.top))
            self._pen.sheets.setdefault(self._pen.page, _Sheet())
            self._pen.top += height
        cells = tuple(self._draw_cell(cell) for cell in self._table.cells)
        return Grid(
            cells=cells,
            row_count=self._table.row_count,
            column_count=self._table.column_count,
            first_page=self._places[0][0],
            last_page=self._places[-1][0],
            heading=heading,
            is_drawn_by_us=True,
        )

    def _wrapped(self, cell: FlowCell) -> list[list[str]]:
        width = self._edges[cell.column + cell.column_span] - self._edges[cell.column] - 2 * PADDING_POINTS
        return [_wrap(line, width) for line in cell.lines]

    def _row_heights(self) -> list[float]:
        heights = [LINE_POINTS + 2 * PADDING_POINTS] * self._table.row_count
        for cell in sorted(self._table.cells, key=lambda cell: cell.row_span):
            last = cell.row + cell.row_span - 1
            lines = sum(map(len, self._rows_of[id(cell)]))
            missing = lines * LINE_POINTS + 2 * PADDING_POINTS - sum(heights[cell.row : last + 1])
            heights[last] += max(0.0, missing)
        return heights

    def _draw_cell(self, cell: FlowCell) -> Cell:
        parts = tuple(self._parts(cell))
        for part in parts:
            self._pen.frame(part)
        page, top = self._places[cell.row]
        left, top = self._edges[cell.column] + PADDING_POINTS, top + PADDING_POINTS
        passages: list[Passage] = []
        for rows in self._rows_of[id(cell)]:
            passages.append(self._pen.put(rows, left, top, page))
            top += LINE_POINTS * len(rows)
        return Cell(cell.row, cell.column, cell.row_span, cell.column_span, tuple(passages), parts)

    def _parts(self, cell: FlowCell) -> Iterator[Outline]:
        rows = range(cell.row, cell.row + cell.row_span)
        x0, x1 = self._edges[cell.column], self._edges[cell.column + cell.column_span]
        for page, run in groupby(rows, key=lambda row: self._places[row][0]):
            covered = list(run)
            top = self._places[covered[0]][1]
            bottom = self._places[covered[-1]][1] + self._heights[covered[-1]]
            yield Outline(page, x0, top, x1, bottom)


def _column_widths(table: FlowTable) -> list[float]:
    widths = [NARROWEST_COLUMN_POINTS] * table.column_count
    for cell in table.cells:
        if cell.column_span == 1:
            needed = max((_text_width(line) for line in cell.lines), default=0.0) + 2 * PADDING_POINTS
            widths[cell.column] = max(widths[cell.column], min(needed, WIDEST_COLUMN_POINTS))
    return widths


def _wrap(line: str, width: float) -> list[str]:
    rows = [""]
    used = 0.0
    for character in line:
        step = _width(character)
        if rows[-1] and used + step > width:
            rows.append("")
            used = 0.0
        rows[-1] += character
        used += step
    return [row for row in rows if row]


def _text_width(line: str) -> float:
    return sum(map(_width, line))


def _width(character: str) -> float:
    wide = unicodedata.east_asian_width(character) in "WFA"
    return CHARACTER_POINTS if wide else CHARACTER_POINTS / 2

"""Draws tables whose rules are left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from services.parse.grid import outline_on
from services.parse.passage import Passage
from services.parse.tables.drawn import DrawnCell, DrawnTable, is_page_number
from services.parse.tables.implied.blocks import Block
from services.parse.tables.implied.body import Body, read_body
from services.parse.tables.implied.columns import Column, find_columns
from services.parse.tables.implied.groups import Group
from services.parse.tables.implied.header import Header
from services.parse.tables.implied.keys import Keys, White, read_keys, read_name
from services.parse.tables.implied.outlines import Outline, Section, outline_pages, without_rows_below_asides
from services.parse.tables.lattice import Lattice, Region
from services.parse.tables.lines import group_into_lines, read_lines
from services.parse.tables.unread import unread_table
from shared.contracts.pages import Page, Word


def draw_implied(pages: Sequence[Page]) -> list[list[DrawnTable]]:
    """
    Draw the tables of consecutive pages, for each page those that it shows, top to bottom.

    A table in which print, white and heads contradict each other is marked as unread: a row
    that is read wrongly is worse than one that is not read.
    """
    drawn: list[list[DrawnTable]] = [[] for _ in pages]
    for outline in outline_pages([_without_number(page) for page in pages]):
        first = outline.sections[0]
        tables = list(_drawn(outline, pages))
        if not tables and any(len(section.rows) > 1 for section in outline.sections):
            outline = without_rows_below_asides(outline)
            tables = list(_drawn(outline, pages))
        for section, table in tables or [(first, _unread(outline, pages[first.page]))]:
            drawn[section.page].append(table)
        lost = [_unread(outline, pages[each.page]) for each in outline.sections if tables and each.loses_rows]
        drawn[outline.sections[-1].page] += lost
    return drawn


def _drawn(outline: Outline, pages: Sequence[Page]) -> Iterator[tuple[Section, DrawnTable]]:
    heads = [section for section in outline.sections if section.header is None and not section.rows]
    parts = [
        _Part(section, rows, number > 0)
        for section in outline.sections
        if section not in heads
        for number, rows in enumerate(section.rows or [[]])
    ]
    words = [part.rows for part in parts]
    columns = find_columns(outline.header.heads, words)
    below_notes = frozenset(index for index, part in enumerate(parts) if part.is_below_note)
    body = read_body(columns, words, below_notes) if columns else None
    keys, lacks_keys = _keys_or_names(outline.sections)
    if columns is None or body is None:
        return
    stops = _Stops([columns[0].x0, *(column.x1 for column in columns)])
    placed = {name: stops.place(found.whites) for name, found in keys.items()}
    for section in outline.sections:
        sketch = _Sketch(stops)
        if id(section) in keys:
            sketch.put_keys(keys[id(section)], placed[id(section)])
        if section not in heads:
            sketch.put_header(section.header, columns)
        for index, part in enumerate(parts):
            if part.section is section:
                sketch.put_rows(columns, body, index)
        if sketch.extents:
            table = sketch.table(section, pages[section.page])
            yield section, replace(table, lacks_keys=lacks_keys)
            lacks_keys = False


def _keys_or_names(sections: Sequence[Section]) -> tuple[dict[int, Keys], bool]:
    """Read the labels and values of sections; where they are not certain the names alone, and say so."""
    with_keys = [section for section in sections if section.keys]
    found = [read_keys(section.keys) for section in with_keys]
    lacks_keys = None in found
    if lacks_keys:
        found = [read_name(section.keys) for section in with_keys]
    return {id(section): keys for section, keys in zip(with_keys, found, strict=True) if keys}, lacks_keys


@dataclass(frozen=True, slots=True)
class _Part:
    """Rows of a section that no note parts."""

    section: Section
    rows: Sequence[Word]
    is_below_note: bool


def _unread(outline: Outline, page: Page) -> DrawnTable:
    """Show no more of a table than its heads."""
    words = [word for block in outline.header.blocks for word in block.words]
    return unread_table(page, words, _around(outline.sections[0], page.number))


class _Stops:
    """Where columns end, those of the indicators and those of labels and values together."""

    def __init__(self, edges: Sequence[float]) -> None:
        self.all = list(edges)

    def place(self, rows: Sequence[Sequence[White]]) -> list[list[float]]:
        """Put a stop into each white stretch, the narrowest first, and as few as will do."""
        chosen: dict[White, float] = {}
        for left, right in sorted(
            {white for row in rows for white in row}, key=lambda white: white[1] - white[0]
        ):
            middle = (left + right) / 2
            within = [x for x in self.all if left - 0.1 <= x <= right + 0.1]
            chosen[left, right] = min(within, key=lambda x: abs(x - middle), default=middle)
            if not within:
                self.all = sorted([*self.all, middle])
        return [[chosen[white] for white in row] for row in rows]

    def index(self, x: float) -> int:
        return self.all.index(x)


@dataclass(slots=True)
class _Sketch:
    """A table on one page in the making: cells by rows and stops, and where the rows are."""

    stops: _Stops
    cells: list[tuple[Region, Sequence[Word]]] = field(default_factory=list)
    extents: list[tuple[float, float]] = field(default_factory=list)

    def put(self, row: int, row_span: int, x0: float, x1: float, words: Sequence[Word]) -> None:
        start, end = self.stops.index(x0), self.stops.index(x1)
        self.cells.append((Region(row, start, row_span, end - start), words))

    def put_keys(self, keys: Keys, stops: Sequence[Sequence[float]]) -> None:
        left, right = self.stops.all[0], self.stops.all[-1]
        labelled = [group for group in keys.labels if group.texts]
        for group in labelled:
            words = [word for text in group.texts for word in text.block.words]
            self.put(group.first, group.last - group.first + 1, left, stops[group.first][0], words)
        beside = {row for group in labelled for row in range(group.first, group.last + 1)}
        for index, (row, own) in enumerate(zip(keys.rows, stops, strict=True)):
            edges = [*own, right] if index in beside else [left, *own, right]
            for start, end in pairwise(edges):
                inside = [
                    word
                    for block in row.cells.values()
                    if start <= block.centre <= end
                    for word in block.words
                ]
                self.put(index, 1, start, end, inside)
        self.extents += [(row.top, row.bottom) for row in keys.rows]

    def put_header(self, header: Header | None, columns: Sequence[Column]) -> None:
        if header is None:
            return
        first, height = len(self.extents), 2 if header.parents else 1
        own = [column for column in columns if column.head is not None]
        for column, head in zip(own, header.heads, strict=True):
            top = first if head.is_tall or height == 1 else first + 1
            self.put(top, first + height - top, column.x0, column.x1, head.block.words)
        self.put_labels_beside(columns, first, height)
        low = [column for column in own if column.head and not column.head.is_tall]
        self._put_parents(header.parents, low, first)
        self.extents += [(block.top, block.bottom) for block in header.parents[:1]]
        short = [head.block for head in header.heads if not head.is_tall]
        self.extents.append((min(block.top for block in short), max(block.bottom for block in short)))

    def put_labels_beside(self, columns: Sequence[Column], row: int, height: int) -> None:
        for column in columns:
            if column.head is None:
                self.put(row, height, column.x0, column.x1, ())

    def put_rows(self, columns: Sequence[Column], body: Body, page: int) -> None:
        numbers = [number for number, row in enumerate(body.rows) if row.page == page]
        rows = range(numbers[0], numbers[-1] + 1) if numbers else range(0)
        start = len(self.extents) - rows.start
        for index, column in enumerate(columns):
            if index in body.groups:
                self._put_groups(column, body.groups[index], rows, page)
                continue
            for number in rows:
                block = body.rows[number].cells.get(index)
                self.put(start + number, 1, column.x0, column.x1, block.words if block else ())
                self._open(above=body.rows[number].is_rest, below=body.has_rest(number))
        self.extents += [(body.rows[number].upper, body.rows[number].lower) for number in rows]

    def _put_groups(self, column: Column, groups: Sequence[Group], rows: range, page: int) -> None:
        start = len(self.extents) - rows.start
        for group in groups:
            first, last = max(group.first, rows.start), min(group.last, rows.stop - 1)
            if first > last:
                continue
            words = [word for text in group.texts if text.page == page for word in text.block.words]
            self.put(start + first, last + 1 - first, column.x0, column.x1, words)
            self._open(above=group.first < first, below=last < group.last)

    def _open(self, *, above: bool, below: bool) -> None:
        """Note that the cell put last goes on, on the page before or after."""
        region, words = self.cells[-1]
        self.cells[-1] = replace(region, is_open_above=above, is_open_below=below), words

    def _put_parents(self, parents: Sequence[Block], columns: Sequence[Column], row: int) -> None:
        for parent in parents:
            own = [
                column
                for column in columns
                if min(parents, key=lambda each: abs(each.centre - (column.x0 + column.x1) / 2)) is parent
            ]
            if own:
                self.put(row, 1, own[0].x0, own[-1].x1, parent.words)

    def _fill_up(self) -> None:
        """Put a blank cell where heads or labels leave one out."""
        covered = {
            (row, column)
            for region, _ in self.cells
            for row in range(region.row, region.row + region.row_span)
            for column in range(region.column, region.column + region.column_span)
        }
        for row in range(len(self.extents)):
            for column in range(len(self.stops.all) - 1):
                if (row, column) not in covered:
                    self.cells.append((Region(row, column, 1, 1), ()))

    def table(self, section: Section, page: Page) -> DrawnTable:
        self._fill_up()
        between = [(above[1] + below[0]) / 2 for above, below in pairwise(self.extents)]
        ys = (self.extents[0][0] - 2.0, *between, self.extents[-1][1] + 2.0)
        lattice = Lattice(tuple(self.stops.all), ys, tuple(region for region, _ in self.cells))
        cells = tuple(_cell(lattice, region, words, page.number) for region, words in self.cells)
        return DrawnTable(page.number, page.height, lattice, cells, *_around(section, page.number))


def _cell(lattice: Lattice, region: Region, words: Sequence[Word], page: int) -> DrawnCell:
    part = outline_on(page, lattice.outline(region))
    return DrawnCell(region, read_lines(words, page), part)


def _around(section: Section, page: int) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    return read_lines(section.heading, page), read_lines(section.rest, page)


def _without_number(page: Page) -> list[Word]:
    lines = group_into_lines(page.words)
    return [
        word
        for line in lines
        if not all(is_page_number(passage, page.height) for passage in read_lines(line, page.number))
        for word in line
    ]

"""Tables as drawn on one page, before what goes on over pages is joined."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from services.parse.grid import Outline, outline_on
from services.parse.passage import Passage
from services.parse.tables.filling import fill
from services.parse.tables.lattice import Lattice, Region, find_lattices
from services.parse.tables.lines import read_lines
from services.parse.tables.rulings import join_rules
from shared.contracts.pages import Box, Page, Word

_MARGIN_SHARE = 0.12
_PAGE_NUMBER = re.compile(r"[-—–－─·. ]*第? ?\d{1,4} ?页?( ?[/，,共]+ ?\d{1,4} ?页?)?[-—–－─·. ]*")


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell on one page: its place in the lattice, its lines and its outline."""

    region: Region
    lines: tuple[Passage, ...]
    part: Outline

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines).replace(" ", "")


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """
    A table on one page, with the lines printed above and below it.

    One that ``is_unread`` was seen, but nothing tells its rows and columns for certain. One that
    ``lacks_keys`` is shown without the labels and values above its header, for the same reason.
    """

    page: int
    page_height: float
    lattice: Lattice
    cells: tuple[DrawnCell, ...]
    heading: tuple[Passage, ...]
    footing: tuple[Passage, ...]
    is_unread: bool = False
    lacks_keys: bool = False

    @property
    def row_count(self) -> int:
        return len(self.lattice.ys) - 1


def draw_tables(page: Page) -> list[DrawnTable]:
    """Find the ruled tables of a page, top to bottom, with their text."""
    lattices = _outermost(find_lattices(join_rules(page.rules)))
    words: Sequence[Word] = page.words
    filled = []
    for lattice in lattices:
        filling = fill(lattice, words)
        words = filling.outside
        filled.append((lattice, filling.words))
    between = _between(lattices, words, page)
    return [
        DrawnTable(
            page=page.number,
            page_height=page.height,
            lattice=lattice,
            cells=tuple(_cell(lattice, region, members, page.number) for region, members in regions.items()),
            heading=between[index],
            footing=between[index + 1],
        )
        for index, (lattice, regions) in enumerate(filled)
    ]


def _outermost(lattices: list[Lattice]) -> list[Lattice]:
    """Leave out what is drawn inside the cell of another table."""
    boxes = [lattice.box for lattice in lattices]
    return [
        lattice
        for lattice in lattices
        if not any(box is not lattice.box and _encloses(box, lattice.box) for box in boxes)
    ]


def _encloses(outer: Box, inner: Box) -> bool:
    return (
        outer.x0 <= inner.x0
        and outer.top <= inner.top
        and inner.x1 <= outer.x1
        and inner.bottom <= outer.bottom
        and outer != inner
    )


def _cell(lattice: Lattice, region: Region, words: Sequence[Word], page: int) -> DrawnCell:
    part = outline_on(page, lattice.outline(region))
    return DrawnCell(region, read_lines(words, page), part)


def _between(lattices: Sequence[Lattice], words: Sequence[Word], page: Page) -> list[tuple[Passage, ...]]:
    """Sort the lines outside all tables: above the first, between two, below the last."""
    slots: list[list[Word]] = [[] for _ in range(len(lattices) + 1)]
    for word in words:
        slots[sum(1 for lattice in lattices if lattice.box.middle < word.box.middle)].append(word)
    return [
        tuple(line for line in read_lines(slot, page.number) if not is_page_number(line, page.height))
        for slot in slots
    ]


def is_page_number(line: Passage, page_height: float) -> bool:
    """Say whether a line is nothing but a page number in the margin."""
    place = next((place for place in line.places if place), None)
    if place is None:
        return True
    is_in_margin = min(place.top, page_height - place.bottom) < _MARGIN_SHARE * page_height
    return is_in_margin and bool(_PAGE_NUMBER.fullmatch(line.text.strip()))

"""Grids drawn as text: one line for each row, cells parted by bars."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from services.parse.grid import Cell, Grid, Outline
from services.parse.passage import Passage, Place

COLUMN_WIDTH = 200.0
ROW_HEIGHT = 60.0
LINE_HEIGHT = 12.0
CHARACTER_WIDTH = 10.0
PAGE_BREAK = "---"


def passage(text: str, *, page: int = 1, left: float = 0.0, top: float = 0.0) -> Passage:
    """Print a text in one line, ten points a character."""
    edges = [left + CHARACTER_WIDTH * index for index in range(len(text) + 1)]
    return Passage(
        text,
        tuple(Place(page, x0, top, x1, top + LINE_HEIGHT) for x0, x1 in pairwise(edges)),
    )


def lines(*texts: str, page: int = 1) -> tuple[Passage, ...]:
    return tuple(passage(text, page=page) for text in texts)


@dataclass(slots=True)
class _Draft:
    row: int
    column: int
    text: str
    page: int
    row_span: int = 1
    column_span: int = 1
    extra_pages: list[int] = field(default_factory=list)


def grid(drawing: str, *, heading: Sequence[str] = (), first_page: int = 1) -> Grid:
    """
    Draw a grid from text.

    ``^`` belongs to the cell above, ``<`` to the cell on its left, ``¶`` breaks a line within a
    cell, ``_`` is a leading blank (names are set in by four), a line ``---`` begins a new page.
    """
    drafts, row_count, column_count, last_page = _drafts(drawing, first_page)
    return Grid(
        cells=tuple(_cell(draft) for draft in drafts),
        row_count=row_count,
        column_count=column_count,
        first_page=first_page,
        last_page=last_page,
        heading=lines(*heading, page=first_page),
    )


def _drafts(drawing: str, page: int) -> tuple[list[_Draft], int, int, int]:
    drafts: dict[tuple[int, int], _Draft] = {}
    row = width = 0
    for line in drawing.strip().splitlines():
        if line.strip() == PAGE_BREAK:
            page += 1
            continue
        texts = [text.strip() for text in line.strip().strip("|").split("|")]
        width = len(texts)
        for column, text in enumerate(texts):
            drafts[row, column] = _draft(drafts, row, column, text, page)
        row += 1
    return list({id(draft): draft for draft in drafts.values()}.values()), row, width, page


def _draft(drafts: dict[tuple[int, int], _Draft], row: int, column: int, text: str, page: int) -> _Draft:
    if text == "^":
        above = drafts[row - 1, column]
        above.row_span = row - above.row + 1
        if page not in (above.page, *above.extra_pages):
            above.extra_pages.append(page)
        return above
    if text == "<":
        beside = drafts[row, column - 1]
        beside.column_span = max(beside.column_span, column - beside.column + 1)
        return beside
    return _Draft(row, column, text, page)


def _cell(draft: _Draft) -> Cell:
    left, top = draft.column * COLUMN_WIDTH, draft.row * ROW_HEIGHT
    texts = draft.text.replace("_", " ").split("¶") if draft.text else []
    return Cell(
        row=draft.row,
        column=draft.column,
        row_span=draft.row_span,
        column_span=draft.column_span,
        lines=tuple(
            passage(text, page=draft.page, left=left + 2, top=top + 2 + LINE_HEIGHT * number)
            for number, text in enumerate(texts)
        ),
        parts=tuple(_parts(draft, left, top)),
    )


def _parts(draft: _Draft, left: float, top: float) -> Iterable[Outline]:
    for page in (draft.page, *draft.extra_pages):
        yield Outline(
            page=page,
            x0=left,
            top=top,
            x1=left + COLUMN_WIDTH * draft.column_span,
            bottom=top + ROW_HEIGHT * draft.row_span,
        )


def recognised(drawn: Grid, confidence: float = 0.9) -> Grid:
    """Give the grid as OCR would have read it: every character with a confidence."""
    return replace(drawn, cells=tuple(_recognised(cell, confidence) for cell in drawn.cells))


def _recognised(cell: Cell, confidence: float) -> Cell:
    read = (
        Passage(line.text, tuple(place._replace(confidence=confidence) for place in line.places if place))
        for line in cell.lines
    )
    return replace(cell, lines=tuple(read))

"""Plain text laid out on pages of our own, so that every character has a place to be shown at."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from services.parse.passage import Passage, Place
from services.parse.readers.encoding import decode_text
from shared.contracts.errors import TooManyPages
from shared.contracts.pages import Box, Page, Word

PAGE_WIDTH_POINTS: Final = 792.0
MARGIN_POINTS: Final = 36.0
LINE_POINTS: Final = 18.0
CHARACTER_POINTS: Final = 12.0  # of a full-width character, and the height of all
TAB_POINTS: Final = 24.0
ROWS_PER_PAGE: Final = 100
PAGES_LIMIT: Final = 500
_PAGE_BREAK: Final = re.compile(r"\f|\n(?:[ \t\u3000]*\n){3,}")
_LINE_BREAK: Final = re.compile(r"\r\n?|\v")

_TAB: Final = Passage(" ", (None,))


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line: the cells that TABs part, blanks at their ends kept, empty ones too."""

    cells: tuple[Passage, ...]

    @property
    def page(self) -> int | None:
        """The page on which the line begins."""
        return next((cell.page for cell in self.cells if cell), None)

    @property
    def passage(self) -> Passage:
        """The whole line as one passage, with a blank in place of each TAB."""
        whole, *others = self.cells
        for cell in others:
            whole = whole + _TAB + cell
        return whole


@dataclass(frozen=True, slots=True)
class TextDocument:
    """The lines of a text that are not blank, and the pages on which they are laid out."""

    pages: tuple[Page, ...]
    lines: tuple[TextLine, ...]


def read_text(content: bytes) -> TextDocument:
    """
    Decode a text and lay it out; EmptyFile and UnknownEncoding where there is nothing to read.

    A page ends at a form feed, at three blank lines or more, and when it is full. A line longer
    than the page goes on in the next row.
    """
    text = _LINE_BREAK.sub("\n", decode_text(content))
    layout = _Layout()
    lines: list[TextLine] = []
    for section in _PAGE_BREAK.split(text):
        layout.break_page()
        for line in section.split("\n"):
            if line.strip():
                lines.append(TextLine(tuple(layout.place_line(line))))
            layout.end_line()
    return TextDocument(layout.pages(), tuple(lines))


def read_text_lines(content: bytes) -> tuple[TextLine, ...]:
    """Decode a text into its lines, each character with its place."""
    return read_text(content).lines


def read_text_pages(content: bytes) -> tuple[Page, ...]:
    """Decode a text and lay it out on pages of words."""
    return read_text(content).pages


@dataclass(slots=True)
class _Layout:
    """The pen: it knows the page, the row and the column where the next character goes."""

    page: int = 1
    row: int = 0
    left: float = MARGIN_POINTS
    is_bare: bool = True  # nothing stands on this page yet
    words: dict[int, list[Word]] = field(default_factory=dict)

    def break_page(self) -> None:
        """Go to the top of a new page, unless nothing stands on this one yet."""
        if not self.is_bare:
            self.page += 1
            self.is_bare = True
            if self.page > PAGES_LIMIT:
                raise TooManyPages(pages=self.page, limit=PAGES_LIMIT)
        self.row, self.left = 0, MARGIN_POINTS

    def end_line(self) -> None:
        """Go to the next row; blank lines at the top of a page take none."""
        self.row += 0 if self.is_bare else 1
        self.left = MARGIN_POINTS
        if self.row >= ROWS_PER_PAGE:
            self.break_page()

    def place_line(self, line: str) -> Iterator[Passage]:
        """Place the cells of one line."""
        for number, cell in enumerate(line.split("\t")):
            self.left += TAB_POINTS if number else 0
            passage = Passage(cell, tuple(self._place(character) for character in cell))
            for word in _words(passage):
                self.words.setdefault(word[0], []).append(word[1])
            yield passage

    def _place(self, character: str) -> Place:
        width = _width(character)
        if self.left + width > PAGE_WIDTH_POINTS - MARGIN_POINTS:
            self.end_line()
        self.is_bare = self.is_bare and character.isspace()
        top = MARGIN_POINTS + self.row * LINE_POINTS
        left, self.left = self.left, self.left + width
        return Place(self.page, left, top, self.left, top + CHARACTER_POINTS)

    def pages(self) -> tuple[Page, ...]:
        """Give out the pages, each as high as what stands on it."""
        return tuple(_page(number, words) for number, words in sorted(self.words.items()))


def _width(character: str) -> float:
    wide = unicodedata.east_asian_width(character) in "WFA"
    return CHARACTER_POINTS if wide else CHARACTER_POINTS / 2


def _words(passage: Passage) -> Iterator[tuple[int, Word]]:
    """Split a cell at blanks and where it goes on in another row."""
    placed = [
        (character, place) for character, place in zip(passage.text, passage.places, strict=True) if place
    ]
    for (page, top, blank), run in groupby(
        placed, lambda each: (each[1].page, each[1].top, each[0].isspace())
    ):
        if not blank:
            characters, places = zip(*run, strict=True)
            edges = (*(place.x0 for place in places), places[-1].x1)
            box = Box(edges[0], top, edges[-1], places[-1].bottom)
            yield page, Word("".join(characters), box, edges)


def _page(number: int, words: list[Word]) -> Page:
    return Page(
        number=number,
        width=PAGE_WIDTH_POINTS,
        height=max(word.box.bottom for word in words) + MARGIN_POINTS,
        source="text",
        reason="plain_text",
        words=tuple(words),
    )

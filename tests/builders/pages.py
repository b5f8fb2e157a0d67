"""Pages with tables drawn on them, as a printer would: rules, wrapped text, page ends."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from shared.contracts.pages import Box, Page, Rule, Word

EM = 10.0
PITCH = 12.0
PADDING = 3.0
LEFT = 40.0
TOP = 50.0
PAGE_WIDTH = 800.0


def word(text: str, x0: float, top: float, *, em: float = EM, confidence: float | None = None) -> Word:
    """Print characters side by side, each one em wide."""
    edges = tuple(x0 + em * index for index in range(len(text) + 1))
    return Word(text, Box(x0, top, edges[-1], top + em), edges, confidence)


def level_rule(x0: float, x1: float, top: float, *, thickness: float = 0.5) -> Rule:
    return Rule(Box(x0, top - thickness / 2, x1, top + thickness / 2))


def upright_rule(x: float, top: float, bottom: float, *, thickness: float = 0.5) -> Rule:
    return Rule(Box(x - thickness / 2, top, x + thickness / 2, bottom))


def page(
    words: Sequence[Word] = (), rules: Sequence[Rule] = (), *, number: int = 1, height: float = 600.0
) -> Page:
    return Page(number, PAGE_WIDTH, height, "text", "text_layer", tuple(words), tuple(rules))


@dataclass
class Printer:
    """
    Prints the rows of a table on as many pages as it takes.

    ``lines_on_page`` lines fit on one page; a row that does not fit is cut there, and the
    frame is drawn at the cut only with ``closes_frames``.
    """

    widths: Sequence[float]
    lines_on_page: int = 40
    closes_frames: bool = True
    pages: list[Page] = field(default_factory=list)
    _words: list[Word] = field(default_factory=list)
    _rules: list[Rule] = field(default_factory=list)
    _top: float = TOP
    _room: int = 0

    def print_rows(self, rows: Sequence[Sequence[str]]) -> list[Page]:
        """Print all rows and give the pages."""
        self._room = self.lines_on_page
        self._rule()
        for row in rows:
            lines = [self._wrap(text, width) for text, width in zip(row, self.widths, strict=True)]
            while lines:
                lines = self._print_part(lines)
        self._finish()
        return self.pages

    def _wrap(self, text: str, width: float) -> list[str]:
        count = int((width - 2 * PADDING) // EM)
        return [text[start : start + count] for start in range(0, len(text), count)]

    def _print_part(self, lines: list[list[str]]) -> list[list[str]]:
        """Print what fits of a row, and give the rest."""
        if not self._room:
            self._turn_page(is_cut=False)
        fits = min(max((len(cell) for cell in lines), default=1) or 1, self._room)
        x = LEFT
        bottom = self._top + fits * PITCH + 2 * PADDING
        for cell, width in zip(lines, self.widths, strict=True):
            for index, text in enumerate(cell[:fits]):
                self._words.append(word(text, x + PADDING, self._top + PADDING + index * PITCH))
            self._rules.append(upright_rule(x, self._top, bottom))
            x += width
        self._rules.append(upright_rule(x, self._top, bottom))
        self._top, self._room = bottom, self._room - fits
        rest = [cell[fits:] for cell in lines]
        if any(rest):
            self._turn_page(is_cut=True)
            return rest
        self._rule()
        return []

    def _rule(self) -> None:
        self._rules.append(level_rule(LEFT, LEFT + sum(self.widths), self._top))

    def _turn_page(self, *, is_cut: bool) -> None:
        is_ruled = self.closes_frames or not is_cut
        if is_ruled:
            self._rule()
        self._finish()
        self._top, self._room = TOP, self.lines_on_page
        if is_ruled:
            self._rule()

    def _finish(self) -> None:
        height = self._top + 30
        self.pages.append(page(self._words, self._rules, number=len(self.pages) + 1, height=height))
        self._words, self._rules = [], []


def texts(grid: object) -> list[list[str]]:
    """List a grid's texts row by row; a cell over several rows or columns counts in each."""
    return [
        [grid.at(row, column).text for column in range(grid.column_count)]  # type: ignore[attr-defined]
        for row in range(grid.row_count)  # type: ignore[attr-defined]
    ]


def put_on_one(first: Page, second: Page, *, right: float = 0.0, down: float = 0.0) -> Page:
    """Print two pages on one, the second so far to the right or down."""
    words = tuple(_moved_word(each, right, down) for each in second.words)
    rules = tuple(Rule(_moved(rule.box, right, down)) for rule in second.rules)
    return replace(
        first,
        width=first.width + right,
        height=first.height + down,
        words=(*first.words, *words),
        rules=(*first.rules, *rules),
    )


def _moved_word(word: Word, right: float, down: float) -> Word:
    edges = tuple(edge + right for edge in word.edges)
    return replace(word, box=_moved(word.box, right, down), edges=edges)


def _moved(box: Box, right: float, down: float) -> Box:
    return Box(box.x0 + right, box.top + down, box.x1 + right, box.bottom + down)

"""Heads in which OCR got one character wrong, where everything else in the row is a header."""

from collections.abc import Iterator, Set
from dataclasses import replace
from typing import Final

from services.parse.forms.heads.band import VALUES
from services.parse.forms.heads.labels import column_field, label_text, normalise
from services.parse.forms.heads.vocabulary import COLUMNS
from services.parse.grid import Cell, Grid
from services.parse.passage import Passage
from services.parse.readings import Doubt

_SHORTEST: Final = 3
_OF_INDICATORS: Final = frozenset(
    {"level1", "level2", "name", "annual_target", "period_target", "actual", "annual_operator", "indicators"}
)
_FEWEST_KNOWN: Final = 2
_WORDS: Final = tuple((word, field) for field, words in COLUMNS.items() for word in words)


def mend_heads(grid: Grid) -> tuple[Grid, tuple[Doubt, ...]]:
    """
    Give the grid with such heads as they must be meant, and a doubt for each.

    Only recognised text is mended: a text layer has no wrong characters, only words not known
    yet. A head is mended only where it is the one unknown word of its row.
    """
    mended: dict[int, tuple[Cell, Doubt]] = {}
    for row in range(grid.row_count):
        found = _garbled(grid.row(row))
        if found is not None:
            mended[id(found[0])] = (_with_text(*found), _doubt(*found))
    if not mended:
        return grid, ()
    cells = tuple(mended[id(cell)][0] if id(cell) in mended else cell for cell in grid.cells)
    return replace(grid, cells=cells), tuple(doubt for _, doubt in mended.values())


def _garbled(cells: tuple[Cell, ...]) -> tuple[Cell, str] | None:
    printed = [cell for cell in cells if cell.lines]
    unknown = [cell for cell in printed if column_field(label_text(cell)) is None]
    known = {column_field(label_text(cell)) for cell in printed} & _OF_INDICATORS
    if len(unknown) != 1 or len(known) < _FEWEST_KNOWN or unknown[0].passage.confidence is None:
        return None
    meant = _meant(label_text(unknown[0]), known)
    return (unknown[0], meant) if meant else None


def _meant(text: str, known: Set[str | None]) -> str | None:
    """Find the only word that it may be; a header without values lacks the year's."""
    near = [(word, field) for word, field in _near(normalise(text)) if field not in known]
    if not known & VALUES:
        near = [(word, field) for word, field in near if field == "annual_target"]
    return near[0][0] if len(near) == 1 else None


def _near(text: str) -> Iterator[tuple[str, str]]:
    if len(text) < _SHORTEST:
        return
    for word, field in _WORDS:
        if len(word) == len(text) and sum(a != b for a, b in zip(word, text, strict=True)) == 1:
            yield word, field


def _with_text(cell: Cell, word: str) -> Cell:
    places = cell.passage.places
    padded = (*places, *[None] * len(word))[: len(word)]
    return replace(cell, lines=(Passage(word, padded),))


def _doubt(cell: Cell, word: str) -> Doubt:
    printed = cell.text
    message = f"表头“{printed}”按“{word}”理解（识别可能有误）"
    return Doubt("head_garbled", "doubt", message, cell.passage, expected=word, found=printed)

"""Text that knows where each of its characters is printed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from services.parse.strips import Place, Places, least_sure, place_word, put_behind
from shared.contracts.pages import Word
from shared.contracts.records import PageBox

__all__ = ["Passage", "Place", "join_lines", "join_texts", "passage_of_word"]

_LATIN = re.compile(r"[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Passage:
    """
    A piece of text with the place of each character.

    ``places`` has one entry for each character of ``text``; it is None for a blank that
    joining lines has put in. Slices keep their places, so that a field cut out of a cell by
    a regular expression (``passage[match.start("name") : match.end("name")]``) can be boxed.
    """

    text: str = ""
    places: Places = ()

    def __post_init__(self) -> None:
        if len(self.text) != len(self.places):
            raise ValueError(f"{len(self.text)} characters, {len(self.places)} places")

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text

    def __getitem__(self, part: slice) -> "Passage":
        return Passage(self.text[part], self.places[part])

    def __add__(self, other: "Passage") -> "Passage":
        return Passage(self.text + other.text, put_behind(self.places, other.places))

    def strip(self, characters: str | None = None) -> "Passage":
        """Leave out blanks (or ``characters``) at both ends."""
        stripped = self.text.strip(characters)
        if len(stripped) == len(self.text):
            return self
        start = len(self.text) - len(self.text.lstrip(characters))
        return self[start : start + len(stripped)]

    @property
    def page(self) -> int | None:
        """The page on which it begins."""
        return next((place.page for place in self.places if place), None)

    @property
    def confidence(self) -> float | None:
        """The least sure of its characters."""
        return least_sure(self.places)

    def boxes(self) -> tuple[PageBox, ...]:
        """Cover it with one box for each printed line, in reading order."""
        lines: list[Place] = []
        for place in filter(None, self.places):
            if lines and _continues(lines[-1], place):
                lines[-1] = _cover(lines[-1], place)
            else:
                lines.append(place)
        return tuple(
            PageBox(page=line.page, x0=line.x0, top=line.top, x1=line.x1, bottom=line.bottom)
            for line in lines
        )


def _continues(line: Place, place: Place) -> bool:
    middle = (place.top + place.bottom) / 2
    return line.page == place.page and line.top <= middle <= line.bottom and place.x0 >= line.x0 - 1


def _cover(line: Place, place: Place) -> Place:
    return Place(
        line.page,
        min(line.x0, place.x0),
        min(line.top, place.top),
        max(line.x1, place.x1),
        max(line.bottom, place.bottom),
    )


def passage_of_word(word: Word, page: int) -> Passage:
    """Give each character of a word its place, and how sure its reading is."""
    return Passage(word.text, place_word(word, page))


def join_lines(lines: Iterable[Passage]) -> Passage:
    """
    Join the lines of a cell: no blank between Chinese characters, one between Latin words.

    Narrow columns break in the middle of ``IP65`` and ``1.6s``: only where two letters meet is
    a blank put in.
    """
    joined = Passage()
    for line in lines:
        stripped = line.strip()
        if not stripped:
            continue
        if _needs_blank(joined.text, stripped.text):
            joined = joined + _BLANK
        joined = joined + stripped if joined else stripped
    return joined


_BLANK = Passage(" ", (None,))


def join_texts(lines: Iterable[Passage]) -> str:
    """Give the text of joined lines alone: it is asked for far more often than its places."""
    joined = ""
    for line in lines:
        stripped = line.text.strip()
        joined += f" {stripped}" if _needs_blank(joined, stripped) else stripped
    return joined


def _needs_blank(before: str, after: str) -> bool:
    return bool(before and after and _LATIN.match(before[-1]) and _LATIN.match(after[0]))

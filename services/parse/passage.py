"""Text that knows where each of its characters is printed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from shared.contracts.pages import Word
from shared.contracts.records import PageBox

_LATIN = re.compile(r"[A-Za-z]")


class Place(NamedTuple):
    """Where one character is printed, and how sure its reading is (None: it was not recognised)."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """
    A piece of text with the place of each character.

    ``places`` has one entry for each character of ``text``; it is None for a blank that
    joining lines has put in. Slices keep their places, so that a field cut out of a cell by
    a regular expression (``passage[match.start("name") : match.end("name")]``) can be boxed.
    """

    text: str = ""
    places: tuple[Place | None, ...] = ()

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
        return Passage(self.text + other.text, self.places + other.places)

    def strip(self, characters: str | None = None) -> "Passage":
        """Leave out blanks (or ``characters``) at both ends."""
        start = len(self.text) - len(self.text.lstrip(characters))
        return self[start : max(start, len(self.text.rstrip(characters)))]

    @property
    def page(self) -> int | None:
        """The page on which it begins."""
        return next((place.page for place in self.places if place), None)

    @property
    def confidence(self) -> float | None:
        """The least sure of its characters."""
        return min((p.confidence for p in self.places if p and p.confidence is not None), default=None)

    def boxes(self) -> tuple[PageBox, ...]:
        """Cover it with one box for each printed line, in reading order."""
        boxes: list[PageBox] = []
        for place in self.places:
            if place is None:
                continue
            if boxes and _continues(boxes[-1], place):
                boxes[-1] = _cover(boxes[-1], place)
            else:
                boxes.append(
                    PageBox(page=place.page, x0=place.x0, top=place.top, x1=place.x1, bottom=place.bottom)
                )
        return tuple(boxes)


def _continues(box: PageBox, place: Place) -> bool:
    middle = (place.top + place.bottom) / 2
    return box.page == place.page and box.top <= middle <= box.bottom and place.x0 >= box.x0 - 1


def _cover(box: PageBox, place: Place) -> PageBox:
    return PageBox(
        page=box.page,
        x0=min(box.x0, place.x0),
        top=min(box.top, place.top),
        x1=max(box.x1, place.x1),
        bottom=max(box.bottom, place.bottom),
    )


def passage_of_word(word: Word, page: int) -> Passage:
    """Give each character of a word its place, and how sure its reading is."""
    top, bottom = word.box.top, word.box.bottom
    sure = word.confidences or (word.confidence,) * len(word.text)
    places = [
        Place(page, left, top, right, bottom, confidence)
        for left, right, confidence in zip(word.edges, word.edges[1:], sure, strict=False)
    ]
    return Passage(word.text, tuple(places))


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
        joined = joined + _BLANK + stripped if _needs_blank(joined.text, stripped.text) else joined + stripped
    return joined


_BLANK = Passage(" ", (None,))


def _needs_blank(before: str, after: str) -> bool:
    return bool(before and _LATIN.match(before[-1]) and _LATIN.match(after[0]))

"""Where characters are printed, kept as strips of print: a page of text has thousands of them."""

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise, repeat
from typing import NamedTuple, overload

from shared.contracts.pages import Word


class Place(NamedTuple):
    """Where one character is printed, and how sure its reading is (None: it was not recognised)."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float | None = None


Places = Sequence[Place | None]
"""One for each character of a text; None for a blank that joining lines has put in."""


class _MadeWhenAsked(Places):
    """Equal to any places that are the same, however they are kept."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, tuple | _MadeWhenAsked) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class Strip(_MadeWhenAsked):
    """
    The places of characters side by side on one line: the edges between them, and what they share.

    Most places are asked for once or never, and each would take ten times the room of an edge.
    ``sure`` is how sure the reading of all is, or of each.
    """

    __slots__ = ("_bottom", "_edges", "_page", "_sure", "_top")

    def __init__(
        self,
        edges: "array[float]",
        page: int,
        *,
        height: tuple[float, float],
        sure: float | tuple[float, ...] | None = None,
    ) -> None:
        self._edges, self._page, self._sure = edges, page, sure
        self._top, self._bottom = height

    def __len__(self) -> int:
        return len(self._edges) - 1

    @property
    def sureness(self) -> tuple[float, ...]:
        """How sure the reading is, of each character or of all at once; nothing where it is no reading."""
        if isinstance(self._sure, tuple):
            return self._sure
        return () if self._sure is None else (self._sure,)

    def __iter__(self) -> Iterator[Place]:
        page, top, bottom, sure = self._page, self._top, self._bottom, self._sure
        each = sure if isinstance(sure, tuple) else repeat(sure)
        for (left, right), confidence in zip(pairwise(self._edges), each, strict=False):
            yield Place(page, left, top, right, bottom, confidence)

    @overload
    def __getitem__(self, part: int) -> Place: ...
    @overload
    def __getitem__(self, part: slice) -> Places: ...
    def __getitem__(self, part: int | slice) -> Place | Places:
        if isinstance(part, slice):
            return self._cut(part)
        index = range(len(self))[part]
        sure = self._sure[index] if isinstance(self._sure, tuple) else self._sure
        return Place(self._page, self._edges[index], self._top, self._edges[index + 1], self._bottom, sure)

    def _cut(self, part: slice) -> Places:
        length = len(self._edges) - 1
        start, stop, _ = part.indices(length)
        if start >= stop:
            return ()
        if stop - start == length:
            return self
        sure = self._sure[start:stop] if isinstance(self._sure, tuple) else self._sure
        height = self._top, self._bottom
        return Strip(self._edges[start : stop + 1], self._page, height=height, sure=sure)


class Strips(_MadeWhenAsked):
    """The places of a text that is printed in several strips."""

    __slots__ = ("_ends", "_parts")

    def __init__(self, parts: tuple[Places, ...]) -> None:
        self._parts = parts
        self._ends = tuple(accumulate(map(len, parts)))

    @property
    def parts(self) -> tuple[Places, ...]:
        return self._parts

    def __len__(self) -> int:
        return self._ends[-1]

    def __iter__(self) -> Iterator[Place | None]:
        return chain.from_iterable(self._parts)

    @overload
    def __getitem__(self, part: int) -> Place | None: ...
    @overload
    def __getitem__(self, part: slice) -> Places: ...
    def __getitem__(self, part: int | slice) -> Place | Places | None:
        if isinstance(part, slice):
            start, stop, _ = part.indices(len(self))
            return self._cut(start, stop)
        index = range(len(self))[part]
        number = bisect_right(self._ends, index)
        return self._parts[number][index - self._begin(number)]

    def _cut(self, start: int, stop: int) -> Places:
        if start >= stop:
            return ()
        first, last = bisect_right(self._ends, start), bisect_right(self._ends, stop - 1)
        begin, rest = start - self._begin(first), stop - self._begin(last)
        if first == last:
            return self._parts[first][begin:rest]
        inner = self._parts[first + 1 : last]
        return Strips((self._parts[first][begin:], *inner, self._parts[last][:rest]))

    def _begin(self, number: int) -> int:
        return self._ends[number - 1] if number else 0


def place_word(word: Word, page: int) -> Places:
    """Say where each character of a word is printed."""
    sure = word.confidences or word.confidence
    return Strip(array("d", word.edges), page, height=(word.box.top, word.box.bottom), sure=sure)


def put_behind(places: Places, others: Places) -> Places:
    """Put places behind others."""
    if not places or not others:
        return places or others
    if isinstance(places, tuple) and isinstance(others, tuple):
        return places + others
    return Strips((*_parts(places), *_parts(others)))


def least_sure(places: Places) -> float | None:
    """Say how sure the least sure reading of some characters is; None where none was recognised."""
    return min((sure for part in _parts(places) for sure in _sureness(part)), default=None)


def _sureness(places: Places) -> Iterable[float]:
    if isinstance(places, Strip):
        return places.sureness
    return [place.confidence for place in places if place and place.confidence is not None]


def _parts(places: Places) -> tuple[Places, ...]:
    return places.parts if isinstance(places, Strips) else (places,)

"""Which keys were seen, in eight bytes each: those of a million need eight megabytes."""

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from hashlib import blake2b
from typing import Final

_KEPT_LOOSE: Final = 50_000


class SeenKeys:
    """
    Remembers keys by a mark of eight bytes and answers whether one is among them.

    A set of a million marks takes a hundred megabytes, so that only the latest are kept in one;
    the others lie sorted in arrays. Two of a million keys have the same mark once in forty
    million times, and then a deletion waits until its key is uploaded anew.
    """

    def __init__(self) -> None:
        self._latest: set[int] = set()
        self._sorted: list[array[int]] = []

    def update(self, keys: Iterable[str]) -> None:
        """Remember keys."""
        self._latest.update(map(_mark, keys))
        if len(self._latest) >= _KEPT_LOOSE:
            self._sorted.append(array("Q", sorted(self._latest)))
            self._latest = set()

    def __contains__(self, key: str) -> bool:
        mark = _mark(key)
        return mark in self._latest or any(_holds(marks, mark) for marks in self._sorted)


def _holds(marks: "array[int]", mark: int) -> bool:
    place = bisect_left(marks, mark)
    return place < len(marks) and marks[place] == mark


def _mark(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest())

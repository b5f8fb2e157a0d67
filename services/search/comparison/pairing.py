"""Finds what on one side of a comparison is the same thing on the other, though its name changed a little."""

import re
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeVar

from shared.search.normalise import normalise

T = TypeVar("T")
Key = Callable[[T], Hashable]

ALIKE: Final = 0.8
"""How much of two names must agree, of 1, for one to be taken for the other's new name."""
MOST_GUESSES: Final = 20_000

_YEAR: Final = re.compile(r"[(（\[【]?(?:19|20)\d{2}(?:\s*[-—–~至]\s*(?:19|20)?\d{2})?\s*年?度?[)）\]】]?")


def plain_name(name: str | None) -> str:
    """Fold a name, without the year that it may bear: 2025年运行经费 and 2026年运行经费 are one project."""
    text = name or ""
    return normalise(_YEAR.sub("", text)) or normalise(text)


def pair(
    before: Sequence[T], after: Sequence[T], keys: Sequence[Key[T]], *, name: Callable[[T], str]
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    """
    Pair the things of two sides; answer the pairs, what was lost and what was added.

    Each key is tried in turn, the surest first, on what is left; things of one key are paired in
    their order. What is left at last is paired by names that are ``ALIKE``.
    """
    pairs: list[tuple[T, T]] = []
    lost, added = list(before), list(after)
    for key in keys:
        found, lost, added = _pair_by(key, lost, added)
        pairs += found
    found, lost, added = _pair_alike(lost, added, name)
    return pairs + found, lost, added


def _pair_by(key: Key[T], before: list[T], after: list[T]) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    waiting: dict[Hashable, list[int]] = {}
    for place, one in enumerate(after):
        waiting.setdefault(key(one), []).append(place)
    pairs, lost, left = [], [], dict(enumerate(after))
    for one in before:
        places = waiting.get(key(one)) if key(one) else None
        if places:
            pairs.append((one, left.pop(places.pop(0))))
        else:
            lost.append(one)
    return pairs, lost, list(left.values())


def _pair_alike(
    before: list[T], after: list[T], name: Callable[[T], str]
) -> tuple[list[tuple[T, T]], list[T], list[T]]:
    if len(before) * len(after) > MOST_GUESSES:
        return [], before, after
    rated = sorted(
        (
            (_likeness(name(one), name(other)), -here, -there)
            for here, one in enumerate(before)
            for there, other in enumerate(after)
        ),
        reverse=True,
    )
    pairs, lost, added = [], dict(enumerate(before)), dict(enumerate(after))
    for likeness, here, there in rated:
        if likeness < ALIKE:
            break
        if -here in lost and -there in added:
            pairs.append((lost.pop(-here), added.pop(-there)))
    return pairs, list(lost.values()), list(added.values())


def _likeness(one: str, other: str) -> float:
    if not one or not other or min(len(one), len(other)) * 2 < max(len(one), len(other)):
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0

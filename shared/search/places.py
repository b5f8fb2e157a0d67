"""Where a record belongs, as one path: province ▸ city ▸ district ▸ department ▸ unit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

STEP: Final = "▸"
"""Parts a path; every beginning of a path is a place, too."""


def path_of(parts: Iterable[str | None]) -> str:
    """Join what is known; a city that is its own province, a unit that is the department, stand once."""
    kept: list[str] = []
    for part in parts:
        if part and part not in kept[-1:]:
            kept.append(part.replace(STEP, "›"))
    return STEP.join(kept)


def lies_in(path: str, place: str) -> bool:
    """Say whether a path leads to or through a place."""
    return path == place or path.startswith(place + STEP)


def beginnings(path: str) -> Iterator[str]:
    """List the places that a path leads through, the widest first."""
    parts = path.split(STEP)
    return (STEP.join(parts[:end]) for end in range(1, len(parts) + 1))


def own_name(place: str) -> str:
    """Give the last part of a place."""
    return place.rpartition(STEP)[2]


def count_places(paths: Mapping[str, int]) -> dict[str, int]:
    """Count for every place what lies in it."""
    counts: Counter[str] = Counter()
    for path, count in paths.items():
        for place in beginnings(path):
            counts[place] += count
    return dict(counts)


def opened(chosen: Iterable[str]) -> set[str]:
    """List the places whose parts are shown: the whole, and whatever lies on the way to a chosen place."""
    return {"", *(place for path in chosen for place in beginnings(path))}

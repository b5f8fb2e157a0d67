"""Tells a single upload, for which somebody waits, from a bulk load."""

from collections import Counter
from typing import Final

_WINDOW_SECONDS: Final = 60.0


class Pace:
    """
    The first uploads of each minute into a folder are fresh, the others a bulk load.

    By folder, because one office's mass upload must not slow down another's single file.
    """

    def __init__(self, fresh_per_minute: int) -> None:
        self._limit = fresh_per_minute
        self._begun_at = 0.0
        self._counts: Counter[str] = Counter()

    def is_fresh(self, key: str, *, moment: float) -> bool:
        """Say whether an upload that came at ``moment`` may overtake; it counts from now on."""
        if moment - self._begun_at >= _WINDOW_SECONDS:
            self._begun_at = moment
            self._counts.clear()
        folder = key.rpartition("/")[0]
        self._counts[folder] += 1
        return self._counts[folder] <= self._limit

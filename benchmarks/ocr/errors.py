"""Counts the characters of a printed line that a reader got wrong, wherever in its text the line stands."""

import numpy as np


def errors_in(line: str, text: str) -> int:
    """
    Give the fewest characters to change, add or leave out to find ``line`` in ``text``.

    Readers put the cells of a table in different orders; only what is within a line counts.
    """
    characters = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    steps = np.arange(len(characters) + 1)
    row = np.zeros(len(characters) + 1, np.int64)
    for character in line:
        changed = row[:-1] + (characters != ord(character))
        row = np.concatenate(([row[0] + 1], np.minimum(changed, row[1:] + 1)))
        row = np.minimum.accumulate(row - steps) + steps
    return int(row.min())

"""Blanks that a layout put between characters."""

import re

from services.parse.passage import Passage

_BLANKS = re.compile(r"\s+")
_BETWEEN_WORDS = re.compile(r"(?<=[0-9A-Za-z])\s+(?=[A-Za-z])|(?<=[A-Za-z])\s+(?=[0-9A-Za-z])")


def without_stray_blanks(passage: Passage) -> Passage:
    """
    Leave out every blank that does not keep two Latin words apart.

    Chinese text is written without blanks: one that stands in it marks a line wrap (OCR joins
    lines with a blank) or comes from the spread of a justified line.
    """
    between_words = {match.start() for match in _BETWEEN_WORDS.finditer(passage.text)}
    stray: set[int] = set()
    for match in _BLANKS.finditer(passage.text):
        kept = match.start() in between_words
        stray.update(range(match.start() + kept, match.end()))
    if not stray:
        return passage
    kept_places = [index for index in range(len(passage)) if index not in stray]
    return Passage(
        "".join(passage.text[index] for index in kept_places),
        tuple(passage.places[index] for index in kept_places),
    )

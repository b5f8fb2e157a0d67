"""Pieces of a pattern hold it in place: whatever lies in these places is the pattern."""

import random

import pytest

from shared.runtime.search_index.queries import places_of_pieces
from shared.search.normalise import normalise

_PRINTED = "满意度≥95%，力争98.5%. 成本≤10.95万元；第1.2.3节≥.95 和 ≥195 % 95.% ≥1,950家。A4≥9"


def _occurrences(text: str, pattern: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(pattern, at)]


def _in_places(text: str, pattern: str, length: int) -> list[int]:
    """Look only at the pieces, as a phrase of a search engine does."""
    places = places_of_pieces(pattern, length)
    return [
        at
        for at in range(len(text))
        if all(text[at + place :].startswith(pattern[place : place + length]) for place in places)
    ]


@pytest.mark.parametrize("length", [2, 3])
@pytest.mark.parametrize("seed", range(20))
def test_pieces_are_found_where_the_pattern_is_and_nowhere_else(length, seed):
    dice = random.Random(seed)
    for _ in range(60):
        text = normalise("".join(dice.choices(_PRINTED, k=60)) + _PRINTED)
        start = dice.randrange(len(text) - 12)
        pattern = text[start : start + dice.randint(length, 12)]
        for searched in (text, normalise("".join(dice.choices("≥≤.59,%度 ", k=200)))):
            assert _in_places(searched, pattern, length) == _occurrences(searched, pattern)


def test_fences_of_numbers_are_left_out_where_nothing_else_can_stand():
    pattern = normalise("满意度≥95%")
    assert [pattern[at : at + 2] for at in places_of_pieces(pattern, 2)] == ["满意", "度≥", "95", "␃%"]

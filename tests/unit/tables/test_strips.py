import tracemalloc

from hypothesis import given
from hypothesis import strategies as st

from services.parse.passage import Passage, passage_of_word
from services.parse.strips import Place, Strips
from shared.contracts.pages import Box, Word

_LINE = Word("政府采购", Box(100, 50, 140, 60), (100, 110, 120, 130, 140))
_READ = Word(
    "率≥95%", Box(10, 70, 60, 82), (10, 20, 30, 40, 50, 60), 0.6, confidences=(0.9, 0.6, 1, 0.8, 0.7)
)
_BLANK = Passage(" ", (None,))


def _printed() -> tuple[Passage, tuple[Place | None, ...]]:
    """Give a text over three strips of print, and its places one by one."""
    passage = passage_of_word(_LINE, 1) + _BLANK + passage_of_word(_READ, 2)
    places = (
        *(Place(1, 100 + 10 * index, 50, 110 + 10 * index, 60) for index in range(4)),
        None,
        *(Place(2, 10 + 10 * i, 70, 20 + 10 * i, 82, sure) for i, sure in enumerate(_READ.confidences)),
    )
    return passage, places


def test_a_word_gives_each_character_its_place():
    assert tuple(passage_of_word(_LINE, 1).places) == _printed()[1][:4]


ends = st.one_of(st.none(), st.integers(-12, 12))


@given(ends, ends)
def test_a_part_of_a_text_keeps_the_places_of_its_characters(start, end):
    passage, places = _printed()

    part = passage[start:end]

    assert part.text == passage.text[start:end]
    assert tuple(part.places) == places[start:end]
    assert part == Passage(passage.text[start:end], places[start:end])
    assert hash(part) == hash(Passage(passage.text[start:end], places[start:end]))


@given(st.integers(-10, 9))
def test_each_place_is_found_by_its_number(index):
    passage, places = _printed()

    assert passage.places[index] == places[index]


@given(ends, ends)
def test_a_part_is_as_sure_as_its_least_sure_character(start, end):
    passage, places = _printed()

    sure = [place.confidence for place in places[start:end] if place and place.confidence is not None]

    assert passage[start:end].confidence == min(sure, default=None)


def test_texts_joined_in_any_order_have_the_same_places():
    line, read = passage_of_word(_LINE, 1), passage_of_word(_READ, 2)

    assert isinstance((line + read).places, Strips)
    assert (line + _BLANK) + (read + line) == line + ((_BLANK + read) + line)
    assert Passage() + line == line + Passage() == line


def test_a_long_text_is_kept_in_few_bytes_a_character():
    words = [
        Word("字" * 100, Box(0, 20 * n, 1000, 20 * n + 10), tuple(range(0, 1010, 10))) for n in range(50)
    ]
    tracemalloc.start()

    passages = [passage_of_word(word, 1) for word in words]

    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 20 * sum(map(len, passages))

"""Maps from a page as it was read to the page as shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from shared.contracts.pages import UNCHANGED, Page, affine_near, apply, compose

numbers = st.floats(-3, 3)
affine = st.tuples(*[numbers] * 6)
seen_at_an_angle = st.tuples(*[numbers] * 6, *[st.floats(0, 1e-3)] * 2)
maps = affine | seen_at_an_angle
lengths = st.floats(0, 50)


@given(maps, maps, lengths, lengths)
def test_a_composed_map_does_one_after_the_other(first, then, x, y):
    there = apply(first, x, y)
    if min(1 + sum(a * b for a, b in zip(then[6:], there, strict=False)), 1 + then[-1] * first[5]) < 0.1:
        return

    assert apply(compose(first, then), x, y) == pytest.approx(apply(then, *there), rel=1e-5, abs=1e-5)


@given(affine, affine)
def test_two_affine_maps_make_an_affine_one(first, then):
    assert len(compose(first, then)) == 6


@given(maps)
def test_doing_nothing_first_changes_nothing(mapped):
    assert compose(UNCHANGED, mapped) == pytest.approx(mapped)


@given(affine, st.floats(10, 900), st.floats(10, 900))
def test_near_an_affine_map_is_itself(mapped, width, height):
    assert affine_near(mapped, width, height) == pytest.approx(mapped, abs=1e-6)


@pytest.mark.parametrize("mapped", [UNCHANGED, (1, 0, 0, 1, 5, 6, 0.001, 0.0002)])
def test_a_page_keeps_its_map_in_the_object_store(mapped):
    page = Page(1, 595, 842, "ocr", "no_text_layer", to_shown=mapped)
    adapter = TypeAdapter(Page)

    assert adapter.validate_json(adapter.dump_json(page)) == page

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from services.search.questions.highlighting import excerpt, mark_spans
from shared.contracts.search import Span

spans = st.lists(st.builds(Span, start=st.integers(-3, 20), end=st.integers(-3, 20)), max_size=6)


def test_the_words_that_answer_are_marked() -> None:
    assert mark_spans("路灯维修及时率", [Span(start=2, end=4)]) == "路灯<mark>维修</mark>及时率"


def test_spans_that_overlap_or_touch_are_marked_once() -> None:
    marked = mark_spans("路灯维修", [Span(start=2, end=4), Span(start=0, end=2), Span(start=1, end=3)])

    assert marked == "<mark>路灯维修</mark>"


def test_what_a_document_prints_is_never_markup() -> None:
    marked = mark_spans('<script>"&', [Span(start=0, end=8)])

    assert marked == "<mark>&lt;script&gt;</mark>&#34;&amp;"


def test_of_a_long_text_the_part_that_answers_is_shown() -> None:
    text = "前" * 50 + "口岸" + "后" * 90

    shown = excerpt(text, [Span(start=50, end=52)], around=5)

    assert shown == "…前前前前前<mark>口岸</mark>后后后后后后后后…"


def test_of_a_short_text_all_is_shown() -> None:
    assert excerpt("口岸通关", [Span(start=0, end=2)]) == "<mark>口岸</mark>通关"


@given(st.text(max_size=20), spans)
def test_marking_changes_no_character(text: str, spans: list[Span]) -> None:
    assert unescape(re.sub("</?mark>", "", mark_spans(text, spans))) == unescape(
        re.sub("</?mark>", "", mark_spans(text))
    )

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.search import QueryError, SearchRequest
from shared.search.request import Cursor, check, read_cursor, write_cursor

QUESTION = SearchRequest(query="公园", filters={"year": ("2024",)}, sort="amount_desc")


def test_a_cursor_is_read_back_for_the_same_question():
    cursor = Cursor(1, 2**62 + 5, "记录-1")
    asked = QUESTION.model_copy(update={"after": write_cursor(cursor, QUESTION), "size": 5})

    assert read_cursor(asked) == cursor


@pytest.mark.parametrize("change", [{"query": "学校"}, {"sort": "year_asc"}, {"filters": {}}])
def test_a_cursor_of_another_question_is_refused(change):
    after = write_cursor(Cursor(0, 1, "a"), QUESTION)

    with pytest.raises(QueryError, match="翻页"):
        read_cursor(QUESTION.model_copy(update={"after": after} | change))


@given(st.one_of(st.text(), st.binary().map(lambda told: base64.urlsafe_b64encode(told).decode())))
def test_a_cursor_that_nobody_wrote_is_refused(after):
    with pytest.raises(QueryError):
        read_cursor(QUESTION.model_copy(update={"after": after}))


def test_a_filter_that_does_not_exist_is_refused():
    with pytest.raises(QueryError, match="筛选项"):
        check(SearchRequest(filters={"colour": ("red",)}))
    with pytest.raises(QueryError, match="筛选项"):
        check(SearchRequest(facets=("colour",)))

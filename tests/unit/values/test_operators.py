"""Signs and words that compare."""

import pytest

from shared.values.operators import OperatorMatch, match_operator, match_suffix, read_operator, sign_of


@pytest.mark.parametrize(
    ("text", "operator", "end"),
    [
        ("≧95", "ge", 1),
        (">= 95", "ge", 2),
        ("大于等于5", "ge", 4),
        ("大于5", "gt", 2),
        ("不得超过3", "le", 4),
        ("达到5", "ge", 2),
    ],
)
def test_the_longest_operator_at_a_place_counts(text, operator, end):
    assert match_operator(text) == OperatorMatch(operator, end)


@pytest.mark.parametrize("text", ["达到要求", "不足之处", "满意度", "95"])
def test_words_that_compare_nothing_are_no_operators(text):
    assert match_operator(text) is None


def test_a_suffix_is_found_where_it_stands():
    assert match_suffix("95%及以上", 3) == OperatorMatch("ge", 6)


@pytest.mark.parametrize(
    ("printed", "operator"), [("＝", "eq"), (" >= ", "ge"), ("定性", None), ("", None), (None, None)]
)
def test_a_column_of_operators_is_read(printed, operator):
    assert read_operator(printed) == operator


def test_an_operator_is_shown_under_one_sign():
    assert [sign_of(operator) for operator in ("ge", "gt", "le", "lt", "eq")] == ["≥", ">", "≤", "<", "="]

"""Amounts as they stand in cells."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.values.amounts import read_amount, to_yuan

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


@given(amounts)
def test_thousands_separators_and_blanks_beside_them_change_nothing(amount):
    assert (
        read_amount(f" {amount:,} ")
        == read_amount(f"{amount:,}".replace(",", ", ").replace(".", ". "))
        == f"{amount}"
    )


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("29, 458. 63", "29458.63"),
        ("１２３．４０", "123.40"),
        ("－3", "-3"),
        ("（12.5）", "-12.5"),
        ("0.00", "0.00"),
        ("¥ 5", "5"),
    ],
)
def test_digits_are_kept_as_printed(text, amount):
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    "text", [None, "", " ", "-", "/", "100 200", "12万元", "12.3.4", "1,2", "合计", "１２,３"]
)
def test_what_is_no_amount_is_none(text):
    assert read_amount(text) is None


@given(st.text(max_size=30))
def test_any_text_is_read_without_an_error(text):
    read_amount(text)


@given(amounts)
def test_yuan_are_exact(amount):
    assert Decimal(to_yuan(str(amount), "万元")) == amount * 10_000


@pytest.mark.parametrize("unit", [None, "", "美元", "个", "/"])
def test_only_money_of_this_country_is_given_in_yuan(unit):
    assert to_yuan("5", unit) is None

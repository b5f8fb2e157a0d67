from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from services.search.questions.address import PAGE_SIZES, SORT_ORDERS, SearchAddress, read_address
from shared.contracts.search import FACETS

texts = st.text(min_size=1, max_size=8).filter(lambda text: text.isprintable())
addresses = st.builds(
    SearchAddress,
    query=st.text(max_size=12).filter(str.isprintable),
    filters=st.dictionaries(
        st.sampled_from(FACETS), st.lists(texts, min_size=1, max_size=3, unique=True).map(tuple), max_size=3
    ),
    sort=st.sampled_from(SORT_ORDERS),
    size=st.sampled_from(PAGE_SIZES),
)


def opened(href: str) -> SearchAddress:
    return read_address(QueryParams(parse_qsl(urlsplit(href).query, keep_blank_values=True)))


@given(addresses)
def test_an_address_that_was_written_is_read_back_as_it_was(address: SearchAddress) -> None:
    assert opened(address.href()) == address


@given(addresses, st.sampled_from(FACETS), texts)
def test_choosing_a_value_twice_changes_nothing(address: SearchAddress, facet: str, value: str) -> None:
    once = address.toggled(facet, value)

    assert once.has(facet, value) != address.has(facet, value)
    assert {name: set(values) for name, values in once.toggled(facet, value).filters.items()} == {
        name: set(values) for name, values in address.filters.items()
    }


@given(
    st.dictionaries(st.sampled_from(["q", "sort", "size", "after", "passed", "trail", *FACETS]), st.text())
)
def test_whatever_is_typed_as_an_address_opens(typed: dict[str, str]) -> None:
    address = read_address(QueryParams(typed))

    assert address.request(facets=FACETS).size in PAGE_SIZES


def test_pages_are_left_backwards_the_way_they_were_entered() -> None:
    first = SearchAddress(query="路灯")
    third = first.page_after("a").page_after("b")

    second = opened(third.href()).page_before()

    assert second == first.page_after("a")
    assert second.page_before() == first
    assert first.page_before() is None


def test_a_trail_too_long_to_keep_ends_in_no_page_before() -> None:
    address = SearchAddress()
    for number in range(30):
        address = address.page_after(str(number))

    while (before := address.page_before()) is not None:
        address = before

    assert address.passed > 0
    assert address.after is not None


def test_another_choice_or_order_starts_on_the_first_page() -> None:
    deep = SearchAddress(query="路灯").page_after("a")

    for changed in (deep.toggled("year", "2025"), deep.sorted_by("amount_desc"), deep.asking("亮灯")):
        assert (changed.after, changed.trail, changed.passed) == (None, (), 0)

"""What the list shows for an address: the answers, gathered by what the person chose to list."""

from typing import Final

from services.search.questions.address import SearchAddress
from shared.contracts.search import GroupBy, SearchAnswer, SearchIndex
from shared.search.grouping import search_grouped

_GROUPS: Final[dict[str, GroupBy]] = {"": "same", "project": "project", "document": "document"}


def answers_of(index: SearchIndex, address: SearchAddress, *, facets: tuple[str, ...] = ()) -> SearchAnswer:
    """Answer as the list does."""
    request = address.request(facets=facets)
    by = _GROUPS.get(address.view)
    return search_grouped(index, request, by) if by else index.search(request)

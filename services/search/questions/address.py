"""The state of a search as it stands in the address bar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, get_args
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from shared.contracts.search import FILTERS, SearchRequest, SortOrder
from shared.search.facets import PLACE
from shared.search.places import lies_in

PAGE_SIZES: Final = (20, 50, 100)
VIEWS: Final = ("", "project", "document", "every")
LONGEST_TRAIL: Final = 20
SORT_ORDERS: Final[tuple[SortOrder, ...]] = get_args(SortOrder)


@dataclass(frozen=True, slots=True)
class SearchAddress:
    """
    Query, chosen facet values, order and place in the list.

    ``view`` says what is listed: indicators (what is printed twice once), projects, documents, or
    ``every`` printed indicator. Engines page by cursor and only forwards, so the address keeps a
    ``trail`` of the cursors before this page (of the last twenty pages) and how many hits were
    ``passed``.
    """

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: SortOrder = "relevance"
    view: str = ""
    size: int = PAGE_SIZES[0]
    after: str | None = None
    trail: tuple[str, ...] = ()
    passed: int = 0

    @property
    def is_blank(self) -> bool:
        """Nothing is asked."""
        return not self.query.strip() and not self.filters

    def request(self, *, facets: tuple[str, ...] = (), facet_size: int = 50) -> SearchRequest:
        """Put the question to an engine."""
        return SearchRequest(
            query=self.query,
            filters=self.filters,
            sort=self.sort,
            size=self.size,
            after=self.after,
            facets=facets,
            facet_size=facet_size,
        )

    def href(self, path: str = "/", fragment: str = "") -> str:
        """Write the address."""
        return f"{path}?{urlencode(list(self._parameters()))}{'#' + fragment if fragment else ''}"

    def _parameters(self) -> Iterator[tuple[str, str]]:
        yield "q", self.query
        yield from self.facet_parameters()
        if self.sort != "relevance":
            yield "sort", self.sort
        if self.view:
            yield "view", self.view
        if self.size != PAGE_SIZES[0]:
            yield "size", str(self.size)
        if self.after:
            yield "after", self.after
            yield "passed", str(self.passed)
            yield from (("trail", cursor) for cursor in self.trail)

    def facet_parameters(self) -> Iterator[tuple[str, str]]:
        """List the chosen facet values, as a form or an address carries them."""
        for facet in FILTERS:
            yield from ((facet, value) for value in self.filters.get(facet, ()))

    def has(self, facet: str, value: str) -> bool:
        """Say whether a facet value is chosen."""
        return value in self.filters.get(facet, ())

    def toggled(self, facet: str, value: str) -> "SearchAddress":
        """
        Choose a facet value, or give it up; back to the first page.

        A place takes the place of those that it lies in, and of those that lie in it.
        """
        chosen = self.filters.get(facet, ())
        if facet == PLACE and value not in chosen:
            chosen = tuple(one for one in chosen if not (lies_in(one, value) or lies_in(value, one)))
        rest = tuple(other for other in chosen if other != value)
        return self.with_values(facet, rest if value in chosen else (*chosen, value))

    def with_values(self, facet: str, values: tuple[str, ...]) -> "SearchAddress":
        """Choose exactly these values of a facet; back to the first page."""
        filters = {name: kept for name, kept in self.filters.items() if name != facet}
        if values:
            filters[facet] = values
        return replace(self.first_page(), filters=filters)

    def without_filters(self) -> "SearchAddress":
        """Give up all chosen facet values."""
        return replace(self.first_page(), filters={})

    def asking(self, query: str) -> "SearchAddress":
        """Ask something else with the same choices."""
        return replace(self.first_page(), query=query)

    def sorted_by(self, sort: SortOrder) -> "SearchAddress":
        """Order the same answers otherwise."""
        return replace(self.first_page(), sort=sort)

    def listing(self, view: str) -> "SearchAddress":
        """List the same answers as something else."""
        return replace(self.first_page(), view=view)

    def listing_every(self) -> "SearchAddress":
        """List each record by itself, at the same place."""
        return replace(self, view="every")

    def first_page(self) -> "SearchAddress":
        """Go back to the first page."""
        return replace(self, after=None, trail=(), passed=0)

    def page_after(self, cursor: str) -> "SearchAddress":
        """Go on where ``cursor`` says."""
        trail = (*self.trail, self.after)[-LONGEST_TRAIL:] if self.after else ()
        return replace(self, after=cursor, trail=trail, passed=self.passed + self.size)

    def page_before(self) -> "SearchAddress | None":
        """Go back a page, as far as the trail reaches."""
        if self.after is None or (not self.trail and self.passed > self.size):
            return None
        before = self.trail[-1] if self.trail else None
        return replace(self, after=before, trail=self.trail[:-1], passed=max(0, self.passed - self.size))


def read_address(parameters: QueryParams) -> SearchAddress:
    """
    Read an address that a person may have typed.

    What is not understood falls back to the usual: an old or mangled link shall still open.
    """
    filters = {facet: tuple(dict.fromkeys(filter(None, parameters.getlist(facet)))) for facet in FILTERS}
    size, sort = _number(parameters.get("size", "")), parameters.get("sort", "")
    view = parameters.get("view", "")
    return SearchAddress(
        query=parameters.get("q", ""),
        filters={facet: values for facet, values in filters.items() if values},
        sort=next((order for order in SORT_ORDERS if order == sort), "relevance"),
        view=view if view in VIEWS else "",
        size=size if size in PAGE_SIZES else PAGE_SIZES[0],
        after=parameters.get("after", "") or None,
        trail=tuple(parameters.getlist("trail")[-LONGEST_TRAIL:]),
        passed=min(_number(parameters.get("passed", "")), 10**9),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0

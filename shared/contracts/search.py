"""What is asked of a search index and what it answers, the same for every engine."""

from collections.abc import Iterable, Mapping
from typing import Literal, Protocol

from pydantic import Field

from shared.contracts.records import Model, Record

SortOrder = Literal[
    "relevance", "amount_desc", "amount_asc", "year_desc", "year_asc", "target_desc", "target_asc"
]

FACETS = (
    "place",
    "province",
    "city",
    "district",
    "department",
    "budget_unit",
    "year",
    "kind",
    "form",
    "level1",
    "level2",
    "operator",
    "unit",
    "amount_range",
    "confidence",
    "review",
    "findings",
    "level1_printed",
    "level2_printed",
)
"""What answers are counted by; a record has one ``place``, a path of which every beginning counts."""

ON_DEMAND = ("level1_printed", "level2_printed")
"""Facets that are counted only where they are asked for."""

USUAL_FACETS = tuple(name for name in FACETS if name not in ON_DEMAND)

UNSTATED = "-"
"""Stands in ``filters`` and ``without`` for records of which a facet is not known."""

MAY_BE_UNSTATED = ("department", "budget_unit", "year", "level1", "level2")
"""Facets that a record should have, but does not always say."""

KEYS = ("document_id", "project_id", "same_id", "indicator", "project_name", "code")
"""
What answers are grouped and narrowed by besides.

``project_id`` is the same for a project in whatever document it is printed, ``same_id`` for an
indicator of it in a year; ``code`` are the printed codes of offices.
"""

FILTERS = (*FACETS, *KEYS)
"""All keyword fields that ``filters`` and ``without`` may name."""


class SearchRequest(Model):
    """
    A question: the query as typed, chosen facet values, order and place in the list.

    Values of one facet are alternatives, facets are joined by AND; what has a value of ``without``
    is left out, without making it another question. ``after`` is the cursor that the answer before
    gave; there is no last page that cannot be reached. ``facet_text`` asks for those values of the
    facets only that contain it. ``marked`` says whether hits come with their highlights, ``counted``
    whether anybody looks at the total, which is 0 where nobody does.
    """

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    without: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    sort: SortOrder = "relevance"
    size: int = Field(default=20, ge=0, le=1000)
    after: str | None = None
    facets: tuple[str, ...] = USUAL_FACETS
    facet_size: int = Field(default=50, ge=1, le=65_000)
    facet_text: str = ""
    marked: bool = True
    counted: bool = True


class Span(Model):
    """Characters ``start`` to ``end`` (exclusive) of a field's text as printed."""

    start: int
    end: int


GroupBy = Literal["project", "document", "same"]


class Twin(Model):
    """Where else the same indicator is printed: the record there, and what is promised there."""

    record_id: str
    document_id: str
    file_name: str
    page: int
    target: str | None = None


class Group(Model):
    """
    What a hit stands for: ``count`` answers that share ``key``, itself among them.

    ``twins`` are those that are folded behind it, because they say the same in another document.
    """

    key: str
    count: int
    twins: tuple[Twin, ...] = ()


class Hit(Model):
    """
    A record that answers.

    ``tier`` says how: 1 literally, 2 by the same target, 3 by an implied one, 0 without a condition.
    ``group`` is there when answers are grouped.
    """

    record: Record
    tier: int
    highlights: dict[str, tuple[Span, ...]] = Field(default_factory=dict)
    group: Group | None = None


class FacetValue(Model):
    """How many answers have this value, were the facet's own filter lifted."""

    value: str
    count: int


class Facet(Model):
    """
    The values of one facet, most frequent first, and how many different ones there are.

    ``unstated`` answers do not say: the filter ``UNSTATED`` finds them. They are told for the facets of
    ``MAY_BE_UNSTATED``, unless values that contain a text are asked for.
    """

    values: tuple[FacetValue, ...]
    distinct: int
    unstated: int = 0


class SearchAnswer(Model):
    """
    Exact total, one page of hits, facets, and the cursor of the next page.

    ``groups`` is how many groups there are, None where answers are not grouped or too many to tell.
    """

    total: int
    groups: int | None = None
    hits: tuple[Hit, ...]
    facets: dict[str, Facet] = Field(default_factory=dict)
    next: str | None = None


class QueryError(ValueError):
    """The query cannot be understood; ``start`` and ``end`` mark the place, ``message`` is Chinese."""

    def __init__(self, message: str, *, start: int, end: int) -> None:
        self.message = message
        self.start = start
        self.end = end
        super().__init__(message)


class IndexNeedsRebuild(Exception):
    """
    The index cannot be used: another version wrote it, or it is damaged.

    Nothing is lost: an index is a cache that ``rebuild-index`` makes anew from the records.
    """

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(f"索引无法使用（{reason}），请运行 jixiao rebuild-index 重建。")


class SearchIndex(Protocol):
    """An engine that holds records and answers requests; all engines give the same answers."""

    def replace(self, document_id: str, records: Iterable[Record]) -> None: ...
    def remove(self, document_id: str) -> None: ...
    def search(self, request: SearchRequest) -> SearchAnswer: ...
    def get(self, record_id: str) -> Record: ...
    def document_counts(self) -> Mapping[str, int]: ...

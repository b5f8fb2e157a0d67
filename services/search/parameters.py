"""The parameters of a search, as programs give them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.search import FACETS, SearchRequest, SortOrder

LONGEST_QUERY = 1000

Values = Annotated[list[str], Field(max_length=1000)]


class SearchParameters(BaseModel):
    """Query, facet values (each may be repeated: any of them), order and cursor."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(default="", max_length=LONGEST_QUERY, description="检索式，例如 满意度≥95%")
    province: Values = []
    city: Values = []
    district: Values = []
    department: Values = []
    budget_unit: Values = []
    year: Values = []
    form: Values = []
    level1: Values = []
    level2: Values = []
    operator: Values = []
    unit: Values = []
    findings: Values = []
    sort: SortOrder = "relevance"
    size: int = Field(default=20, ge=0, le=1000)
    after: str | None = Field(default=None, max_length=500, description="上一页答复中的 next")
    facet_size: int = Field(default=50, ge=1, le=65_000)

    def request(self) -> SearchRequest:
        """Put the question to an engine."""
        chosen: dict[str, tuple[str, ...]] = {facet: tuple(getattr(self, facet)) for facet in FACETS}
        return SearchRequest(
            query=self.q,
            filters={facet: values for facet, values in chosen.items() if values},
            sort=self.sort,
            size=self.size,
            after=self.after or None,
            facet_size=self.facet_size,
        )

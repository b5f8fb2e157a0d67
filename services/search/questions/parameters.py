"""The parameters of a search, as programs give them."""

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.search import FILTERS, USUAL_FACETS, GroupBy, SearchRequest, SortOrder
from shared.export import ExportFormat

LONGEST_QUERY: Final = 1000

Values = Annotated[list[str], Field(max_length=1000)]
FacetName = Literal[
    "place", "province", "city", "district", "department", "budget_unit", "year", "kind", "form", "level1",
    "level2", "operator", "unit", "amount_range", "confidence", "review", "findings", "level1_printed",
    "level2_printed", "none",
]  # fmt: skip


class Question(BaseModel):
    """Query and facet values (each may be repeated: any of them)."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(
        default="",
        max_length=LONGEST_QUERY,
        description="检索式，写法见 /help",
        examples=["满意度≥95%", "部门:教育局 培训", "金额:>100万 年:2024..2026"],
    )
    place: Values = Field(
        default=[], description="地区与部门的路径，逐级以 ▸ 相连", examples=[["广东省▸广州市"]]
    )
    province: Values = []
    city: Values = []
    district: Values = []
    department: Values = []
    budget_unit: Values = []
    year: Values = Field(default=[], examples=[["2025", "2026"]])
    kind: Values = []
    form: Values = []
    level1: Values = []
    level2: Values = []
    operator: Values = []
    unit: Values = []
    amount_range: Values = []
    confidence: Values = []
    review: Values = Field(default=[], description="needs_look 需要核对，clear 未见疑点")
    findings: Values = []
    level1_printed: Values = []
    level2_printed: Values = []
    document_id: Values = []
    project_id: Values = []
    same_id: Values = []
    indicator: Values = []
    project_name: Values = []
    code: Values = []

    def filters(self) -> dict[str, tuple[str, ...]]:
        """Give the facet values that were chosen."""
        chosen: dict[str, tuple[str, ...]] = {name: tuple(getattr(self, name)) for name in FILTERS}
        return {name: values for name, values in chosen.items() if values}


def as_in_an_address(*names: str) -> dict[str, object]:
    """
    Describe parameters that are read from an address as a person may have it, for OpenAPI.

    Without ``names`` they are those of a question. Others may stand beside them: a link of a page
    carries its order and its view along.
    """
    schemas = Question.model_json_schema()["properties"] if not names else dict.fromkeys(names, _TEXT)
    return {
        "parameters": [{"name": name, "in": "query", "schema": schema} for name, schema in schemas.items()]
    }


_TEXT: Final = {"type": "string"}


class SearchParameters(Question):
    """A question, and what of its answer is wanted."""

    sort: SortOrder = "relevance"
    size: int = Field(default=20, ge=0, le=1000)
    after: str | None = Field(default=None, max_length=2000, description="上一页答复中的 next")
    group: GroupBy | None = Field(
        default=None,
        description="project、document：每个项目或文件一条；same：同一指标印在几份文件里只列一次",
    )
    facets: list[FacetName] = Field(default=[], max_length=30, description="要统计的分面；none 为不统计")
    facet_size: int = Field(default=50, ge=1, le=65_000)
    facet_text: str = Field(default="", max_length=200, description="只要含有这些字的分面值")
    marked: bool = Field(default=True, description="是否标出命中的文字")

    def request(self) -> SearchRequest:
        """Put the question to an engine."""
        return SearchRequest(
            query=self.q,
            filters=self.filters(),
            sort=self.sort,
            size=self.size,
            after=self.after or None,
            facets=tuple(name for name in self.facets if name != "none") if self.facets else USUAL_FACETS,
            facet_size=self.facet_size,
            facet_text=self.facet_text,
            marked=self.marked,
        )


class FacetParameters(Question):
    """A question whose answers are only counted, by one facet."""

    find: str = Field(default="", max_length=200, description="只要含有这些字的值", examples=["教育"])
    size: int = Field(default=50, ge=1, le=65_000)

    def request(self, facet: str) -> SearchRequest:
        """Put the question to an engine."""
        return SearchRequest(
            query=self.q,
            filters=self.filters(),
            size=0,
            facets=(facet,),
            facet_size=self.size,
            facet_text=self.find,
        )


class ExportParameters(Question):
    """A question whose whole answer is wanted as a file."""

    sort: SortOrder = "relevance"
    format: ExportFormat = ExportFormat.csv
    headings: Literal["chinese", "names"] = Field(
        default="chinese", description="表头和代码用中文，还是字段名和代码（names）"
    )

    def request(self) -> SearchRequest:
        """Put the question to an engine."""
        return SearchRequest(query=self.q, filters=self.filters(), sort=self.sort)

"""What the interface answers, by example: made up, and shown beside each description."""

from datetime import UTC, datetime
from typing import Any, Final

from shared.contracts.ledger import DocumentEntry
from shared.contracts.records import Amounts, Model, PageBox, Record
from shared.contracts.search import Facet, FacetValue, Hit, SearchAnswer, Span
from shared.values.target import read_target

_DOCUMENT: Final = "5b1f0c6d" * 8
_BOX: Final = (PageBox(page=3, x0=310.5, top=212.0, x1=356.2, bottom=224.4),)

RECORD: Final = Record(
    record_id="5b1f0c6d5b1f0c6d-p3-x310-y212",
    sequence=1,
    level1="满意度指标",
    level1_inferred="满意度",
    name="游客满意度",
    annual_target=read_target("≥95%", name="游客满意度"),
    page=3,
    boxes={"name": _BOX, "annual_target": _BOX},
    document_id=_DOCUMENT,
    file_name="临江市园林局2025年项目支出绩效目标表.pdf",
    form="levelled_list",
    scope="project",
    city="临江市",
    department="临江市园林局",
    fiscal_year=2025,
    project="公园养护",
    amounts=Amounts(unit="万元", total="120.00", total_yuan="1200000"),
    parser_version="1.0.0",
)

FACET: Final = Facet(values=(FacetValue(value="临江市园林局", count=12),), distinct=1)

ANSWER: Final = SearchAnswer(
    total=1,
    hits=(Hit(record=RECORD, tier=1, highlights={"name": (Span(start=2, end=5),)}),),
    facets={"department": FACET},
)

ENTRY: Final = DocumentEntry(
    document_id=_DOCUMENT,
    file_name=RECORD.file_name,
    media_type="application/pdf",
    size_bytes=482_113,
    state="indexed",
    pages=8,
    records=96,
    received_at=datetime(2025, 3, 1, 8, 30, tzinfo=UTC),
    changed_at=datetime(2025, 3, 1, 8, 31, tzinfo=UTC),
)


def exemplified(example: Model) -> dict[int | str, dict[str, Any]]:
    """Describe a successful answer by an example."""
    return {200: {"content": {"application/json": {"example": example.model_dump(mode="json")}}}}

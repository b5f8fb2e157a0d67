"""How high an indicator is promised: a plot, who promises least and most, and the same as a table."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.search.api import ArchiveHere
from services.search.comparison.distribution import MOST_RECORDS, Bar, Distribution, Promised, distribute
from services.search.comparison.plot import draw, short
from services.search.comparison.sides import all_records
from services.search.documents.archive import Archive
from services.search.problems import bad_query
from services.search.questions.address import SearchAddress, read_address
from services.search.questions.parameters import as_in_an_address
from services.search.tabular import csv_response
from services.search.templates import render_page
from services.search.words.labels import SENSES
from shared.contracts.records import Model
from shared.contracts.search import QueryError

SHOWN_AT_EACH_END = 10

router = APIRouter()

UnitChosen = Annotated[str | None, Query(alias="in", max_length=100)]


class PromisedValue(Model):
    """One promise: its figure in the unit of the answer, what it is of, and who makes it."""

    figure: str
    sense: str
    text: str
    indicator: str
    project: str
    department: str | None
    budget_unit: str | None
    fiscal_year: int | None
    record_id: str
    document_id: str
    page: int


class DistributionAnswer(Model):
    """All promises of one unit, lowest first; ``truncated`` where there were more records than are read."""

    unit: str
    records: int
    without_figure: int
    truncated: bool
    units: dict[str, int]
    values: tuple[PromisedValue, ...]


@router.get("/distribution", include_in_schema=False)
def show_distribution(request: Request, archive: ArchiveHere, unit: UnitChosen = None) -> Response:
    """Show how the promises of all answers to a search are spread."""
    address = read_address(request.query_params).first_page()
    found = _distribution(archive, address, unit)
    bars = found.bars()
    context = {
        "address": address,
        "found": found,
        "plot": draw(bars),
        "short": short,
        "bar_href": lambda bar: _bar_address(address, bar, found.unit).href(),
        "promisers": found.promisers(),
        "least": found.values[:SHOWN_AT_EACH_END],
        "most": tuple(reversed(found.values))[:SHOWN_AT_EACH_END],
        "truncated": found.records >= MOST_RECORDS,
        "limit": MOST_RECORDS,
    }
    return render_page(request, "distribution.html", context)


@router.get("/api/distribution", tags=["compare"], openapi_extra=as_in_an_address())
def answer_distribution(
    request: Request, archive: ArchiveHere, unit: UnitChosen = None
) -> DistributionAnswer:
    """List the promised figures of all answers to a search (``q`` and facets), of one unit of measure."""
    found = _distribution(archive, read_address(request.query_params).first_page(), unit)
    return DistributionAnswer(
        unit=found.unit,
        records=found.records,
        without_figure=found.without_figure,
        truncated=found.records >= MOST_RECORDS,
        units=dict(found.units),
        values=tuple(map(_value, found.values)),
    )


@router.get(
    "/api/distribution.csv", tags=["compare"], response_class=Response, openapi_extra=as_in_an_address()
)
def send_distribution(request: Request, archive: ArchiveHere, unit: UnitChosen = None) -> Response:
    """Send the same as a table for spreadsheets."""
    found = _distribution(archive, read_address(request.query_params).first_page(), unit)
    head = [
        "数值",
        "含义",
        "指标值",
        "三级指标",
        "项目",
        "部门",
        "资金使用单位",
        "年度",
        "记录号",
        "文件号",
        "页",
    ]
    rows = [list(_value(value).model_dump().values()) for value in found.values]
    return csv_response("指标值分布.csv", head, [[row[0], SENSES[row[1]], *row[2:]] for row in rows])


def _distribution(archive: Archive, address: SearchAddress, unit: str | None) -> Distribution:
    try:
        records = all_records(archive.index, address.request())
        return distribute(islice(records, MOST_RECORDS), unit)
    except QueryError as error:
        raise bad_query(error) from error


def _bar_address(address: SearchAddress, bar: Bar, unit: str) -> SearchAddress:
    """Ask for the records of a bar: the same question, and the figure."""
    asked = f"({address.query}) " if address.query.strip() else ""
    if bar.low == bar.high:
        return address.asking(f"{asked}指标值:={bar.low:f}{unit}")
    return address.asking(f"{asked}指标值:≥{bar.low:f}{unit} 指标值:<{bar.high:f}{unit}")


def _value(value: Promised) -> PromisedValue:
    record = value.record
    return PromisedValue(
        figure=f"{value.figure:f}",
        sense=value.sense,
        text=value.bound.part or "",
        indicator=record.name,
        project=record.project,
        department=record.department,
        budget_unit=record.budget_unit,
        fiscal_year=record.fiscal_year,
        record_id=record.record_id,
        document_id=record.document_id,
        page=record.page,
    )

"""Findings, documents, comparisons and distributions over HTTP."""

import csv
import io
import re
from pathlib import Path

import pytest

from shared.contracts.artifacts import READING
from shared.contracts.records import Amounts, Finding, PageBox, Total
from tests.builders.records import table
from tests.builders.web import (
    WebArchive,
    document_of,
    indicator_at,
    project_of,
    promise,
    street_lights,
)

TOTAL = PageBox(page=1, x0=10, top=50, x1=60, bottom=60)


@pytest.fixture
def archive(tmp_path: Path) -> WebArchive:
    return WebArchive(tmp_path)


def lacking(
    name: str, *, code: str = "sum_mismatch", expected: str = "120", found: str = "100", **more: object
):
    """A document whose total is larger than its rows."""
    total = Total(
        kind="unit_total", name="云州市路灯管理所", amounts=Amounts(total=expected), boxes={"total": (TOTAL,)}
    )
    finding = Finding(
        code=code, severity="error", message="合计不符", page=1, box=TOTAL, expected=expected, found=found
    )
    listed = table(project_of("经费"), totals=(total,), amount_unit="万元")
    return document_of(name=name, tables=(listed,), findings=(finding,), **more)


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_total_that_does_not_add_up_names_its_row_and_what_is_missing(archive: WebArchive) -> None:
    archive.add(lacking("甲.pdf"))

    (found,) = archive.client.get("/api/findings", {"code": "sum_mismatch"}).json()["findings"]

    assert (found["row"], found["gap"], found["amount_unit"]) == ("云州市路灯管理所", "20", "万元")
    page = archive.client.get("/findings", {"code": "sum_mismatch"}).text
    assert "云州市路灯管理所" in page
    assert f"/documents/{found['document_id']}/pages/1?finding=0#cell" in page


def test_large_gaps_come_first_and_filters_narrow(archive: WebArchive) -> None:
    archive.add(lacking("小.pdf", expected="101", fiscal_year=2024))
    archive.add(lacking("大.pdf", expected="9000"))
    archive.add(street_lights())

    both = archive.client.get("/api/findings").json()
    one = archive.client.get("/api/findings", {"year": "2024"}).json()

    assert [each["file_name"] for each in both["findings"]][:2] == ["大.pdf", "小.pdf"]
    assert (both["total"], one["total"]) == (3, 1)


def test_findings_are_a_table_for_spreadsheets(archive: WebArchive) -> None:
    archive.add(lacking("=甲.pdf"))

    (row,) = rows_of(archive.client.get("/api/findings.csv").text)

    assert (row["行"], row["相差"], row["文件"]) == ("云州市路灯管理所", "20", "'=甲.pdf")


def test_the_page_of_a_finding_aims_at_its_cell(archive: WebArchive) -> None:
    document = archive.add(lacking("甲.pdf"))

    page = archive.client.get(f"/documents/{document.document_id}/pages/1", {"finding": 0}).text

    assert page.count('id="cell"') == 1


def test_documents_are_narrowed_by_place_year_state_and_name(archive: WebArchive) -> None:
    archive.add(document_of(name="甲.pdf", city="云州市", fiscal_year=2024))
    archive.add(document_of(name="乙.pdf", city="海州市", fiscal_year=2025))

    def listed(**narrowed: str) -> list[str]:
        page = archive.client.get("/documents", narrowed).text
        return [name for name in ("甲.pdf", "乙.pdf") if f">{name}</a>" in page]

    assert listed() == ["甲.pdf", "乙.pdf"]
    assert listed(city="海州市") == ["乙.pdf"]
    assert listed(year="2024", state="indexed") == ["甲.pdf"]
    assert listed(name="乙") == ["乙.pdf"]
    assert listed(city="海州市", year="2024") == []


def test_an_overview_knows_what_was_read_again(archive: WebArchive) -> None:
    document = archive.add(document_of(name="甲.pdf"))
    assert archive.client.get("/api/findings").json()["total"] == 0

    READING.save(archive.store, document.document_id, lacking("甲.pdf"))
    archive.ledger.set_state(document.document_id, "indexed")

    assert archive.client.get("/api/findings").json()["total"] == 1


@pytest.fixture
def two_years(archive: WebArchive) -> WebArchive:
    for year, value in ((2025, "90"), (2026, "95")):
        lit = indicator_at("亮灯率", promise(f"≥{value}%", lower=value, unit="%"), record_id=f"lit{year}")
        kept = indicator_at("维修及时率", promise("≥80%", lower="80", unit="%"), record_id=f"kept{year}")
        extra = () if year == 2025 else (indicator_at("投诉率", None, record_id="new"),)
        archive.add(
            document_of(
                project_of(f"{year}年路灯经费", lit, kept, *extra, budget_unit="云州市路灯管理所"),
                name=f"{year}.pdf",
                fiscal_year=year,
            )
        )
    return archive


def test_from_a_hit_its_unit_is_compared_with_its_other_year(two_years: WebArchive) -> None:
    page = two_years.client.get("/compare", {"record": "lit2026"}).text

    assert page.index(">≥90%<") < page.index(">≥95%<")
    assert '<span class="verdict stricter">更严</span>' in page
    assert 'id="here"' in page
    assert "未变的指标 1 条" in page


def test_a_second_print_of_the_same_table_is_not_what_is_compared_first(archive: WebArchive) -> None:
    for name, value in (("甲.txt", "95"), ("乙.txt", "95"), ("丙.txt", "90")):
        lit = indicator_at("亮灯率", promise(f"≥{value}%", lower=value, unit="%"), record_id=f"lit{name}")
        unit = project_of("路灯经费", lit, budget_unit="云州市路灯管理所")
        archive.add(document_of(unit, name=name, fiscal_year=None))

    page = archive.client.get("/compare", {"record": "lit甲.txt"}).text

    assert re.findall(r"<option [^>]+ selected>[^<]*· ([^<]+)</option>", page) == ["丙.txt", "甲.txt"]


def test_a_comparison_is_told_to_programs_and_spreadsheets(two_years: WebArchive) -> None:
    sides = {f"{side}": document_of(name=f"{year}.pdf").document_id for side, year in _SIDES}

    told = two_years.client.get("/api/compare", sides).json()
    rows = rows_of(two_years.client.get("/api/compare.csv", sides).text)

    assert told["indicators"] == {"changed": 1, "added": 1, "same": 1}
    assert told["verdicts"] == {"stricter": 1}
    changed = next(row for row in rows if row["三级指标"] == "亮灯率")
    assert (changed["前指标值"], changed["后指标值"], changed["目标变化"]) == ("≥90%", "≥95%", "更严")


_SIDES = (("left", 2025), ("right", 2026))


def test_what_stands_alone_is_told_to_have_nothing_to_compare_with(archive: WebArchive) -> None:
    archive.add(street_lights())

    page = archive.client.get("/compare", {"record": "r-亮灯率"})

    assert page.status_code == 200
    assert "没有可以对比的文件" in page.text


@pytest.mark.parametrize(
    "asked", [{}, {"record": "none"}, {"left": "../..", "right": "x"}, {"document": "0" * 64}]
)
def test_comparing_what_is_not_there_is_not_our_fault(archive: WebArchive, asked: dict[str, str]) -> None:
    assert archive.client.get("/compare", asked).status_code == 404


def test_promises_are_spread_over_bars_with_who_promises_least_and_most(two_years: WebArchive) -> None:
    page = two_years.client.get("/distribution", {"q": "率"}).text
    told = two_years.client.get("/api/distribution", {"q": "率"}).json()
    rows = rows_of(two_years.client.get("/api/distribution.csv", {"q": "率"}).text)

    assert [value["figure"] for value in told["values"]] == ["80", "80", "90", "95"]
    assert page.count('class="bar at_least"') == 3
    assert page.index("数值最低的承诺") < page.index("按部门")
    assert len(rows) == 4


@pytest.mark.parametrize("path", ["/distribution", "/api/distribution", "/api/distribution.csv"])
def test_a_query_that_cannot_be_understood_is_explained(archive: WebArchive, path: str) -> None:
    assert archive.client.get(path, {"q": '"'}).status_code == 400

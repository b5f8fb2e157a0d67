"""Four questions that a person who knows nothing of the system answers with the page alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from samples.drafts import draft_table
from samples.ink import load_font
from samples.layouts import plain_text, serialised_list
from samples.vocabulary import DEPARTMENTS
from shared.contracts.records import Record
from shared.contracts.search import SearchRequest
from tests.builders.browser import served, visiting
from tests.builders.read_archive import pictures, read_archive
from tests.builders.web import WebArchive

pytestmark = pytest.mark.browser

MISPRINT = Decimal("716.35")


@dataclass
class Place:
    """Where the walks are walked: an archive, and what a person who reads its paper knows."""

    name: str
    archive: WebArchive
    address: str
    unit: str
    misprinted: str
    gap: str


@pytest.fixture(scope="module", params=["samples", "documents"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    own = request.param == "samples"
    files = drawn() if own else published(request.getfixturevalue("documents"))
    unit = DEPARTMENTS[0].units[1] if own else "广州市花都区口岸服务保障中心"
    misprinted = "合计" if own else "广州市商务局"
    with (
        read_archive(tmp_path_factory.mktemp("archive"), files) as archive,
        served(archive.app) as address,
    ):
        yield Place(request.param, archive, address, unit, misprinted, str(MISPRINT))


def drawn() -> list[tuple[str, bytes]]:
    """Two years of one department as PDF, and a text whose grand total was misprinted."""
    load_font()
    years = [
        (f"{year}年.pdf", serialised_list(draft_table(Random(year), year=year, department=DEPARTMENTS[0]))[0])
        for year in (2025, 2026)
    ]
    text = plain_text(draft_table(Random(7), year=2026, department=DEPARTMENTS[4], one_source=True))[
        0
    ].decode()
    return [*years, ("教育局.txt", re.sub(r"(?m)^合计 (\S+) ", misprint, text, count=1).encode())]


def misprint(found: re.Match[str]) -> str:
    return f"合计 {Decimal(found[1].replace(',', '')) + MISPRINT:,.2f} "


def published(documents: Path) -> list[tuple[str, bytes]]:
    files = [
        *sorted((documents / "seeds").glob("*.txt")),
        *sorted((documents / "real").glob("yantai_s*.pdf")),
    ]
    return [(path.name, path.read_bytes()) for path in files]


@pytest.fixture
def page(browser: object, place: Place) -> Iterator[object]:
    with visiting(browser, place.address) as visited:
        yield visited.page


@pytest.fixture
def keep(page, place: Place, tmp_path: Path):
    """Keep a picture of what the person sees."""
    folder = pictures(tmp_path)

    def picture(name: str) -> None:
        page.screenshot(path=folder / f"walk-{place.name}-{name}.png")

    return picture


def test_which_indicators_promise_at_least_95_by_department(page, place: Place, keep) -> None:
    page.goto("/")
    page.locator("#q").fill("满意度≥95%")
    page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")
    keep("1-who-promises")

    expected = {record.record_id: record for record in all_records(place) if promises_95(record)}
    assert expected
    answer = place.archive.index.search(SearchRequest(query="满意度≥95%", size=1000, facets=()))
    found = {hit.record.record_id: hit.record for hit in answer.hits}
    assert expected.keys() <= found.keys()
    assert all(hit.tier == 1 or hit.record.record_id in expected for hit in answer.hits)

    page.goto("/distribution?q=满意度≥95%")
    keep("1-by-department")
    departments = {record.department for record in found.values()}
    offices = page.locator("table.listing tbody tr").all_inner_texts()
    assert len(offices) == len(departments)
    assert all(any(name in office for office in offices) for name in departments)


def all_records(place: Place) -> list[Record]:
    answer = place.archive.index.search(SearchRequest(size=1000, facets=()))
    records = [hit.record for hit in answer.hits]
    while answer.next:
        answer = place.archive.index.search(SearchRequest(size=1000, facets=(), after=answer.next))
        records += [hit.record for hit in answer.hits]
    return records


def promises_95(record: Record) -> bool:
    target = record.annual_target or record.period_target
    return "满意度" in record.name and any(
        bound.unit == "%" and bound.operator in ("ge", "gt", "eq") and 95 <= Decimal(bound.lower or 0) <= 100
        for bound in (target.bounds if target else ())
    )


def test_which_total_does_not_add_up_and_by_how_much(page, place: Place, keep) -> None:
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="需留意").click()
    page.get_by_role("link", name=re.compile("^合计不符")).click()
    row = page.locator("tr", has_text=place.misprinted).first
    keep("2-findings")

    assert place.gap in row.locator(".gap").inner_text()

    row.get_by_role("link").first.click()
    page.wait_for_load_state("networkidle")
    keep("2-on-paper")
    assert page.locator("#cell").is_visible()
    assert place.gap in page.locator(".finding.here").inner_text()


def test_what_a_unit_changed_between_its_two_years(page, place: Place, keep) -> None:
    page.goto("/")
    page.locator("#q").fill(place.unit)
    page.keyboard.press("Enter")
    page.locator(".hit h3 a").first.click()
    page.get_by_role("link", name="前后对比").click()
    page.wait_for_load_state("networkidle")
    keep("3-what-changed")

    assert place.unit in page.locator("h1").inner_text()
    sides = [
        page.locator(f"#side-{side}").evaluate("choice => choice.selectedOptions[0].textContent")
        for side in ("left", "right")
    ]
    assert sides[0] != sides[1]
    assert page.locator(".changes tr.changed, .changes tr.added, .changes tr.lost").count() > 0
    changed = page.locator(".changes tr.changed .what .verdict").all_text_contents()
    assert set(changed) <= {"更严", "放宽", "改变", "补印", "不再印出"}

    with page.expect_download() as saved:
        page.get_by_role("link", name="下载表格").click()
    assert saved.value.path().read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_number_leads_to_its_cell_with_a_citation_that_lasts(page, place: Place, keep) -> None:
    page.goto("/")
    page.locator("#q").fill("满意度")
    page.keyboard.press("Enter")
    page.locator(".hit h3 a").first.click()
    page.wait_for_load_state("networkidle")
    keep("4-the-cell")

    heading = page.locator("h1").inner_text()
    cell = page.locator("#cell").bounding_box()
    assert 0 < cell["y"] < 900
    assert page.locator("h1 mark").inner_text() == "满意度"
    citation = page.locator("#citation").input_value()
    permanent = page.locator("#permanent").get_attribute("href")
    assert re.search(r"[0-9a-f]{64}", citation)
    assert permanent in citation
    assert re.search(r"第\d+页", citation)
    assert re.search(r"读取于 \d{4}-\d\d-\d\d；解析版本 ", citation)

    for document_id in place.archive.index.document_counts():  # what was cited can be opened without an index
        place.archive.index.remove(document_id)
    try:
        page.goto(permanent.removeprefix(place.address))
        assert page.locator("h1").inner_text() == heading
    finally:
        restore(place)


def restore(place: Place) -> None:
    for entry in place.archive.ledger.documents():
        document = place.archive.app.state.archive.reading(entry.document_id)
        place.archive.index.replace(entry.document_id, place.archive.records(document))

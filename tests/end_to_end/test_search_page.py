"""The search page in a real browser: Chromium on the real service, its paper drawn in the real sandbox."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from services.search.documents.rendering import SandboxedRenderer
from shared.contracts.records import Document, PageBox
from shared.contracts.search import SearchRequest
from shared.runtime.sandbox import Sandbox, SandboxLimits
from tests.builders.browser import DESKTOP, PHONE, Visit, served, visiting
from tests.builders.web import WebArchive, document_of, indicator_at, project_of, promise, text_page

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = 842, 595


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebArchive]:
    """An archive that holds a PDF and a text."""
    folder = tmp_path_factory.mktemp("web")
    with Sandbox(SandboxLimits(), preload=("services.search.documents.page_drawing",)) as sandbox:
        filled = WebArchive(folder, renderer=SandboxedRenderer(sandbox))
        filled.add(greenery(), drawn_greenery())
        text = filled.add(streets_as_text(), b"...")
        filled.save_page(text, text_page("路面完好率 ≥97%"))
        yield filled


@pytest.fixture(scope="module")
def address(archive: WebArchive) -> Iterator[str]:
    with served(archive.app) as at:
        yield at


def cell(number: int, *, column: int = 0) -> PageBox:
    """The black cell that ``drawn_greenery`` draws for an indicator."""
    x0, top = 500.0 + 140 * column, 60.0 + 16 * number
    return PageBox(page=1, x0=x0, top=top, x1=x0 + 120, bottom=top + 10)


def greenery() -> Document:
    indicators = [
        indicator_at(
            f"第{number:02}片绿地成活率",
            promise(f"≥{60 + number}%", lower=str(60 + number), unit="%"),
            record_id=f"g{number:02}",
            sequence=number + 1,
            boxes={"name": (cell(number),), "annual_target": (cell(number, column=1),)},
        )
        for number in range(30)
    ]
    return document_of(
        project_of("绿地养护经费", *indicators, budget_unit="云州市园林所"), name="园林局2025.pdf"
    )


def drawn_greenery() -> bytes:
    """Draw a page on which every cell that holds a field is black."""
    written = io.BytesIO()
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(written, pagesize=(WIDTH, HEIGHT))
    canvas.setFont("STSong-Light", 12)
    canvas.drawString(60, HEIGHT - 40, "项目支出绩效目标表")
    for number in range(30):
        for column in (0, 1):
            box = cell(number, column=column)
            canvas.rect(box.x0, HEIGHT - box.bottom, box.x1 - box.x0, box.bottom - box.top, fill=1, stroke=0)
    canvas.showPage()
    canvas.showPage()
    canvas.save()
    return written.getvalue()


def streets_as_text() -> Document:
    box = PageBox(page=1, x0=50, top=40, x1=100, bottom=52)
    road = indicator_at(
        "路面完好率", promise("≥97%", lower="97", unit="%"), record_id="t0", boxes={"name": (box,)}
    )
    return document_of(
        project_of("道路养护经费", road), name="道路.txt", media_type="text/plain", department="云州市交通局"
    )


@pytest.fixture
def visit(browser: object, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    with visiting(browser, address, **getattr(request, "param", {})) as visited:
        yield visited


SEARCHES = ("/", "/?q=", "/?q=绿地&level1=产出", "/facets/department")
WAYS = (*SEARCHES, "/documents", "/records/g05?q=绿地#cell", "/records/t0")
WINDOWS = {"desktop": {}, "phone": {"viewport": PHONE}, "dark": {"color_scheme": "dark"}}


@pytest.mark.parametrize("visit", WINDOWS.values(), indirect=True, ids=WINDOWS)
def test_every_page_fits_its_window_and_loads_nothing_from_elsewhere(visit, tmp_path: Path) -> None:
    pictures = Path(os.environ.get("JIXIAO_SCREENSHOTS", tmp_path))
    pictures.mkdir(parents=True, exist_ok=True)
    for number, way in enumerate(WAYS):
        visit.page.goto(way, wait_until="networkidle")
        visit.page.screenshot(path=pictures / f"{visit.page.viewport_size['width']}-{number}.png")

        assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), way


def test_a_search_leads_to_the_very_cell_on_the_paper(visit) -> None:
    page = visit.page
    page.goto("/")
    page.locator("#q").fill("第27片")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="第27片绿地成活率").click()
    page.wait_for_load_state("networkidle")
    mark, paper = page.locator("#cell").bounding_box(), page.locator(".page img").bounding_box()

    scale, box = paper["width"] / WIDTH, cell(27)
    assert mark["x"] - paper["x"] == pytest.approx(box.x0 * scale, abs=3)
    assert mark["y"] - paper["y"] == pytest.approx(box.top * scale, abs=3)
    assert mark["width"] == pytest.approx((box.x1 - box.x0) * scale, abs=6)
    assert 0 < mark["y"] < DESKTOP["height"]
    assert is_black(page, (box.x0 + box.x1) / 2 / WIDTH, (box.top + box.bottom) / 2 / HEIGHT)
    assert not is_black(page, (box.x0 - 5) / WIDTH, (box.top + box.bottom) / 2 / HEIGHT)


@pytest.mark.parametrize(
    ("way", "link", "early"),
    [
        ("/?q=绿地", ".hit h3 a >> nth=0", True),
        ("/?q=绿地", "a[rel=next]", True),
        ("/?q=绿地", ".facet[open] .choice >> nth=0", True),
        ("/?q=绿地", "a.language", False),
        ("/", "nav a[href='/documents']", False),
    ],
)
def test_a_page_that_stays_the_same_is_fetched_while_its_link_is_pressed(visit, way, link, early) -> None:
    page = visit.page
    page.goto(way, wait_until="networkidle")
    page.locator(link).hover()
    page.mouse.down()
    page.wait_for_timeout(200)
    with page.expect_navigation():
        page.mouse.up()

    came = page.evaluate("performance.getEntriesByType('navigation')[0].deliveryType")
    assert came == ("navigational-prefetch" if early else "")


def is_black(page, across: float, down: float) -> bool:
    """Look at the picture of the page itself, without the marks."""
    return page.evaluate(
        """([across, down]) => {
            const picture = document.querySelector(".page img");
            const canvas = Object.assign(document.createElement("canvas"), {width: 1, height: 1});
            const draw = canvas.getContext("2d");
            draw.drawImage(picture, -across * picture.naturalWidth, -down * picture.naturalHeight);
            return draw.getImageData(0, 0, 1, 1).data[0] < 60;
        }""",
        [across, down],
    )


def test_beside_the_paper_only_its_columns_scroll(visit) -> None:
    visit.page.goto("/records/g27?q=绿地#cell", wait_until="networkidle")

    assert visit.page.locator(".rows-around caption, .siblings").count() > 0
    assert visit.page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("visit", [{"viewport": PHONE}], indirect=True)
def test_on_a_phone_the_cell_is_brought_into_the_window(visit) -> None:
    visit.page.goto("/records/g27?q=绿地#cell", wait_until="networkidle")
    visit.page.wait_for_timeout(200)

    mark = visit.page.locator("#cell").bounding_box()
    paper = visit.page.locator(".scroller").bounding_box()

    assert paper["x"] <= mark["x"] < paper["x"] + paper["width"]
    assert paper["y"] <= mark["y"] < paper["y"] + paper["height"]
    assert mark["y"] + mark["height"] < PHONE["height"]
    assert visit.page.locator("h1").bounding_box()["y"] > 0


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_searching_filtering_and_reading_need_no_script(visit) -> None:
    page = visit.page
    page.goto("/")
    page.locator("#q").fill("率")
    page.get_by_role("button", name="检索").click()
    closed = page.locator("details.facet:not([open]) > summary", has_text="部门")
    if closed.count():
        closed.last.click()
    page.get_by_role("link", name="云州市交通局").click()
    assert page.locator(".total").inner_text() == "1 条指标"

    page.get_by_role("link", name="路面完好率").click()

    assert page.locator("h1").inner_text() == "路面完好率"
    assert page.locator("#cell").is_visible()
    page.wait_for_load_state()  # what was fetched while its link was pressed comes before its picture
    assert page.locator(".page img").evaluate("picture => picture.naturalWidth > 0")


def test_hits_are_walked_with_the_arrow_keys_over_the_edge_of_a_page(visit, archive: WebArchive) -> None:
    answer = archive.index.search(SearchRequest(query="绿地", size=30, facets=()))
    names = [hit.record.name for hit in answer.hits]
    page = visit.page
    page.goto(f"/records/{answer.hits[18].record.record_id}?q=绿地#cell")

    for expected in names[19:22]:
        page.keyboard.press("ArrowRight")
        page.locator("h1", has_text=expected).wait_for(timeout=5000)
    for expected in (names[20], names[19]):
        page.keyboard.press("ArrowLeft")
        page.locator("h1", has_text=expected).wait_for(timeout=5000)


def test_pointing_at_a_field_lights_its_cell(visit) -> None:
    page = visit.page
    page.goto("/records/g03")

    page.locator(".promise-line[data-field=annual_target]").hover()

    assert page.locator(".mark[data-field=annual_target]").get_attribute("class") == "mark first lit"
    assert page.locator("#pointing").inner_text() == "年度指标值"


def test_what_becomes_of_a_document_is_seen_while_it_happens(visit, archive: WebArchive) -> None:
    page = visit.page
    page.goto("/documents")
    arriving = document_of(name="刚放进来的.pdf")
    with page.expect_response("**/api/status"):
        pass  # the page has seen how things stood before

    archive.receive(arriving)
    page.get_by_role("row", name="刚放进来的.pdf 处理中").wait_for()
    archive.ledger.set_state(arriving.document_id, "no_records", reason="no_table")

    page.get_by_role("row", name="没有绩效目标表").wait_for()


def test_the_search_box_is_reached_with_one_key(visit) -> None:
    visit.page.goto("/documents")

    visit.page.keyboard.press("/")

    assert visit.page.evaluate("document.activeElement.id") == "q"


@pytest.mark.parametrize("visit", [{"viewport": PHONE}], indirect=True)
def test_on_a_phone_filters_open_over_the_results(visit) -> None:
    page = visit.page
    page.goto("/?q=率")
    assert not page.locator("#filters").is_visible()

    page.get_by_role("link", name="筛选").click()

    assert page.locator("#filters").is_visible()
    page.get_by_role("link", name="完成").click()
    assert not page.locator("#filters").is_visible()

"""axe looks at every page, in both languages, on a desk, on a phone and in the dark."""

from collections.abc import Iterator

import pytest

from tests.builders.browser import PHONE, served, visiting
from tests.builders.web import WebArchive, document_of, indicator_at, project_of, promise, street_lights
from tests.integration.test_overviews import lacking

pytestmark = pytest.mark.browser

KEY = "a key for looking around"
OVERLAPPING = """(() => {
    const lies = name => document.querySelector(name).getBoundingClientRect();
    return lies(".places").left < lies(".seal").right && lies(".places").top < lies(".seal").bottom;
})()"""
WINDOWS = {"desktop": {}, "phone": {"viewport": PHONE}, "dark": {"color_scheme": "dark"}}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> WebArchive:
    filled = WebArchive(tmp_path_factory.mktemp("axe"), write_key=KEY)
    filled.add(street_lights())
    filled.add(lacking("不平.pdf"))
    other = indicator_at("亮灯率", promise("≥99%", lower="99", unit="%"), record_id="other")
    filled.add(
        document_of(
            project_of("路灯养护经费", other, budget_unit="云州市路灯管理所"),
            name="2026.pdf",
            fiscal_year=2026,
        )
    )
    return filled


@pytest.fixture(scope="module")
def address(archive: WebArchive) -> Iterator[str]:
    with served(archive.app) as at:
        yield at


@pytest.fixture(scope="module")
def ways(archive: WebArchive) -> list[str]:
    document = f"/documents/{street_lights().document_id}"
    return [
        "/",
        "/?q=率",
        "/?q=没有这样的词",
        "/facets/department?q=",
        "/help",
        "/records/r-亮灯率?q=率",
        document,
        f"{document}/pages/1?finding=0",
        "/compare?record=other",
        "/compare?record=r-市民满意度",
        "/distribution?q=率",
        "/findings",
        "/documents",
        "/status",
        f"/uploads?write_key={KEY}",
        "/uploads?key=2026.pdf&key=未到.pdf",
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_axe_finds_no_violation_on_any_page(browser, address, ways, window, language) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    met: list[str] = []
    with visiting(browser, address, **window) as visited:
        visited.page.goto(f"/?lang={language}")
        for way in ways:
            visited.page.goto(way)
            found = axe.run(visited.page).response["violations"]
            met += [f"{way}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in found]
            if visited.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                met.append(f"{way}: wider than the window")
            if visited.page.evaluate(OVERLAPPING):
                met.append(f"{way}: the places lie over the seal")
        visited.wrong.clear()  # pictures of sample pages are none

    assert met == []


def test_an_english_page_says_nothing_in_chinese_but_what_is_printed(browser, address) -> None:
    with visiting(browser, address) as visited:
        visited.page.goto("/documents?lang=en")

        assert visited.page.locator("html").get_attribute("lang") == "en"
        assert visited.page.locator("h1").inner_text() == "Documents"
        visited.page.goto("/findings")
        assert visited.page.locator("h1").inner_text() == "Findings"
        visited.page.get_by_role("link", name="中文").click()
        assert visited.page.locator("h1").inner_text() == "需留意"


def test_paper_gets_tables_as_a_desk_does(browser, address) -> None:
    with visiting(browser, address, viewport={"width": 680, "height": 960}) as visited:
        visited.page.emulate_media(media="print")
        for way in ("/documents", "/findings", "/compare?record=other", "/distribution?q=率"):
            visited.page.goto(way)

            assert visited.page.locator(".listing thead").first.is_visible(), way
            assert visited.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), way

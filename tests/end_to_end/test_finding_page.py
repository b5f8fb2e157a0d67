"""Finding with a browser: suggestions, places, projects and documents, folded twins, help."""

from collections.abc import Iterator

import pytest

from tests.builders.browser import PHONE, Visit, served, visiting
from tests.builders.web import WebArchive, document_of, indicator_at, project_of, promise

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An archive with a road, and a fence in its unit's own table and in its department's."""
    archive = WebArchive(tmp_path_factory.mktemp("found"))
    road = indicator_at("路面完好率", promise("≥97%", lower="97", unit="%"), record_id="road")
    archive.add(document_of(project_of("道路养护经费", road), name="道路.pdf", department="云州市交通局"))
    for name, target in (("所.pdf", "≥92%"), ("局.pdf", "≥88%")):
        fence = indicator_at(
            "绿篱完整率", promise(target, lower=target[1:3], unit="%"), record_id=f"r-{name}"
        )
        archive.add(document_of(project_of("绿篱养护", fence, budget_unit="云州市园林所"), name=name))
    with served(archive.app) as at:
        yield at


@pytest.fixture
def visit(browser: object, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    with visiting(browser, address, **getattr(request, "param", {})) as visited:
        yield visited


def test_a_suggestion_is_chosen_with_the_keyboard(visit) -> None:
    page = visit.page
    page.goto("/")
    box = page.get_by_role("combobox", name="检索绩效指标")
    box.press_sequentially("绿篱")
    page.get_by_role("option").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"

    page.keyboard.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    assert chosen.inner_text().split() == ["指标", "绿篱完整率", "2"]
    page.keyboard.press("Enter")

    page.locator(".total").wait_for()
    assert page.get_by_role("combobox").input_value() == "指标:绿篱完整率"


def test_escape_closes_the_suggestions_and_leaves_what_was_typed(visit) -> None:
    page = visit.page
    page.goto("/?q=")
    box = page.get_by_role("combobox")
    box.press_sequentially("绿篱")
    page.get_by_role("option").first.wait_for()

    page.keyboard.press("Escape")

    assert not page.get_by_role("listbox").is_visible()
    assert box.input_value() == "绿篱"


def test_places_open_level_by_level(visit) -> None:
    page = visit.page
    page.goto("/?q=")
    places = page.locator("details.facet", has_text="地区与部门")

    for name in ("云州市", "青川区", "云州市交通局"):
        places.get_by_role("link", name=name).first.click()
        page.wait_for_load_state()
    assert page.locator(".total").inner_text() == "1 条指标"

    places.get_by_role("link", name="云州市").first.click()
    page.wait_for_load_state()
    assert page.locator(".chips a").count() == 1


def test_a_folded_twin_is_unfolded_and_opened(visit) -> None:
    page = visit.page
    page.goto("/?q=绿篱")
    assert page.locator(".hit").count() == 1

    page.get_by_text("另见 1 份文件").click()
    page.locator(".twins a").click()

    assert page.locator("h1").inner_text() == "绿篱完整率"


@pytest.mark.parametrize("visit", [{"java_script_enabled": False}], indirect=True)
def test_projects_documents_and_facet_values_are_found_without_scripts(visit) -> None:
    page = visit.page
    page.goto("/?q=率")
    page.get_by_role("navigation", name="列出").get_by_role("link", name="项目").click()
    assert "个项目" in page.locator(".total").inner_text()
    page.get_by_role("link", name="道路养护经费").click()
    assert page.locator(".total").inner_text() == "1 条指标"

    page.goto("/facets/place?q=")
    page.get_by_label("在其中查找").fill("交通")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="云州市交通局").click()
    assert page.locator(".total").inner_text() == "1 条指标"


def test_the_whole_answer_is_downloaded(visit) -> None:
    page = visit.page
    page.goto("/?q=绿篱")

    with page.expect_download() as started:
        page.get_by_role("navigation", name="带走结果").get_by_role("link", name="CSV").click()

    assert started.value.suggested_filename == "绩效指标 绿篱.csv"


@pytest.mark.parametrize("visit", [{"viewport": PHONE}, {}], indirect=True, ids=["phone", "desktop"])
@pytest.mark.parametrize(
    "way", ["/help", "/?q=绿篱", "/?q=&view=project", "/?q=&view=document", "/facets/place?q="]
)
def test_every_way_fits_its_window(visit, way) -> None:
    visit.page.goto(way)

    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

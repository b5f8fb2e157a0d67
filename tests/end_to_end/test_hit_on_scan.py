"""From a search to the cell on a scan: dropped into the inbox, recognised, found, marked."""

import io
from urllib.parse import quote

import pdfplumber
import pytest

from samples.pictures import Scanner, scanned
from services.ocr.engines.installed import installed_engines
from tests.builders.browser import PHONE, visiting
from tests.builders.command import Command, wait_for
from tests.builders.scans import folded, small_sample

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not installed_engines("rapidocr"), reason="RapidOCR is not installed"),
]
SCANNERS = {
    "askew": Scanner(dpi=200, skew_degrees=0.8, noise=3),
    "lying on its side": Scanner(dpi=200, quarters=1, skew_degrees=-0.5),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A home in which each of the scans was recognised and indexed."""
    command = Command(tmp_path_factory.mktemp("scans") / "home", engine="rapidocr")
    with command.serving() as server:
        for name, scanner in SCANNERS.items():
            (command.inbox / f"{name}.pdf").write_bytes(scanned(small_sample()[0], scanner))
        wait_for(lambda: command.states().get("indexed") == len(SCANNERS), seconds=180)
        yield server


def name_of_indicator():
    return small_sample()[1]["indicators"][0]["name"]


def record_id(server, name):
    found = server.get(f"/api/search?q={quote(name_of_indicator())}")["hits"]
    return next(hit["record"]["record_id"] for hit in found if hit["record"]["file_name"].startswith(name))


def share_printed():
    """Where the indicator's name is printed, as shares of the upright sample's width and height."""
    with pdfplumber.open(io.BytesIO(small_sample()[0])) as document:
        page = document.pages[0]
        word = next(word for word in page.extract_words() if folded(word["text"]) == name_of_indicator())
        return (word["x0"] + word["x1"]) / 2 / page.width, (word["top"] + word["bottom"]) / 2 / page.height


@pytest.mark.parametrize("name", SCANNERS)
def test_a_hit_on_a_scan_marks_the_cell_it_is_printed_in_on_upright_paper(browser, served, name):
    with visiting(browser, served.address) as visit:
        page = visit.page
        page.goto(f"/?q={name_of_indicator()}")
        link = page.locator(f"a[href^='/records/{record_id(served, name)}']").first
        page.goto(link.get_attribute("href"))
        page.locator("#cell").wait_for()
        mark, paper = (
            page.locator("#cell").bounding_box(),
            page.locator(".page :is(img, .turned)").bounding_box(),
        )

        centre = (
            (mark["x"] + mark["width"] / 2 - paper["x"]) / paper["width"],
            (mark["y"] + mark["height"] / 2 - paper["y"]) / paper["height"],
        )

    assert centre == pytest.approx(share_printed(), abs=0.02)


def test_a_scan_and_its_reading_fit_a_phone(browser, served):
    document = record_id(served, "lying")[:16]
    with visiting(browser, served.address, viewport=PHONE, is_mobile=True) as visit:
        page = visit.page
        page.goto("/documents")
        page.get_by_role("link", name="lying on its side.pdf").click()
        page.get_by_role("link", name="查看页面").click()
        page.get_by_role("switch", name="识别文字").click()
        page.locator(".read-lines").wait_for()

        assert document in page.url
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

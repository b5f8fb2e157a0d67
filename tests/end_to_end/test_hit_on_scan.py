"""From a search to the cell on a scan: dropped into the inbox, recognised, found, marked."""

import io
from urllib.parse import quote

import pdfplumber
import pytest

from samples.pictures import Scanner, scanned
from services.ocr.engines.installed import installed_engines
from tests.builders.browser import visiting
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


def share_on_its_side(across, down):
    return 1 - down, across


@pytest.mark.parametrize("name", SCANNERS)
def test_a_hit_on_a_scan_marks_the_cell_it_is_printed_in(browser, served, name):
    with visiting(browser, served.address) as visit:
        page = visit.page
        page.goto(f"/?q={name_of_indicator()}")
        link = page.locator(f"a[href^='/records/{record_id(served, name)}']").first
        page.goto(link.get_attribute("href"))
        page.locator("#cell").wait_for()
        mark, paper = page.locator("#cell").bounding_box(), page.locator(".page img").bounding_box()

        centre = (
            (mark["x"] + mark["width"] / 2 - paper["x"]) / paper["width"],
            (mark["y"] + mark["height"] / 2 - paper["y"]) / paper["height"],
        )

    expected = share_printed()
    if SCANNERS[name].quarters:
        expected = share_on_its_side(*expected)
    assert centre == pytest.approx(expected, abs=0.02)

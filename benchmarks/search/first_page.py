"""
When a person sees the page: ``python -m benchmarks.search.first_page http://127.0.0.1:8000``.

Chromium opens each page in a new window, nothing kept, and tells when it first painted something
of it (first contentful paint), in milliseconds since the address was entered.
"""

import argparse
import os
import statistics
from collections.abc import Iterator
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

from tests.builders.browser import chromium

ROUNDS = 15
PAGES = {
    "welcome": "/",
    "a condition": f"/?q={quote('满意度≥95%')}",
    "a broad word": f"/?q={quote('指标')}",
    "projects": f"/?view=project&q={quote('服务')}",
    "distribution": f"/distribution?q={quote('满意度')}",
    "findings": "/findings",
    "documents": "/documents",
    "help": "/help",
}
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
FIRST_BYTE = "performance.getEntriesByType('navigation')[0].responseStart"


def main() -> None:
    """Open the pages, print when they were seen."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("address")
    told = arguments.parse_args()
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"{'page':16}{'first byte ms p50 / p95':>26}{'seen ms p50 / p95':>22}{'least':>8}")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for name, path in PAGES.items():
            times = list(_opened(browser, told.address + path))
            first, seen = ([one[place] for one in times] for place in (0, 1))
            print(f"{name:16}{_told(first):>26}{_told(seen):>22}{min(seen):>8.0f}", flush=True)
        browser.close()


def _opened(browser: Browser, address: str) -> Iterator[tuple[float, float]]:
    for _ in range(ROUNDS + 1):
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        # The page's policy forbids the waiting for expressions that Playwright offers.
        while page.evaluate(PAINTED) is None:
            page.wait_for_timeout(10)
        yield float(page.evaluate(FIRST_BYTE)), float(page.evaluate(PAINTED))
        context.close()


def _told(times: list[float]) -> str:
    """The first round warms up."""
    ordered = sorted(times[1:])
    return (
        f"{statistics.median(ordered):.0f} / {ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]:.0f}"
    )


if __name__ == "__main__":
    main()

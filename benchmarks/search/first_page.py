"""
When a person sees the page: ``python -m benchmarks.search.first_page http://127.0.0.1:8000``.

Chromium opens each page in a new window, nothing kept, then goes from page to page in one window as a
person does, and tells when it first painted something of each (first contentful paint), in
milliseconds since it set out for it. Beside it the processor time of all its processes until then.
"""

import argparse
import os
import statistics
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple
from urllib.parse import quote

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from tests.builders.browser import chromium

ROUNDS: Final = 15
PAGES: Final = {
    "welcome": "/",
    "a condition": f"/?q={quote('满意度≥95%')}",
    "a broad word": f"/?q={quote('指标')}",
    "projects": f"/?view=project&q={quote('服务')}",
    "distribution": f"/distribution?q={quote('满意度')}",
    "findings": "/findings",
    "documents": "/documents",
    "help": "/help",
}
PAINTED: Final = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
FIRST_BYTE: Final = "performance.getEntriesByType('navigation')[0].responseStart"
_REST_MS: Final = 300
"""What a new window, or a page that was just seen, goes on doing is no part of the next page."""

Step = Callable[[Page], None]


def _ask(page: Page) -> None:
    page.fill("#q", "指标")
    page.press("#q", "Enter")


STEPS: Final[dict[str, Step]] = {
    "typed a word": _ask,
    "next results": lambda page: page.click("a[rel=next]"),
    "a facet": lambda page: page.click(".facet[open] .choice >> nth=1"),
    "a record": lambda page: page.click(".hit h3 a >> nth=0"),
    "next record": lambda page: page.click("a[rel=next]"),
}


class Seen(NamedTuple):
    """Milliseconds until a page began to come and until it was seen, and of processor time."""

    first_byte: float
    painted: float
    processor: float


def main() -> None:
    """Open the pages, print when they were seen."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("address")
    told = arguments.parse_args()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        processes = browser.new_browser_cdp_session()
        _head("in a new window")
        for name, path in PAGES.items():
            opened = [_opened(browser, processes, told.address + path) for _ in range(ROUNDS + 1)]
            _tell(name, opened[1:])
        _head("in a window that is open")
        rounds = [list(_walked(browser, processes, told.address)) for _ in range(ROUNDS + 1)]
        for name, steps in zip(STEPS, zip(*rounds[1:], strict=True), strict=True):
            _tell(name, steps)
        browser.close()


def _opened(browser: Browser, processes: CDPSession, address: str) -> Seen:
    with browser.new_context() as context:
        return _seen(context.new_page(), processes, lambda page: page.goto(address))


def _walked(browser: Browser, processes: CDPSession, address: str) -> Iterator[Seen]:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        for step in STEPS.values():
            yield _seen(page, processes, step)


def _seen(page: Page, processes: CDPSession, go: Callable[[Page], object]) -> Seen:
    page.wait_for_timeout(_REST_MS)
    before = _processor_ms(processes)
    with page.expect_navigation(wait_until="commit"):
        go(page)
    # The page's policy forbids the waiting for expressions that Playwright offers.
    while page.evaluate(PAINTED) is None:
        page.wait_for_timeout(10)
    worked = _processor_ms(processes) - before
    return Seen(float(page.evaluate(FIRST_BYTE)), float(page.evaluate(PAINTED)), worked)


def _processor_ms(processes: CDPSession) -> float:
    told = processes.send("SystemInfo.getProcessInfo")["processInfo"]
    return 1000 * sum(float(process["cpuTime"]) for process in told)


def _head(where: str) -> None:
    print(f"\n{where}, load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(f"{'page':16}{'first byte ms p50 / p95':>26}{'seen ms p50 / p95':>22}{'least':>8}{'processor':>12}")


def _tell(name: str, seen: "list[Seen] | tuple[Seen, ...]") -> None:
    first, painted, processor = zip(*seen, strict=True)
    spent = f"{statistics.median(processor):.0f}"
    print(f"{name:16}{_told(first):>26}{_told(painted):>22}{min(painted):>8.0f}{spent:>12}", flush=True)


def _told(times: tuple[float, ...]) -> str:
    ordered = sorted(times)
    return (
        f"{statistics.median(ordered):.0f} / {ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]:.0f}"
    )


if __name__ == "__main__":
    main()

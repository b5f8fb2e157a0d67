"""
Compare readers of scans: ``python -m benchmarks.ocr [--pages N] [--workers 1 2] [NAME …]``.

Pages are the project's own samples put through its own scanner; errors are counted in the
characters of each printed line, widths folded, the order of lines left out.
"""

import argparse
import os
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from io import BytesIO
from random import Random

import pdfplumber

from benchmarks.ocr.contestants import CONTESTANTS, is_installed
from benchmarks.ocr.errors import errors_in
from samples.drafts import draft_table
from samples.ink import load_font
from samples.layouts import serialised_list
from samples.pictures import Scanner, scanned
from tests.builders.scans import folded

_SCANNER = Scanner(dpi=200, skew_degrees=0.8, noise=5)


def main() -> None:
    """Read every page with each contestant at each number of workers, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ocr", description=__doc__)
    parser.add_argument("names", nargs="*", default=list(CONTESTANTS))
    parser.add_argument("--pages", type=int, default=6)
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2])
    arguments = parser.parse_args()
    pages = _pages(arguments.pages)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print("| reader | workers | s a page | CPU s a page | lines found | character errors | MB a worker |")
    print("|---|---|---|---|---|---|---|")
    for name in filter(is_installed, arguments.names):
        for workers in arguments.workers:
            print(_row(name, workers, pages), flush=True)


def _pages(count: int) -> list[tuple[bytes, int, list[str]]]:
    """Make scanned pages with the lines printed on each."""
    load_font()
    pages: list[tuple[bytes, int, list[str]]] = []
    for seed in range(1, 100):
        digital = serialised_list(draft_table(Random(seed), year=2026))[0]
        scan = scanned(digital, _SCANNER)
        with pdfplumber.open(BytesIO(digital)) as document:
            for number, page in enumerate(document.pages, start=1):
                lines = [folded(word["text"]) for word in page.extract_words(x_tolerance=3)]
                pages.append((scan, number, lines))
        if len(pages) >= count:
            break
    return pages[:count]


def _row(name: str, workers: int, pages: list[tuple[bytes, int, list[str]]]) -> str:
    with ProcessPoolExecutor(workers) as pool:
        list(pool.map(_read, [(name, *pages[0])] * workers))  # engines start before the clock
        started = time.perf_counter()
        read = list(pool.map(_read, [(name, *page) for page in pages]))
        seconds = (time.perf_counter() - started) / len(pages)
    cpu = sum(each[0] for each in read) / len(read)
    found = sum(each[1] for each in read) / sum(len(page[2]) for page in pages)
    errors = sum(each[2] for each in read) / sum(len(line) for page in pages for line in page[2])
    heaviest = max(each[3] for each in read)
    return f"| {name} | {workers} | {seconds:.2f} | {cpu:.2f} | {found:.2%} | {errors:.2%} | {heaviest:.0f} |"


def _read(task: tuple[str, bytes, int, list[str]]) -> tuple[float, int, int, float]:
    """Answer processor seconds (of a program it starts, too), lines found, wrong characters, megabytes."""
    name, content, number, lines = task
    before = _cpu_seconds()
    text = folded(CONTESTANTS[name](content, number))
    spent = _cpu_seconds() - before
    used = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    errors = sum(errors_in(line, text) for line in lines)
    return spent, sum(line in text for line in lines), errors, max(used) / 1024


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main()

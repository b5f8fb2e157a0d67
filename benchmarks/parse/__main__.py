"""
Measure reading on PDF files: ``python -m benchmarks.parse FILE.pdf …``

Each reading runs in a process of its own, so that peak memory is its own. Times are
processor seconds: they do not depend on what else the machine does.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.parse.readings import Measure, measure

_HEAD = ("pages", "look s", "extract s", "all s", "needed s", "times", "MB")


def measure_apart(reading: str, path: Path) -> Measure | None:
    """Measure in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(measure, reading, path).result()


def main(paths: list[str]) -> None:
    """Print a line for each file: pages, seconds and tables of each reading, and how many times faster."""
    print(f"{'file':44}" + "".join(f"{title:>10}" for title in _HEAD))
    for path in map(Path, paths):
        look = measure_apart("first look", path)
        if look is None:
            print(f"{path.name:44}rejected")
            continue
        extract, every, needed = (
            measure_apart(name, path) for name in ("extract_tables", "all pages", "needed pages")
        )
        if extract and every and needed:
            cells = f"{look.count:10}{look.seconds:10.2f}{extract.seconds:10.2f}{every.seconds:10.2f}"
            cells += f"{needed.seconds:10.2f}{extract.seconds / needed.seconds:10.1f}{needed.megabytes:10.0f}"
            print(f"{path.name:44}{cells}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])

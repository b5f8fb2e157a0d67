"""
Measures how long a file that is dropped into the inbox takes until it is found:
``python -m benchmarks.drop [--files N]``.

``jixiao serve`` runs as a user would run it, warmed by one file; then files are dropped one
after the other, each a new sample, and the search is asked until its records are there.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from urllib.request import urlopen

from samples.drafts import draft_table
from samples.ink import load_font
from samples.layouts import serialised_list

_PATIENCE_SECONDS = 120


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """Start the one-process system and give its address."""
    words = [sys.executable, "-m", "jixiao", "--home", str(home), "serve", "--port", "0"]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    try:
        for line in process.stderr or ():
            if found := re.search(r"https?://\S+", line):
                break
        yield found.group(0)
    finally:
        process.terminate()
        process.wait(30)


def seconds_until_found(address: str, home: Path, name: str, content: bytes, *, file_count: int) -> float:
    """Drop a file and ask for its records until there are ``file_count`` searchable documents."""
    begin = time.perf_counter()
    (home / "inbox" / name).write_bytes(content)
    while time.perf_counter() - begin < _PATIENCE_SECONDS:
        if _documents_found(address) >= file_count:
            return time.perf_counter() - begin
        time.sleep(0.02)
    raise SystemExit(f"{name} was not found within {_PATIENCE_SECONDS} s")


def _documents_found(address: str) -> int:
    with urlopen(f"{address}/api/status") as answer:  # noqa: S310 (our own server)
        status = json.load(answer)
    return int(status["documents"].get("indexed", 0))


def main() -> None:
    """Drop files and print the seconds until each was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=20)
    count = parser.parse_args().files
    load_font()
    drafts = (serialised_list(draft_table(Random(number), year=2026))[0] for number in range(count + 1))
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as address:
        seconds = [
            seconds_until_found(address, Path(folder), f"{number}.pdf", content, file_count=number + 1)
            for number, content in enumerate(drafts)
        ]
    warm = sorted(seconds[1:])
    print(f"first (cold) {seconds[0]:.2f} s")
    p95 = warm[int(0.95 * (len(warm) - 1))]
    print(f"{len(warm)} more, each 2-4 pages: p50 {statistics.median(warm):.2f} s, p95 {p95:.2f} s")


if __name__ == "__main__":
    main()

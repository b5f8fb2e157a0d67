"""Documents and pages per hour, from the first upload until the last can be found."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.pipeline.papers import Paper
from benchmarks.pipeline.servers import installation
from tests.builders.command import Command, wait_for

_PATIENCE_SECONDS = 1200


def on_servers(batch: list[Paper], children: int) -> float:
    """Upload everything at once and wait; answer the seconds it took."""
    with installation(children=children) as running:
        warm, *rest = batch
        running.put(warm.name, warm.content)
        wait_for(lambda: running.states().get("indexed") == 1)
        began = time.monotonic()
        for paper in rest:
            running.put(paper.name, paper.content)
        wait_for(lambda: running.states().get("indexed") == len(batch), seconds=_PATIENCE_SECONDS)
        return time.monotonic() - began


def embedded(batch: list[Paper], processes: int) -> float:
    """Add the same files to a home; the start of the program counts, too."""
    with tempfile.TemporaryDirectory() as folder:
        inbox = Path(folder) / "papers"
        inbox.mkdir()
        for paper in batch[1:]:
            (inbox / paper.name).write_bytes(paper.content)
        words = [sys.executable, "-m", "jixiao", "--home", f"{folder}/home", "add", str(inbox)]
        settings = {"JIXIAO_READING_PROCESSES": str(processes), "JIXIAO_OCR_ENGINE": "none"}
        began = time.monotonic()
        subprocess.run(words, env={**os.environ, **settings}, check=True, capture_output=True)
        seconds = time.monotonic() - began
        if Command(Path(folder) / "home").states() != {"indexed": len(batch) - 1}:
            raise SystemExit("not all documents were indexed")
        return seconds


def measure(batch: list[Paper], workers: list[int]) -> None:
    """Print a line for each number of workers, on servers and embedded."""
    pages = sum(paper.pages for paper in batch[1:])
    print(f"{len(batch) - 1} documents, {pages} pages")
    for form, run in (("servers", on_servers), ("embedded", embedded)):
        for count in workers:
            seconds = run(batch, count)
            rate = 3600 / seconds
            print(
                f"{form:<9} {count} workers: {seconds:6.1f} s  {rate * (len(batch) - 1):7.0f} documents/h"
                f"  {rate * pages:7.0f} pages/h",
                flush=True,
            )

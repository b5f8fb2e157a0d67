"""Seconds from the answer of a PUT until the records of the document are found."""

import statistics
import time

from benchmarks.pipeline.papers import Paper
from benchmarks.pipeline.servers import installation
from shared.contracts.search import SearchRequest
from tests.builders.command import wait_for


def measure(batch: list[Paper]) -> None:
    """Upload one paper after the other, the first to warm up, and print p50 and p95."""
    with installation(children=2) as running:
        seconds = [_until_found(running, paper, place) for place, paper in enumerate(batch)]
    warm = sorted(seconds[1:])
    p95 = warm[round(0.95 * (len(warm) - 1))]
    print(
        f"PUT to found, {len(warm)} papers of {batch[0].pages} pages: "
        f"p50 {statistics.median(warm):.2f} s, p95 {p95:.2f} s, the first of all {seconds[0]:.2f} s"
    )


def _until_found(running: object, paper: Paper, before: int) -> float:
    request = SearchRequest(size=0, facets=())
    known = running.index.search(request).total if before else 0  # type: ignore[attr-defined]  # tests have no types
    running.put(paper.name, paper.content)  # type: ignore[attr-defined]  # the same
    began = time.monotonic()
    wait_for(lambda: running.index.search(request).total > known)  # type: ignore[attr-defined]  # the same
    return time.monotonic() - began

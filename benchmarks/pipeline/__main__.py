"""Measures the whole system: ``python -m benchmarks.pipeline WHAT``, each of which its module describes."""

import argparse
import os

from benchmarks.pipeline import comparing, found, notifications, reconciling, throughput
from benchmarks.pipeline.papers import papers


def main() -> None:
    """Measure what was asked for, and say how busy the machine was meanwhile."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("throughput", "found", "reconciler", "comparing", "notifications"))
    parser.add_argument("--count", type=int, default=0, help="documents, objects or notifications")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    asked = parser.parse_args()
    if asked.what == "throughput":
        throughput.measure(papers((asked.count or 60) + 1), asked.workers)
    elif asked.what == "found":
        found.measure(papers((asked.count or 40) + 1, pages=5))
    elif asked.what == "reconciler":
        reconciling.measure(asked.count or 100_000)
    elif asked.what == "comparing":
        comparing.measure(asked.count or 1_000_000)
    else:
        notifications.measure(asked.count or 10_000)
    print("load of the last 1, 5, 15 minutes:", *(f"{load:.1f}" for load in os.getloadavg()))


if __name__ == "__main__":
    main()

"""The floors below which accuracy must not fall: a committed table of document, metric, floor."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.accuracy.score import Score


def below_floor(scores: Sequence[Score], floors: Path) -> Iterator[str]:
    """
    Name each metric that lies below its floor; documents that are not there are left out.

    ``metric`` is a number or a share of a score. A document that waits for OCR or was rejected
    is below every floor it has.
    """
    by_document = {each.document: each for each in scores}
    with floors.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            each = by_document.get(row["document"])
            if each is None:
                continue
            value = float(getattr(each, row["metric"])) if each.state == "read" else 0.0
            if value < float(row["floor"]):
                yield f"{each.document} ({each.state}): {row['metric']} is {value:g}, floor {row['floor']}"

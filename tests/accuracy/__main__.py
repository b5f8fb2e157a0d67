"""
Score the parser: ``python -m tests.accuracy [--documents FOLDER] [--only TEXT] [--no-ocr] [--write]``.

Scans are recognised first, a second or more for each page; with ``--no-ocr`` they are listed as
waiting, and their floors are not judged. ``--write`` renews docs/accuracy.md.
Exit status 1 when a committed floor is not held.
"""

import argparse
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from samples.__main__ import make_samples
from services.ingest.media_type import media_type_of
from services.parse.document import read_document
from shared.contracts.errors import DocumentRejected
from tests.accuracy.collection import collect, collect_samples
from tests.accuracy.floors import below_floor
from tests.accuracy.page import accuracy_page
from tests.accuracy.recognition import recognise
from tests.accuracy.report import as_json, faults, table
from tests.accuracy.score import Score, score
from tests.accuracy.truth import Truth
from tests.accuracy.values import ValueScore, score_values

_HERE = Path(__file__).parent
_OWN_ANSWERS = _HERE.parent / "documents" / "truth"
_PAGE = _HERE.parents[1] / "docs" / "accuracy.md"
_BESIDE = _HERE.parents[2] / "shared" / "documents"
_PROCESSES = 2


def score_document(truth: Truth, *, ocr: bool) -> Score:
    """Read one document as parse would, and score it; a rejection is its state."""
    started = time.perf_counter()
    content = truth.document.read_bytes()
    read = partial(read_document, content, file_name=truth.document.name, media_type=media_type_of(content))
    try:
        document = read()
        if ocr and any(page.source == "none" for page in document.pages):
            document = read(recognised=recognise(content, document.pages))
    except DocumentRejected as reason:
        return Score(truth.document.name, truth.form, state=f"rejected: {reason.code}")
    return score(truth, document, time.perf_counter() - started)


def main() -> int:
    """Collect, score, print, judge."""
    arguments = _arguments()
    say = partial(print, file=sys.stderr if arguments.json else sys.stdout)
    present = arguments.documents.is_dir()
    if not present:
        say(f"!!! LEFT OUT: the shared documents are not at {arguments.documents}: only samples are scored")
    with TemporaryDirectory() as folder:
        truths = _truths(arguments, Path(folder), present=present)
        with ProcessPoolExecutor(_PROCESSES) as pool:
            scores = list(pool.map(partial(score_document, ocr=arguments.ocr), truths))
    if arguments.json:
        print(as_json(scores))
    for line in (*table(scores), *faults(scores, arguments.faults)):
        say(line)
    values = None
    if present and not arguments.only:
        values = score_values(arguments.documents / "truth" / "values.tsv")
        _print_values(values, arguments.faults, say)
    if arguments.write:
        _PAGE.write_text(accuracy_page(scores, values), encoding="utf-8")
    judged = [each for each in scores if arguments.ocr or each.state != "waiting_for_ocr"]
    fallen = list(below_floor(judged, arguments.floor))
    for line in fallen:
        say(f"!!! BELOW THE FLOOR: {line}")
    return 1 if fallen else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy", description=__doc__)
    beside = Path(os.environ.get("JIXIAO_DOCUMENTS", _BESIDE))
    parser.add_argument(
        "--documents", type=Path, default=beside, help="folder of documents with their answers"
    )
    parser.add_argument("--only", default="", help="score the documents whose name contains this")
    parser.add_argument("--floor", type=Path, default=_HERE / "floors.tsv", help="table of floors to hold")
    parser.add_argument("--faults", type=int, default=8, help="how many faults of each document to list")
    parser.add_argument("--no-ocr", dest="ocr", action="store_false", help="leave scanned pages unread")
    parser.add_argument("--json", action="store_true", help="print scores as JSON; the table goes to stderr")
    parser.add_argument("--write", action="store_true", help="write docs/accuracy.md")
    return parser.parse_args()


def _truths(arguments: argparse.Namespace, folder: Path, *, present: bool) -> list[Truth]:
    make_samples(folder / "samples", folder / "truths")
    truths = [*collect_samples(folder / "samples", folder / "truths")]
    if present:
        truths.extend(collect(arguments.documents, _OWN_ANSWERS))
    return [truth for truth in truths if arguments.only in truth.document.name]


def _print_values(scored: ValueScore, most: int, say: partial[None]) -> None:
    say(f"\nvalues.tsv: {scored.exact}/{scored.total} values have their operator, number and unit")
    for fault in scored.faults[:most]:
        say(f"  {fault}")


if __name__ == "__main__":
    sys.exit(main())

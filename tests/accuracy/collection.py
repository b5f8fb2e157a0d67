"""Finds the documents that have an answer, and pairs the two."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.accuracy.formats import forms_truth, origin_of, rows_truth, tables_truth
from tests.accuracy.truth import Truth

_LIST_RENDERINGS = ("digital", "borderless", "scan", "scanrot90", "scanrot270", "borderless-scan")
_FORM_RENDERINGS = ("form", "form-scan")

# Seeds whose answers are known by their counts only: projects, indicators, damaged ones.
_COUNTED_SEEDS = {"002": (62, 261, 3), "004": (28, 183, 0)}

# Published documents that hold no indicators, with the finding that must say so.
_WITHOUT_INDICATORS = {"empty_forms": "empty_form", "no_table": "no_table"}


def collect(documents: Path, own: Path) -> list[Truth]:
    """
    List what is known of the shared documents: seeds, renderings, published budgets.

    ``own`` is the folder of the project's own answers to the published ones.
    """
    return [*_seeds(documents), *_renderings(documents / "rendered"), *_published(documents, own)]


def collect_samples(samples: Path, truths: Path) -> list[Truth]:
    """List what is known of the project's own samples."""
    found = []
    for path in sorted(truths.glob("*.json")):
        answer = _load(path)
        document = samples / answer["file"]
        form = f"sample {answer['layout']} {document.suffix[1:]}"
        read = rows_truth if answer["layout"] == "list" else forms_truth
        found.append(read(answer, document, form))
    return found


def _load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _seeds(documents: Path) -> Iterator[Truth]:
    for document in sorted((documents / "seeds").glob("*.txt")):
        number = document.name[:3]
        answer = documents / "truth" / "seeds" / f"{number}.json"
        if answer.exists():
            yield rows_truth(_load(answer), document, "seed text")
        elif number in _COUNTED_SEEDS:
            projects, indicators, damaged = _COUNTED_SEEDS[number]
            yield Truth(
                document,
                "seed text",
                indicator_count=indicators,
                project_count=projects,
                codes={"indicator_damaged": damaged} if damaged else {},
            )


def _renderings(folder: Path) -> Iterator[Truth]:
    for document in sorted(folder.glob("*.pdf")):
        number, rendering, font, _ = document.name.split(".")
        if rendering in _LIST_RENDERINGS:
            answer = folder / f"{number}.expect.{font}.json"
            yield rows_truth(_load(answer), document, f"rendered {rendering}")
        elif rendering in _FORM_RENDERINGS:
            yield forms_truth(_load(folder / f"{number}.form.expect.json"), document, f"rendered {rendering}")


def _published(documents: Path, own: Path) -> Iterator[Truth]:
    answers = _by_document(documents / "truth" / "real", own)
    for document in sorted((documents / "real").glob("*.pdf")):
        answer = answers.get(hashlib.sha256(document.read_bytes()).hexdigest(), {})
        code = next((code for part, code in _WITHOUT_INDICATORS.items() if part in document.name), None)
        codes = {code: 1} if code else answer.get("codes", {})
        if codes:
            yield Truth(
                document, "without indicators", indicator_count=0, codes=codes, origin=origin_of(answer)
            )
        elif answer:
            yield tables_truth(answer, document)


def _by_document(*folders: Path) -> dict[str, dict[str, Any]]:
    """Gather the answers by the document's SHA-256; what a later folder states comes before the earlier."""
    answers: dict[str, dict[str, Any]] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.json"))):
        answer = _load(path)
        answers[answer["sha256"]] = answers.get(answer["sha256"], {}) | answer
    return answers

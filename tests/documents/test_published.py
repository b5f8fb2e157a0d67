"""Published budgets, held against the answers made by reading their pages."""

import hashlib
import json
from pathlib import Path

import pytest

from services.parse.document import read_document
from tests.accuracy.collection import collect
from tests.accuracy.score import score

ANSWERS = Path(__file__).parent / "truth"
TEXTS = [path for path in sorted(ANSWERS.glob("*.json")) if not path.stem.endswith("_scan")]


@pytest.fixture(scope="module")
def truths(documents):
    return {
        hashlib.sha256(truth.document.read_bytes()).hexdigest(): truth
        for truth in collect(documents, ANSWERS)
        if truth.document.parent.name == "real"
    }


@pytest.mark.parametrize("answer", TEXTS, ids=[path.stem for path in TEXTS])
def test_every_stated_field_is_read_as_it_is_printed(truths, answer):
    truth = truths[json.loads(answer.read_text())["sha256"]]
    content = truth.document.read_bytes()

    document = read_document(content, file_name=truth.document.name, media_type="application/pdf")

    assert score(truth, document, 0.0).faults == []


@pytest.mark.parametrize("answer", TEXTS, ids=[path.stem for path in TEXTS])
def test_an_answer_says_how_it_was_checked(answer):
    assert len(json.loads(answer.read_text())["checked"]) > 20

"""Whole documents as they were once reviewed; ``make golden`` writes them anew."""

import json
from pathlib import Path

import pytest

from tests.golden.cases import CASES

HERE = Path(__file__).parent
PLACES = 2  # of coordinates, which may differ in the last bits from machine to machine


def as_golden(document):
    document = document.model_copy(update={"reader_versions": {}})
    return rounded(document.model_dump(mode="json", by_alias=True, exclude_none=True))


def rounded(part):
    if isinstance(part, float):
        return round(part, PLACES)
    if isinstance(part, dict):
        return {key: rounded(value) for key, value in part.items()}
    return [rounded(value) for value in part] if isinstance(part, list) else part


@pytest.fixture
def is_rewriting(request):
    return request.config.getoption("--rewrite-golden", default=False)


@pytest.mark.parametrize("case", CASES)
def test_a_document_is_read_as_it_was_reviewed(case, is_rewriting):
    golden = HERE / f"{case}.json"
    document = as_golden(CASES[case]())
    if is_rewriting:
        golden.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    assert json.loads(golden.read_text(encoding="utf-8")) == document


def test_every_golden_file_has_its_case():
    assert {path.stem for path in HERE.glob("*.json")} == set(CASES)

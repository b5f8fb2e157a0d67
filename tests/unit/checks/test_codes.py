"""No finding without an explanation."""

import ast
from pathlib import Path

import services.parse
from shared.contracts.findings import FINDINGS

SOURCES = Path(services.parse.__file__).parent
MAKERS = {"Finding", "Doubt", "Remark", "FindingKind", "_lack", "_contradicts"}


def reported_codes():
    """The codes given to whatever makes a finding, by keyword or in first place."""
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKERS:
                named = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
                for value in [*named, *node.args[:1]]:
                    if isinstance(value, ast.Constant) and str(value.value).isascii():
                        yield value.value


def test_every_reported_code_is_explained():
    assert set(reported_codes()) <= set(FINDINGS)


def test_the_reported_codes_are_found():
    assert {"sum_mismatch", "numbering_gap", "waiting_for_ocr", "hint_contradicts"} <= set(reported_codes())

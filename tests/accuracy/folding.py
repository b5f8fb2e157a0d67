"""Forgets the width of characters: what a scan cannot tell is not asked of it."""

from dataclasses import fields, is_dataclass, replace
from typing import Any
from unicodedata import normalize

from shared.contracts.records import Document
from tests.accuracy.truth import Truth


def folded_truth(truth: Truth) -> Truth:
    """Write the answer with characters of one width (NFKC)."""
    folded: Truth = _fold(truth)
    return replace(folded, document=truth.document)


def folded_document(document: Document) -> Document:
    """Write what was read with characters of one width (NFKC)."""
    return Document.model_validate(_fold(document.model_dump()))


def _fold(value: Any) -> Any:
    if isinstance(value, str):
        return normalize("NFKC", value)
    if isinstance(value, dict):
        return {name: _fold(each) for name, each in value.items()}
    if isinstance(value, (tuple, list)):
        return tuple(_fold(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _fold(getattr(value, each.name)) for each in fields(value)})
    return value

"""Texts and boxes of printed fields."""

from collections.abc import Iterable, Mapping

from services.parse.passage import Passage
from shared.contracts.records import PageBox

_CERTAINTY_DIGITS = 4


def text_of(fields: Mapping[str, Passage], name: str) -> str | None:
    """Give a field as printed; None where it is blank or the form has no such field."""
    return fields.get(name, Passage()).text.strip() or None


def boxes_of(fields: Mapping[str, Passage]) -> dict[str, tuple[PageBox, ...]]:
    """Say for each field that is printed where it is."""
    return {name: boxes for name, passage in fields.items() if (boxes := passage.strip().boxes())}


def first_page_of(passages: Iterable[Passage], otherwise: int) -> int:
    """Find the page on which the first of the passages that is printed begins."""
    return next((passage.page for passage in passages if passage.page is not None), otherwise)


def least_confidence(passages: Iterable[Passage]) -> float | None:
    """Find how sure the least sure of the readings is; None where nothing was recognised."""
    known = [passage.confidence for passage in passages if passage.confidence is not None]
    return round(min(known), _CERTAINTY_DIGITS) if known else None

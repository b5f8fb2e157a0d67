"""Invented budgets with text, and how many pages each has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import pypdfium2

from samples.answers import Answer
from samples.drafts import TableDraft, draft_table
from samples.ink import load_font
from samples.layouts import blocks, serialised_list

_FIRST_SEED = 1000


@dataclass(frozen=True, slots=True)
class Paper:
    """A file, and how many pages it has."""

    name: str
    content: bytes
    pages: int


def papers(count: int, *, pages: int | None = None) -> list[Paper]:
    """Draw so many papers, each another one; long ones of exactly ``pages`` if that is said."""
    load_font()
    found: list[Paper] = []
    for name, content in _drawn(blocks if pages else serialised_list):
        length = len(pypdfium2.PdfDocument(content))
        if pages in (None, length):
            found.append(Paper(name, content, length))
        if len(found) == count:
            return found
    raise AssertionError("never ends")


def _drawn(layout: Callable[[TableDraft], tuple[bytes, Answer]]) -> Iterator[tuple[str, bytes]]:
    seed = _FIRST_SEED
    while True:
        seed += 1
        yield f"{seed}.pdf", layout(draft_table(Random(seed), year=2026))[0]

"""Goes through ledger and index side by side, by document, and keeps neither in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shared.contracts.ledger import Holding, Ledger
from shared.runtime.reconciler import each_holding

Indexed = Callable[[], Iterator[tuple[str, int]]]
"""Gives the documents that the index has records of, by id, and how many of each."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What the ledger says of a document (None where it does not know it), and how many records are found."""

    document_id: str
    holding: Holding | None
    indexed: int


def pairs(ledger: Ledger, indexed: Indexed) -> Iterator[Pair]:
    """
    Pair what both say of each document that either of them knows.

    Both go by id: hexadecimal digits, which every collation puts in the same order.
    """
    found = indexed()
    held = next(found, None)
    for holding in each_holding(ledger):
        while held and held[0] < holding.document_id:
            yield Pair(held[0], None, held[1])
            held = next(found, None)
        is_same = held is not None and held[0] == holding.document_id
        yield Pair(holding.document_id, holding, held[1] if held and is_same else 0)
        held = next(found, None) if is_same else held
    while held:
        yield Pair(held[0], None, held[1])
        held = next(found, None)

"""Which key of an entry decides an order, the same for every engine."""

from dataclasses import dataclass
from typing import Final, Literal

from shared.contracts.search import SortOrder
from shared.search.entry import KNOWN_VALUE, KNOWN_YEAR

KeyField = Literal["rank", "by_amount", "by_target"]


@dataclass(frozen=True, slots=True)
class SortKey:
    """The entry's ``field``, ``rising`` or falling; from ``known`` on it says something, and comes first."""

    field: KeyField
    known: int
    rising: bool


_KEYS: Final[dict[str, tuple[KeyField, int]]] = {
    "year": ("rank", KNOWN_YEAR),
    "amount": ("by_amount", KNOWN_VALUE),
    "target": ("by_target", KNOWN_VALUE),
}


def sort_key(order: SortOrder) -> SortKey | None:
    """Give the key of an order; relevance has none but the bands and, within each, the rank."""
    if order == "relevance":
        return None
    kind, _, direction = order.partition("_")
    field, known = _KEYS[kind]
    return SortKey(field, known, rising=direction == "asc")

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


KNOWN_FROM: Final[dict[KeyField, int]] = {
    "rank": KNOWN_YEAR,
    "by_amount": KNOWN_VALUE,
    "by_target": KNOWN_VALUE,
}
_FIELDS: Final[dict[str, KeyField]] = {"year": "rank", "amount": "by_amount", "target": "by_target"}


def sort_key(order: SortOrder) -> SortKey | None:
    """Give the key of an order; relevance has none but the bands and, within each, the rank."""
    if order == "relevance":
        return None
    kind, _, direction = order.partition("_")
    field = _FIELDS[kind]
    return SortKey(field, KNOWN_FROM[field], rising=direction == "asc")

"""The values of a facet as links; places as a tree that opens where one was chosen."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from services.search.questions.address import SearchAddress
from shared.contracts.search import Facet
from shared.search.facets import PLACE
from shared.search.places import STEP, own_name


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: its link chooses it or gives it up; ``depth`` is its level in a tree."""

    label: str
    count: int | None
    chosen: bool
    href: str
    depth: int = 0


def place_choices(address: SearchAddress, facet: Facet) -> Iterator[Choice]:
    """List places below those that they lie in; a chosen one also where no answer is in it."""
    counts = {found.value: found.count for found in facet.values}
    chosen = address.filters.get(PLACE, ())
    within: dict[str, list[str]] = defaultdict(list)
    for place in (*counts, *(place for place in chosen if place not in counts)):
        parent = place.rpartition(STEP)[0]
        within[parent if parent in counts else ""].append(place)

    def below(parent: str, depth: int) -> Iterator[Choice]:
        for place in within[parent]:
            yield Choice(
                label=own_name(place),
                count=counts.get(place, 0),
                chosen=place in chosen,
                href=address.toggled(PLACE, place).href(),
                depth=depth,
            )
            yield from below(place, depth + 1)

    return below("", 0)

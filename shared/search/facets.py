"""What a facet shows of its counted values, whatever engine counted them."""

from collections.abc import Iterable, Mapping
from typing import Final

from shared.contracts.search import UNSTATED, Facet, FacetValue, SearchRequest
from shared.search.normalise import contained_patterns, normalise
from shared.search.places import STEP, count_places, lies_in, opened, own_name

PLACE: Final = "place"


def facet_of(name: str, counts: Mapping[str, int], request: SearchRequest) -> Facet:
    """Rank the values, most frequent first and equal ones by value, and cut the list."""
    counted = _places(counts, request) if name == PLACE else dict(counts)
    unstated = counted.pop(UNSTATED, 0)
    wanted = contained_patterns(request.facet_text, closed=False)
    found = [pair for pair in counted.items() if not wanted or _says(own_name(pair[0]), wanted)]
    ranked = sorted(found, key=lambda pair: (-pair[1], pair[0]))[: request.facet_size]
    values = tuple(FacetValue(value=value, count=count) for value, count in ranked)
    return Facet(values=values, distinct=len(found), unstated=0 if wanted else unstated)


def has_value(name: str, held: Iterable[str], wanted: Iterable[str]) -> bool:
    """Say whether one of the held values is wanted; a place is also wanted by what it lies in."""
    if name == PLACE:
        return any(lies_in(path, place) for path in held for place in wanted)
    return not set(held).isdisjoint(wanted)


def _says(value: str, patterns: tuple[str, ...]) -> bool:
    normal = normalise(value)
    return any(pattern in normal for pattern in patterns)


def _places(paths: Mapping[str, int], request: SearchRequest) -> dict[str, int]:
    """All places where a text is looked for; else those at the top and the parts of what is chosen."""
    places = count_places(paths)
    if request.facet_text:
        return places
    shown = opened(request.filters.get(PLACE, ()))
    return {place: count for place, count in places.items() if place.rpartition(STEP)[0] in shown}

"""
Which facets are counted in one go, over the same records.

A facet is counted as if it were not filtered by. Those of one profile are counted together, over all
that fails at most one of their filters: what each code lets through is worked out afterwards
(``tally``). However many facets are filtered by, two passes are enough for all that have a profile.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from shared.contracts.search import SearchRequest
from shared.search.profiles import PROFILE_OF, PROFILES

_Filter = TypeVar("_Filter")


@dataclass(frozen=True, slots=True)
class Pass:
    """Facets ``names``, counted over what fails at most one of the filters ``lifted`` and no other."""

    names: tuple[str, ...]
    lifted: frozenset[str]

    @property
    def fields(self) -> tuple[str, ...]:
        """What is counted for them."""
        return tuple(dict.fromkeys(PROFILE_OF.get(name, name) for name in self.names))

    @property
    def tells_total(self) -> bool:
        """Say whether it also tells how many records pass all filters."""
        return not self.lifted or any(field in PROFILES for field in self.fields)

    def names_of(self, field: str) -> tuple[str, ...]:
        """Give the facets that are told by what was counted of a field."""
        return tuple(name for name in self.names if PROFILE_OF.get(name, name) == field)

    def kept(self, filters: Mapping[str, _Filter]) -> list[_Filter]:
        """Give the filters that everything that is counted passes."""
        return [one for name, one in filters.items() if name not in self.lifted]

    def loosened(self, filters: Mapping[str, _Filter]) -> list[_Filter]:
        """Give the filters of which one may be failed: none where there is but one."""
        loosened = [one for name, one in filters.items() if name in self.lifted]
        return loosened if len(loosened) > 1 else []


def passes_of(request: SearchRequest) -> list[Pass]:
    """Gather the facets of a request into passes, one of which also tells a total that is wanted."""
    gathered: dict[frozenset[str], list[str]] = defaultdict(list)
    for name in request.facets:
        gathered[_lifted(name, request)].append(name)
    passes = [Pass(tuple(names), lifted) for lifted, names in gathered.items()]
    told = not request.counted or any(one.tells_total for one in passes)
    return passes if told else [Pass((), frozenset()), *passes]


def _lifted(facet: str, request: SearchRequest) -> frozenset[str]:
    beside = PROFILES[PROFILE_OF[facet]] if facet in PROFILE_OF else (facet,)
    return frozenset(name for name in beside if name in request.facets and request.filters.get(name))

"""
Facet values that go together under one code, so that answers are counted by few codes, not by every facet.

A million records have some ten thousand profiles: an engine counts how many answers have each, and
``tally`` adds up what that makes of every facet.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Final

PROFILES: Final[Mapping[str, tuple[str, ...]]] = {
    "where": ("place", "province", "city", "district", "department", "budget_unit", "year", "kind", "form"),
    "what": ("level1", "level2", "operator", "unit", "amount_range", "confidence", "review", "findings"),
}
"""What is known of a document as a whole, and what differs from indicator to indicator."""

PROFILE_OF: Final = {facet: profile for profile, facets in PROFILES.items() for facet in facets}

_CODE_BYTES: Final = 8
_CODE_BITS: Final = 52
"""An engine may tell a code as a floating-point number."""

LARGEST_CODE: Final = (1 << _CODE_BITS) - 1


@dataclass(frozen=True, slots=True)
class Profile:
    """The values of a profile's facets in writing, and their code."""

    code: int
    text: str


def profiles_of(facets: Mapping[str, tuple[str, ...]]) -> dict[str, Profile]:
    """Make the profiles of a record from its facets."""
    held = facets.get
    return {name: _profile(name, tuple(map(held, fields))) for name, fields in PROFILES.items()}


def code_of(text: str) -> int:
    """Give the code of a profile in writing; it is the same whoever works it out."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_CODE_BYTES).digest()
    return int.from_bytes(digest, "big") >> (8 * _CODE_BYTES - _CODE_BITS)


def beginning_of(name: str) -> str:
    """Give what the profiles of a name in writing, and no others, begin with."""
    return f'["{name}",'


def read_profile(text: str) -> tuple[str, Sequence[Sequence[str]]]:
    """Read a profile in writing: its name, and the values of each of its facets."""
    name, values = json.loads(text)
    return name, values


@lru_cache(maxsize=65_536)
def _profile(name: str, values: tuple[tuple[str, ...] | None, ...]) -> Profile:
    text = json.dumps([name, [held or () for held in values]], ensure_ascii=False, separators=(",", ":"))
    return Profile(code_of(text), text)

"""How entries are laid out in Elasticsearch: a strict mapping that names its version."""

import hashlib
import json
from functools import lru_cache
from typing import Any, Final
from zlib import crc32

from pydantic_core import to_json

from shared.contracts.records import Record
from shared.contracts.search import FILTERS
from shared.search.entry import Entry
from shared.search.fingerprint import stored_form
from shared.search.language import FIELD_NAMES
from shared.search.normalise import normalise
from shared.search.profiles import PROFILE_OF, PROFILES, profiles_of
from shared.search.sorting import KNOWN_FROM, KeyField

VERSION: Final = 5
"""Raised with every change of the layout or of what ``shared.search`` makes of a record."""

TEXTS: Final = ("name", "project", "goal", "remarks")
NUMBERS: Final = ("fiscal_year", "page", "amount", "lower", "upper", "unit_lower", "unit_upper")
SORT_KEYS: Final[tuple[KeyField, ...]] = ("rank", "by_amount", "by_target")
SAID: Final = tuple(name for name in FILTERS if name in FIELD_NAMES.values())
"""Keyword fields of which a query may name a part: their normal forms are kept, too."""

_RISING: Final = 1 << 63
_KEYWORD: Final = {"type": "keyword"}
_LONG: Final = {"type": "long"}
_SOUGHT: Final = {"type": "keyword", "doc_values": False}
_COUNTED: Final = {"type": "keyword", "index": False}
_PAIRS: Final = {"type": "text", "analyzer": "pairs", "norms": False}
_CHARACTERS: Final = {"type": "text", "analyzer": "characters", "norms": False, "index_options": "docs"}


def settings(*, shards: int, replicas: int) -> dict[str, Any]:
    """
    Say how the index is kept.

    Nothing is seen before a writer says so: every refresh is asked for. Texts are cut into pairs of
    neighbouring characters, whose phrases find every part of a text. Records lie in the order of
    their ranks, so that a page is read off the beginning while all that is found is only counted.
    """
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",
        "codec": "best_compression",
        "sort.field": ["rank", "record_id"],
        "sort.order": ["desc", "asc"],
        "analysis": {
            "tokenizer": {
                "pairs": {"type": "ngram", "min_gram": 2, "max_gram": 2},
                "characters": {"type": "ngram", "min_gram": 1, "max_gram": 1},
            },
            "analyzer": {name: {"type": "custom", "tokenizer": name} for name in ("pairs", "characters")},
        },
    }


def properties() -> dict[str, Any]:
    """
    Lay out the fields.

    ``holds`` parts records from the manifests of documents (``replacing``). Only the record itself
    and a manifest are given back; all else is there to be found and counted.
    """
    return {
        "holds": _SOUGHT,
        "record_id": _KEYWORD,
        "generation": _SOUGHT,
        "transition": _KEYWORD,
        "checksum": {"type": "long", "index": False},
        "record": {"type": "keyword", "index": False, "doc_values": False},
        "manifest": {"type": "object", "enabled": False},
        "text": _PAIRS | {"fields": {"characters": _CHARACTERS}},
        **dict.fromkeys(TEXTS, _PAIRS),
        **{name: _SOUGHT if name in PROFILE_OF else _KEYWORD for name in FILTERS},
        **dict.fromkeys(PROFILES, _LONG),
        **{written(profile): _COUNTED for profile in PROFILES},
        "target": _SOUGHT,
        "said": {"properties": dict.fromkeys(SAID, _SOUGHT)},
        **dict.fromkeys(NUMBERS, _LONG),
        **dict.fromkeys(SORT_KEYS, _LONG),
        **{rising(key): {"type": "long", "index": False} for key in SORT_KEYS},
    }


def mapping() -> dict[str, Any]:
    """Give the whole mapping; a field that is not in it is refused."""
    return {
        "dynamic": "strict",
        "_meta": {"version": VERSION, "layout": digest()},
        "_routing": {"required": True},
        "_source": {"includes": ["record", "manifest"]},
        "properties": properties(),
    }


def digest() -> str:
    """Name the layout by its content, so that a change without a new version is noticed."""
    said = json.dumps([properties(), settings(shards=1, replicas=0)], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def written(profile: str) -> str:
    """Name the field that says what the codes of a profile stand for."""
    return f"{profile}_written"


def rising(key: str) -> str:
    """Name the copy of a sort key in which what says nothing comes last when it is read upwards."""
    return f"{key}_rising"


def source_of(entry: Entry, record: Record, *, generation: str) -> bytes:
    """Write what is indexed of a record."""
    stored = stored_form(record)
    fields = {
        "holds": "record",
        "record_id": entry.record_id,
        "generation": generation,
        "checksum": crc32(stored),
        "record": stored.decode(),
        "text": entry.text,
        **{name: getattr(entry, name) for name in TEXTS},
        **entry.facets,
        "document_id": entry.document_id,
        "target": entry.target,
        "said": _said(tuple(entry.facets.get(name, ()) for name in SAID)),
        **entry.numbers,
        **_sort_keys(entry),
        **_profiles(entry),
    }
    return to_json(fields)


# All records of a project say the same but for their levels.
@lru_cache(maxsize=4096)
def _said(values: tuple[tuple[str, ...], ...]) -> dict[str, list[str]]:
    return {name: list(map(normalise, held)) for name, held in zip(SAID, values, strict=True)}


def _profiles(entry: Entry) -> dict[str, int | str]:
    profiles = profiles_of(entry.facets)
    codes = {name: profile.code for name, profile in profiles.items()}
    return codes | {written(name): profile.text for name, profile in profiles.items()}


def _sort_keys(entry: Entry) -> dict[str, int]:
    falling = {key: int(getattr(entry, key)) for key in SORT_KEYS}
    known = {rising(key): _upwards(key, value) for key, value in falling.items()}
    return falling | known


def _upwards(key: KeyField, value: int) -> int:
    """Move known keys below all others: they are read first in either direction."""
    return value - _RISING if value >= KNOWN_FROM[key] else value

"""How an entry is laid out in tantivy."""

from collections.abc import Iterable
from functools import lru_cache
from operator import add
from typing import Final

from tantivy import Document, Schema, SchemaBuilder

from shared.contracts.records import Record
from shared.contracts.search import FILTERS
from shared.search.entry import Entry, entry_of
from shared.search.fingerprint import stored_form
from shared.search.profiles import PROFILE_OF, PROFILES, profiles_of
from shared.search.signs import FIELD_ENDS

VERSION: Final = 6
"""Raised with every change of the layout or of what ``shared.search`` makes of a record."""

TEXTS: Final = ("text", "project", "goal", "remarks")
NAME: Final = "name"
NAME_THREES: Final = "name_threes"
NUMBERS: Final = ("fiscal_year", "page", "amount", "lower", "upper")
PROMISES: Final = ("unit_lower", "unit_upper")
"""Numbers of which there are few different ones: their ranges are read off lists, not off every record."""
SORT_KEYS: Final = ("rank", "by_amount", "by_target")
KEYWORDS: Final = ("record_id", "target")
CHARACTERS: Final = "characters"
PROFILE: Final = "profile"
RECORD: Final = "record"


def build_schema() -> Schema:
    """
    Lay out the fields.

    Texts are sent as pairs of neighbouring characters between blanks: tantivy's own ``ngram``
    gives every gram position 0, which makes phrases impossible. Names, which every condition asks
    for, have their threes as well, most names of measures being no longer: one term where two
    pairs would have to stand beside each other. Numbers are signed: an unsigned field panics the
    indexing thread when it is fed without the schema.
    """
    schema = SchemaBuilder()
    for name in (*TEXTS, NAME_THREES):
        schema.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in (NAME, CHARACTERS):
        schema.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in FILTERS:
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name not in PROFILE_OF)
    for name in (*KEYWORDS, PROFILE):
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in (*NUMBERS, *SORT_KEYS, *PROFILES):
        schema.add_integer_field(name, fast=True)
    for name in PROMISES:
        schema.add_integer_field(name, indexed=True)
    schema.add_bytes_field(RECORD, stored=True)
    return schema.build()


def documents_of(records: Iterable[Record]) -> list[Document]:
    """
    Make the documents of the records of one document, which are replaced together.

    What a profile says is written once for all of them.
    """
    written: set[int] = set()
    return [_document(entry_of(record), record, written) for record in records]


def _document(entry: Entry, record: Record, written: set[int]) -> Document:
    """Fill it field by field: ``from_dict`` takes the same again in time to look at every value's type."""
    document = Document()
    for name, text in _texts(entry).items():
        document.add_text(name, text)
    for name, values in (*entry.facets.items(), ("target", entry.target)):
        for value in values:
            document.add_text(name, value)
    for name, numbers in entry.numbers.items():
        for number in numbers:
            document.add_integer(name, number)
    for name in SORT_KEYS:
        document.add_integer(name, getattr(entry, name))
    _add_profiles(document, entry, written)
    document.add_bytes(RECORD, stored_form(record))
    return document


def _add_profiles(document: Document, entry: Entry, written: set[int]) -> None:
    for name, profile in profiles_of(entry.facets).items():
        document.add_integer(name, profile.code)
        if profile.code not in written:
            document.add_text(PROFILE, profile.text)
            written.add(profile.code)


def _texts(entry: Entry) -> dict[str, str]:
    return {
        "text": f"{_shared_pairs(entry.head)} {pairs(FIELD_ENDS + entry.body)}",
        CHARACTERS: " ".join(set(entry.head + entry.body)),
        NAME: pairs(entry.name),
        NAME_THREES: threes(entry.name),
        "project": _shared_pairs(entry.project),
        "goal": _shared_pairs(entry.goal),
        "remarks": pairs(entry.remarks),
        "record_id": entry.record_id,
    }


def pairs(text: str) -> str:
    """Write each character with the next one: ``满意度`` is ``满意 意度``."""
    return " ".join(map(add, text, text[1:]))


def threes(text: str) -> str:
    """Write each character with the next two: ``满意度≥`` is ``满意度 意度≥``."""
    return " ".join(map(add, map(add, text, text[1:]), text[2:]))


@lru_cache(maxsize=4096)
def _shared_pairs(text: str) -> str:
    """Pairs of a text that all indicators of a project have in common."""
    return pairs(text)

"""What is compared to know that two indexes hold the same records."""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from pydantic import TypeAdapter

from shared.contracts.records import Record

_RECORDS = TypeAdapter(Record)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """How many records a document has, and the sum of their checksums: their order does not matter."""

    records: int = 0
    checksum: int = 0


def stored_form(record: Record) -> bytes:
    """Write a record as every index keeps it."""
    return _RECORDS.dump_json(record, exclude_defaults=True)


def fingerprint_of(stored: Iterable[bytes]) -> Fingerprint:
    """Take the fingerprint of a document's records in their stored form."""
    checksums = [crc32(one) for one in stored]
    return Fingerprint(len(checksums), sum(checksums))

"""What of a request is typed by people besides the query: filters, facets and the cursor of the next page."""

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from shared.contracts.search import FILTERS, QueryError, SearchRequest

_MOST_STRIPS: Final = 16


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place after a hit: the strip of the answer it is in, its sort key, and its id for ties."""

    strip: int
    key: int
    record_id: str


def check(request: SearchRequest) -> None:
    """Refuse filters and facets that do not exist."""
    for name in (*request.filters, *request.without, *request.facets):
        if name not in FILTERS:
            raise QueryError(f"没有“{name}”这个筛选项。", start=0, end=0)


def write_cursor(cursor: Cursor, request: SearchRequest) -> str:
    """Write a place so that it fits into an address; it is good for the same question only."""
    told = json.dumps([cursor.strip, cursor.key, cursor.record_id, _question(request)], separators=(",", ":"))
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read_cursor(request: SearchRequest) -> Cursor | None:
    """Read the place that ``after`` names; None is the beginning."""
    if request.after is None:
        return None
    match _told(request.after):
        case [int(strip), int(key), str(record_id), int(question)] if question == _question(request):
            if 0 <= strip <= _MOST_STRIPS and abs(key) < 1 << 63:
                return Cursor(strip, key, record_id)
    raise QueryError("翻页标记无效或属于另一个查询，请从第一页开始。", start=0, end=0)


def _told(written: str) -> object:
    try:
        padded = written.encode("ascii") + b"=" * (-len(written) % 4)
        told: object = json.loads(base64.urlsafe_b64decode(padded))
    except (UnicodeError, binascii.Error, ValueError, RecursionError):
        return None
    return told


def _question(request: SearchRequest) -> int:
    filters = sorted((name, sorted(values)) for name, values in request.filters.items())
    return crc32(json.dumps([request.query, filters, request.sort]).encode())

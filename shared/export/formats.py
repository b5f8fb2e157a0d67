"""The formats in which records leave: rows for spreadsheets, lines for programs; all of them stream."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Final

from shared.contracts.records import Record
from shared.export.cells import safe_cell
from shared.export.columns import COLUMNS, HEADINGS, Words, link_of, row_of
from shared.export.workbook import workbook_chunks


class ExportFormat(StrEnum):
    """``jsonl`` is one whole record a line; ``csv`` and ``xlsx`` are rows for spreadsheets."""

    jsonl = "jsonl"
    csv = "csv"
    xlsx = "xlsx"


MEDIA_TYPES: Final = {
    ExportFormat.jsonl: "application/jsonl",
    ExportFormat.csv: "text/csv; charset=utf-8",
    ExportFormat.xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
BYTE_ORDER_MARK: Final = "\ufeff"
_ROWS_TOGETHER: Final = 200


def write_chunks(
    records: Iterable[Record], shape: ExportFormat, *, site: str | None = None, words: Words | None = None
) -> Iterator[bytes]:
    """
    Write records as they come, never more than a few hundred at a time in memory.

    With ``words`` the rows are for people: columns have Chinese names, and codes are said in words.
    """
    if shape is ExportFormat.jsonl:
        return _lines(records, site)
    headings = [HEADINGS.get(name, name) for name in COLUMNS] if words else list(COLUMNS)
    rows = (row_of(record, site=site, words=words) for record in records)
    return _csv(headings, rows) if shape is ExportFormat.csv else workbook_chunks(headings, rows)


def _lines(records: Iterable[Record], site: str | None) -> Iterator[bytes]:
    for record in records:
        line = record.model_dump_json(by_alias=True)
        if site is not None:
            line = f'{line[:-1]},"link":{json.dumps(link_of(record, site), ensure_ascii=False)}}}'
        yield f"{line}\n".encode()


def _csv(headings: list[str], rows: Iterable[list[str]]) -> Iterator[bytes]:
    """Begin with a byte order mark: without it Excel takes UTF-8 for the code page of its machine."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write(BYTE_ORDER_MARK)
    writer.writerow(headings)
    for number, row in enumerate(rows, start=1):
        writer.writerow([safe_cell(text) for text in row])
        if number % _ROWS_TOGETHER == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> bytes:
    # Half surrogates, which a damaged text layer may hold, are in no encoding.
    text = buffer.getvalue().encode("utf-8", "replace")
    buffer.seek(0)
    buffer.truncate()
    return text

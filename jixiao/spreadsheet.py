"""Records as rows that Excel opens: CSV with a byte order mark, in which no cell is a formula."""

import csv
import re
from collections.abc import Iterable
from typing import Final, TextIO

from shared.contracts.records import Amounts, Record, Target

BYTE_ORDER_MARK: Final = "\ufeff"
_TARGETS: Final = ("annual_target", "period_target", "actual")
_PLAIN: Final = tuple(
    name for name in Record.model_fields if name not in (*_TARGETS, "amounts", "boxes", "findings")
)
_AMOUNTS: Final = tuple(Amounts.model_fields)
COLUMNS: Final = (
    *_PLAIN,
    *_TARGETS,
    "annual_operator",
    "annual_lower",
    "annual_upper",
    "annual_unit",
    *(f"amount_{name}" for name in _AMOUNTS),
    "findings",
)
_FORMULA: Final = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?%?")


def write_records(records: Iterable[Record], target: TextIO) -> int:
    """Write a header and one row for each record; answer how many there were."""
    target.write(BYTE_ORDER_MARK)
    rows = csv.writer(target)
    rows.writerow(COLUMNS)
    count = 0
    for count, record in enumerate(records, start=1):  # noqa: B007 (the last one is the answer)
        rows.writerow([safe_cell(text) for text in _row(record)])
    return count


def safe_cell(text: str) -> str:
    """
    Keep a spreadsheet from calculating what a document says: such a text gets an apostrophe.

    Numbers are left alone, so that negative amounts stay numbers.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _row(record: Record) -> list[str]:
    targets = [getattr(record, name) for name in _TARGETS]
    return [
        *(_text(getattr(record, name)) for name in _PLAIN),
        *(target.text if target else "" for target in targets),
        *_bounds(record.annual_target),
        *(_text(getattr(record.amounts, name)) for name in _AMOUNTS),
        " ".join(record.findings),
    ]


def _bounds(target: Target | None) -> list[str]:
    """Give the promise in columns of its own, where the cell holds exactly one."""
    if target is None or len(target.bounds) != 1:
        return ["", "", "", ""]
    (bound,) = target.bounds
    return [bound.operator, _text(bound.lower), _text(bound.upper), _text(bound.unit)]


def _text(value: object) -> str:
    return "" if value is None else str(value)

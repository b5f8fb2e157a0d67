"""Tables that spreadsheets open: with a byte order mark, and with nothing in them that a spreadsheet runs."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from fastapi import Response

_FORMULA = re.compile(r"[=+\-@＝＋－＠\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")


def csv_response(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """Send a table as a download called ``name``."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(head)
    table.writerows([_harmless(cell) for cell in row] for row in rows)
    return Response(
        "\ufeff" + written.getvalue(),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
    )


def _harmless(cell: object) -> str:
    """
    Put an apostrophe before what a spreadsheet would take for a formula.

    Plain numbers below zero stay numbers.
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text

"""Reads plain text: its pages and the official tables in it."""

from collections.abc import Callable, Sequence
from typing import Final

from services.parse.forms.flattened_list import read_flattened_lists
from services.parse.forms.ocr_rows import read_ocr_rows
from services.parse.forms.text_table import TextTable, table_reading
from services.parse.readers.text import TextLine, read_text
from services.parse.readings import DocumentReading, TableReading
from shared.contracts.pages import Page


def _read_lines(lines: Sequence[TextLine]) -> tuple[TextTable, ...]:
    return read_flattened_lists([line.passage for line in lines])


_FORMS: Final[tuple[Callable[[Sequence[TextLine]], tuple[TextTable, ...]], ...]] = (
    read_ocr_rows,
    _read_lines,
)
"""How a table may stand in a text; the first that finds one has it. Another form goes here."""


def read_text_document(content: bytes) -> tuple[tuple[Page, ...], DocumentReading]:
    """Lay a text out on pages and read its tables; a text without any gives none."""
    document = read_text(content)
    return document.pages, DocumentReading(read_text_tables(document.lines))


def read_text_tables(lines: Sequence[TextLine]) -> tuple[TableReading, ...]:
    """Read the official tables among the lines of a text."""
    for form in _FORMS:
        tables = form(lines)
        if tables:
            return tuple(table_reading(table) for table in tables)
    return ()

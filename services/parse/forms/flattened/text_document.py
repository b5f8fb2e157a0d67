"""Reads plain text: its pages and the official tables in it."""

from collections.abc import Callable, Sequence
from typing import Final

from services.parse.forms.flattened.jumble import is_jumbled, refusal
from services.parse.forms.flattened.lines import read_flattened_lists
from services.parse.forms.flattened.ocr_rows import read_ocr_rows
from services.parse.forms.flattened.text_table import TextTable, explain, table_reading
from services.parse.readers.text import TextLine, read_text
from services.parse.readings import DocumentReading
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
    return document.pages, read_text_tables(document.lines)


def read_text_tables(lines: Sequence[TextLine]) -> DocumentReading:
    """
    Read the official tables among the lines of a text.

    A list of which the lines of goals and indicators run into each other is refused: what is
    read out of it would not be what is printed.
    """
    tables = next((found for form in _FORMS if (found := form(lines))), ())
    readings = [(table, table_reading(table)) for table in tables]
    refused = [reading for table, reading in readings if not table.keeps_cells and is_jumbled(reading)]
    kept = tuple(reading for _, reading in readings if reading not in refused)
    explanations = tuple(
        explain(table, reading, is_kept=reading not in refused) for table, reading in readings
    )
    return DocumentReading(kept, tuple(map(refusal, refused)), explanations=explanations)

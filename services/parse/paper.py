"""The pages on which files without paper of their own are laid out, by kind of file."""

from collections.abc import Callable, Mapping
from typing import Final

from services.parse.readers.flow_drawing import Drawing
from services.parse.readers.ofd import read_ofd
from services.parse.readers.open_document import read_open_document
from services.parse.readers.spreadsheet import read_workbook
from services.parse.readers.text import read_text_pages
from services.parse.readers.web import read_web_page
from services.parse.readers.word import read_word_document
from shared.contracts.media import DOCX, HTML, ODS, OFD, SPREADSHEETS
from shared.contracts.pages import Page

CELL_READERS: Final[Mapping[str, Callable[[bytes], Drawing]]] = {
    **dict.fromkeys(SPREADSHEETS, read_workbook),
    ODS: read_open_document,
    HTML: read_web_page,
    DOCX: read_word_document,
    OFD: read_ofd,
}
"""Readers of files that say themselves where their cells are."""


def lay_out_pages(content: bytes, media_type: str) -> tuple[Page, ...]:
    """Lay a file out as it is shown; the same bytes give the same pages that their boxes lie on."""
    reader = CELL_READERS.get(media_type)
    return reader(content).pages if reader else read_text_pages(content)

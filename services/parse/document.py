"""Reads a file: its tables, and why there are none."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from types import MappingProxyType
from typing import Final

from services.parse.absence import explain_absence
from services.parse.assemble import File, assemble
from services.parse.assembly.on_paper import lay_on_paper
from services.parse.assembly.origin import find_origin
from services.parse.assembly.second_readings import find_disagreements
from services.parse.explained import DocumentShown, show_tables
from services.parse.forms.flattened.text_document import read_text_document
from services.parse.forms.levels_above import note_levels_above
from services.parse.forms.read import read_tables
from services.parse.paper import CELL_READERS
from services.parse.readers.pdf import read_needed_pages
from services.parse.readings import DocumentReading
from services.parse.tables.finding import find_grids
from services.parse.witness import TitleSeen, Witness
from shared.contracts.errors import EmptyFile, UnsupportedMedia
from shared.contracts.media import IMAGE_TYPES
from shared.contracts.pages import Page
from shared.contracts.records import Document

Recognised = Mapping[int, Page]

_NOTHING_RECOGNISED: Final[Recognised] = MappingProxyType({})
_UNREAD_IMAGE: Final = Page(1, 595.0, 842.0, "none", "no_text_layer")
_NO_HINTS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Read:
    """What a reader gives: the tables, every page, those with goals in running text, and titles seen."""

    tables: DocumentReading
    pages: tuple[Page, ...]
    prose_pages: tuple[int, ...] = ()
    titles: tuple[TitleSeen, ...] = ()


def read_document(
    content: bytes,
    *,
    file_name: str,
    media_type: str,
    recognised: Recognised = _NOTHING_RECOGNISED,
    hints: Mapping[str, str] = _NO_HINTS,
) -> Document:
    """
    Read a document of the media type that ingest has found out.

    The same bytes give the same document whatever they are called: the name is written down,
    but nothing is read from it. ``recognised`` pages stand in for pages without a text layer;
    ``hints`` of the uploader (``province``, ``city``, ``district``, ``year``, ``department``)
    count only where nothing is printed.
    """
    read = _read(content, media_type, recognised)
    file = File(sha256(content).hexdigest(), file_name, media_type, len(content))
    document = assemble(read.tables, file, read.pages, find_origin(read.tables, hints))
    return lay_on_paper(document, read.pages)


def explain_document(
    content: bytes, *, file_name: str, media_type: str, recognised: Recognised = _NOTHING_RECOGNISED
) -> DocumentShown:
    """Say of every table in a document which form it was taken for and why, or why it was refused."""
    read = _read(content, media_type, recognised)
    return DocumentShown(
        file_name=file_name,
        media_type=media_type,
        pages=len(read.pages),
        tables=show_tables(read.tables, read.titles),
        findings=tuple(finding.code for finding in read.tables.findings),
    )


def _read(content: bytes, media_type: str, recognised: Recognised) -> _Read:
    if not content.strip():
        raise EmptyFile
    reader = _READERS.get(media_type)
    if reader is None:
        raise UnsupportedMedia(media_type=media_type)
    read = reader(content, recognised)
    noticed = (
        *explain_absence(read.tables, read.pages, read.prose_pages, _left_empty(read)),
        *find_disagreements(read.pages),
    )
    return replace(read, tables=replace(read.tables, findings=(*read.tables.findings, *noticed)))


def _left_empty(read: _Read) -> tuple[tuple[int, str], ...]:
    """Give pages and titles of tables that are said to be empty, where no table was read."""
    taken = {page for table in read.tables.tables for page in range(table.first_page, table.last_page + 1)}
    return tuple((seen.page, seen.text) for seen in read.titles if seen.is_empty and seen.page not in taken)


def _read_pdf(content: bytes, recognised: Recognised) -> _Read:
    witness = Witness()
    grids = find_grids(witness.watch(read_needed_pages(content), recognised))
    return _witnessed(read_tables(grids, witness.cover), witness)


def _read_image(_: bytes, recognised: Recognised) -> _Read:
    witness = Witness()
    pages = [recognised[number] for number in sorted(recognised)] or [_UNREAD_IMAGE]
    grids = find_grids(witness.watch(pages, recognised))
    return _witnessed(read_tables(grids, witness.cover), witness)


def _read_text(content: bytes, _: Recognised) -> _Read:
    pages, tables = read_text_document(content)
    witness = Witness()
    for _page in witness.watch(pages, {}):
        pass
    return _witnessed(tables, witness)


def _read_cells_of(media_type: str, content: bytes, _: Recognised) -> _Read:
    drawing = CELL_READERS[media_type](content)
    witness = Witness()
    for _page in witness.watch(drawing.pages, {}):
        pass
    reading = read_tables(drawing.grids, witness.cover)
    tables = tuple(map(note_levels_above, reading.tables))
    noted = drawing.findings if tables else ()
    return _witnessed(replace(reading, tables=tables, findings=(*reading.findings, *noted)), witness)


def _witnessed(tables: DocumentReading, witness: Witness) -> _Read:
    with_cover = replace(tables, cover=tuple(witness.cover))
    return _Read(with_cover, tuple(witness.pages), tuple(witness.prose_pages), tuple(witness.titles))


_READERS: Final[Mapping[str, Callable[[bytes, Recognised], _Read]]] = {
    "application/pdf": _read_pdf,
    "text/plain": _read_text,
    **dict.fromkeys(IMAGE_TYPES, _read_image),
    **{kind: partial(_read_cells_of, kind) for kind in CELL_READERS},
}

"""Turns the reading of a document into the record that leaves the parser."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.parse.assembly.identity import Citations
from services.parse.assembly.marks import add_marks
from services.parse.assembly.origin import Origin
from services.parse.assembly.tables import assemble_table
from services.parse.checks.conflicts import find as conflicts_between
from services.parse.readings import DocumentReading
from services.parse.version import PARSER_VERSION, reader_versions
from shared.contracts.pages import Page
from shared.contracts.records import Document, Finding, PageSummary, Table


@dataclass(frozen=True, slots=True)
class File:
    """What is known of a file before it is read."""

    document_id: str
    name: str
    media_type: str
    size_bytes: int


def assemble(reading: DocumentReading, file: File, pages: Iterable[Page], origin: Origin) -> Document:
    """
    Build the document with its tables, and check it.

    ``origin`` is where and when the document belongs; it is read beforehand, because a table
    whose head names no department takes the document's.
    """
    citations = Citations(file.document_id)
    pages = tuple(pages)
    assembled = [assemble_table(table, citations, origin.department) for table in reading.tables]
    conflicts = list(conflicts_between([table for table, _ in assembled]))
    return Document(
        document_id=file.document_id,
        file_name=file.name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        parser_version=PARSER_VERSION,
        reader_versions=reader_versions(file.media_type, pages),
        pages=tuple(summarise(page) for page in pages),
        province=origin.place.province,
        city=origin.place.city,
        district=origin.place.district,
        place_basis=origin.place_basis,
        department=origin.department,
        fiscal_year=origin.fiscal_year,
        fiscal_year_basis=origin.fiscal_year_basis,
        kind=origin.kind,
        tables=tuple(add_marks(table, conflicts) for table, _ in assembled),
        findings=(*reading.findings, *origin.findings, *_findings(assembled), *conflicts),
    )


def _findings(assembled: Sequence[tuple[Table, list[Finding]]]) -> Iterator[Finding]:
    for _, findings in assembled:
        yield from findings


def summarise(page: Page) -> PageSummary:
    """Say how a page was read, without its words; its size is that of the page as shown."""
    width, height = page.shown_size
    return PageSummary(
        number=page.number,
        width=width,
        height=height,
        source=page.source,
        reason=page.reason,
        confidence=page.confidence,
        rotation=page.rotation,
    )

"""The readings that are measured, each runnable in a process of its own."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

import pdfplumber

from services.parse.readers.pdf import candidate_pages, read_needed_pages, read_pages
from services.parse.tables import find_grids
from shared.contracts.errors import DocumentRejected


@dataclass(frozen=True)
class Measure:
    """What one reading of one file took, and how many pages or tables it gave."""

    seconds: float
    megabytes: float
    count: int


def with_pdfplumber(content: bytes) -> int:
    """Count the tables that pdfplumber extracts."""
    tables = 0
    with pdfplumber.open(BytesIO(content)) as document:
        for page in document.pages:
            tables += len(page.extract_tables())
            page.close()
    return tables


def all_pages(content: bytes) -> int:
    return len(find_grids(read_pages(content)))


def needed_pages(content: bytes) -> int:
    return len(find_grids(read_needed_pages(content)))


def first_look(content: bytes) -> int:
    return len(candidate_pages(content))


READINGS: dict[str, Callable[[bytes], int]] = {
    "first look": first_look,
    "extract_tables": with_pdfplumber,
    "all pages": all_pages,
    "needed pages": needed_pages,
}


def measure(reading: str, path: Path) -> Measure | None:
    """Read a file once; None where it is rejected."""
    content = path.read_bytes()
    start = time.process_time()
    try:
        count = READINGS[reading](content)
    except DocumentRejected:
        return None
    seconds = time.process_time() - start
    return Measure(seconds, getrusage(RUSAGE_SELF).ru_maxrss / 1024, count)

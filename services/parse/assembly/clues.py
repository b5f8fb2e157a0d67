"""The printed texts from which it is told where and when a document belongs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.parse.assembly.cover import department_on
from services.parse.passage import Passage
from services.parse.readings import DocumentReading, TableReading, TotalReading

_LONGEST_COVER_LINE: Final = 40


@dataclass(frozen=True, slots=True)
class Clues:
    """``units`` are the names of unit rows, ``cover`` the short lines before the first table's page."""

    department: str | None = None
    units: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    cover: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


def gather_clues(reading: DocumentReading) -> Clues:
    """Collect titles and years of all tables, and the cover where it stands apart from them."""
    tables = reading.tables
    cover = tuple(_cover_lines(reading.cover, min((table.first_page for table in tables), default=None)))
    return Clues(
        department=_department(tables, cover),
        units=tuple(_texts(_unit_names(tables))),
        titles=tuple(_texts(table.title for table in tables)),
        cover=cover,
        years=tuple(_texts(table.year for table in tables)),
    )


def _cover_lines(lines: Sequence[Passage], first_table_page: int | None) -> Iterator[str]:
    for line in lines:
        apart = first_table_page is None or (line.page or 1) < first_table_page
        if apart and len(line) <= _LONGEST_COVER_LINE:
            yield line.text.strip()


def _department(tables: Sequence[TableReading], cover: Sequence[str]) -> str | None:
    """A department-wide table names its own department; the head of another one may name a unit."""
    by_scope = sorted(tables, key=lambda table: table.scope != "department")
    printed = next(_texts(table.department for table in by_scope), None)
    return printed or department_on(cover)


def _unit_names(tables: Sequence[TableReading]) -> Iterator[Passage]:
    for table in tables:
        for member in table.members:
            if isinstance(member, TotalReading) and member.kind == "unit_total":
                yield member.name


def _texts(passages: Iterator[Passage]) -> Iterator[str]:
    return (passage.text.strip() for passage in passages if passage.text.strip())

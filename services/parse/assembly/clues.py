"""The printed texts from which it is told where and when a document belongs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.parse.passage import Passage
from services.parse.readings import DocumentReading, TableReading

_LONGEST_COVER_LINE: Final = 40
_COVER_TITLE: Final = re.compile(
    r"^(?P<department>[\u4e00-\u9fff（）()]{4,30}?)\s*(?:20[0-9]{2}|二[〇零○ＯOo][〇零○一二三四五六七八九]{2})\s*年度?"
    r"\s*(?:部门|单位)?(?:预算|决算)"
)


@dataclass(frozen=True, slots=True)
class Clues:
    """``cover`` are the short lines of the pages before the first table."""

    department: str | None = None
    titles: tuple[str, ...] = ()
    cover: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


def gather_clues(reading: DocumentReading) -> Clues:
    """Collect titles and years of all tables, and the cover where it stands apart from them."""
    tables = reading.tables
    cover = tuple(_cover_lines(reading.cover, min((table.first_page for table in tables), default=None)))
    return Clues(
        department=_department(tables, cover),
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
    on_cover = next((found["department"] for line in cover if (found := _COVER_TITLE.match(line))), None)
    return printed or on_cover


def _texts(passages: Iterator[Passage]) -> Iterator[str]:
    return (passage.text.strip() for passage in passages if passage.text.strip())

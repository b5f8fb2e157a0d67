"""The printed texts from which it is told where and when a document belongs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.parse.assembly.cover import department_on
from services.parse.forms.titles import project_in_title
from services.parse.passage import Passage
from services.parse.readings import DocumentReading, ProjectReading, TableReading

_LONGEST_COVER_LINE: Final = 40


@dataclass(frozen=True, slots=True)
class Clues:
    """
    ``units`` are who spends the money, ``cover`` the short lines before the first table's page.

    ``titled_years`` are the years that stand in a table's title, ``years`` those beside it,
    ``titled_places`` the titles without the project's name, which may name where the money goes.
    """

    department: str | None = None
    units: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    titled_years: tuple[str, ...] = ()
    titled_places: tuple[str, ...] = ()
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
        titled_years=tuple(_texts(table.year for table in tables if _is_in_title(table))),
        titled_places=tuple(_texts(map(_without_project, (table.title for table in tables)))),
        cover=cover,
        years=tuple(_texts(table.year for table in tables if not _is_in_title(table))),
    )


def _cover_lines(lines: Sequence[Passage], first_table_page: int | None) -> Iterator[str]:
    for line in lines:
        apart = first_table_page is None or (line.page or 1) < first_table_page
        if apart and len(line) <= _LONGEST_COVER_LINE:
            yield line.text.strip()


def _without_project(title: Passage) -> Passage:
    project = project_in_title(title)
    return title[title.text.index(project.text) + len(project) :] if project else title


def _is_in_title(table: TableReading) -> bool:
    return any(place in table.title.places for place in table.year.places if place)


def _department(tables: Sequence[TableReading], cover: Sequence[str]) -> str | None:
    """
    Find whose document this is: a department-wide table names its own, the head of another may name a unit.

    Where neither a head nor the cover says it, the rows of a list do if they agree.
    """
    by_scope = sorted(tables, key=lambda table: table.scope != "department")
    printed = next(_texts(table.department for table in by_scope), None)
    return printed or department_on(cover) or _department_of_rows(by_scope)


def _department_of_rows(tables: Sequence[TableReading]) -> str | None:
    for table in tables:
        field = "name" if table.scope == "department" else "department"
        named = {project.fields.get(field, Passage()).text.strip() for project in _projects(table)}
        if len(named) == 1 and (department := named.pop()):
            return department
    return None


def _projects(table: TableReading) -> Iterator[ProjectReading]:
    return (member for member in table.members if isinstance(member, ProjectReading))


def _unit_names(tables: Sequence[TableReading]) -> Iterator[Passage]:
    for table in tables:
        yield from table.local_offices
        for member in table.members:
            if isinstance(member, ProjectReading):
                yield member.fields.get("budget_unit", Passage())
            elif member.kind == "unit_total":
                yield member.name


def _texts(passages: Iterator[Passage]) -> Iterator[str]:
    return (passage.text.strip() for passage in passages if passage.text.strip())

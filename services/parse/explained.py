"""What ``explain`` shows of a document: every table found in it, and every title of one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.parse.explanation import Explanation, HeadTaken
from services.parse.forms.titles import is_title
from services.parse.readings import DocumentReading, ProjectReading, TableReading
from services.parse.witness import TitleSeen

_NUMBERS_AND_YEARS: Final = re.compile(
    r"^(?:附[件表]\d*|(?:预算)?表\d+(?:-\d+)*|[(（]?(?:\d+|[一二三四五六七八九十]+)[)）、.．]+)+|20\d\d年(?:度)?"
)
_LEFT_EMPTY: Final = "标题下注明没有内容，是空表"
_NO_TABLE_BELOW: Final = "标题下没有找到画成表格的内容"


@dataclass(frozen=True, slots=True)
class HeadShown:
    """A printed head or label and the field it was taken for; None where its words are not known."""

    printed: str
    field: str | None


@dataclass(frozen=True, slots=True)
class RefusalShown:
    """A form that a table was not taken for, and why."""

    form: str
    reason: str


@dataclass(frozen=True, slots=True)
class TableShown:
    """
    What became of one table.

    ``form`` is None for one that was not read. ``is_sought`` says whether its title is that of a
    performance table, or its heads are: of those each must be read or accounted for. One with
    ``is_empty`` is: a remark in its place says that there is nothing to fill in.
    """

    first_page: int
    last_page: int
    title: str
    form: str | None
    reason: str
    is_sought: bool
    is_empty: bool = False
    projects: int = 0
    indicators: int = 0
    columns: tuple[HeadShown, ...] = ()
    labels: tuple[HeadShown, ...] = ()
    refused: tuple[RefusalShown, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentShown:
    """All tables of a document in reading order, and the codes of what was noticed about it."""

    file_name: str
    media_type: str
    pages: int
    tables: tuple[TableShown, ...]
    findings: tuple[str, ...] = ()


def show_tables(reading: DocumentReading, titles: Sequence[TitleSeen]) -> tuple[TableShown, ...]:
    """List the tables that were found, and the titles below which none was."""
    read = iter(reading.tables)
    found = _without_contents(
        [_shown(each, next(read) if each.form else None) for each in reading.explanations]
    )
    found = [_as_remarked(table, titles) for table in found]
    return tuple(sorted([*found, *_titles_alone(titles, found)], key=lambda each: each.first_page))


def _shown(explanation: Explanation, table: TableReading | None) -> TableShown:
    projects = [m for m in table.members if isinstance(m, ProjectReading)] if table else []
    return TableShown(
        first_page=explanation.first_page,
        last_page=explanation.last_page,
        title=explanation.title.text,
        form=explanation.form,
        reason=explanation.reason,
        is_sought=bool(explanation.form or explanation.columns or is_title(explanation.title.text)),
        projects=len(projects),
        indicators=sum(len(project.indicators) for project in projects),
        columns=_heads(explanation.columns),
        labels=_heads(explanation.labels),
        refused=tuple(RefusalShown(each.form, each.reason) for each in explanation.refused),
    )


def _as_remarked(table: TableShown, titles: Sequence[TitleSeen]) -> TableShown:
    """A frame around nothing but the remark that there is no table is one that was left empty."""
    is_empty = any(seen.is_empty and seen.page == table.first_page for seen in titles)
    return replace(table, is_empty=True, reason=_LEFT_EMPTY) if is_empty and not table.form else table


def _heads(heads: Iterable[HeadTaken]) -> tuple[HeadShown, ...]:
    return tuple(HeadShown(head.printed.text, head.field) for head in heads)


def _without_contents(tables: Sequence[TableShown]) -> list[TableShown]:
    """A table of contents bears titles too: it is not sought where a table of that title was read."""
    read = {_bare(table.title) for table in tables if table.form}
    return [
        replace(table, is_sought=False) if _is_of_contents(table) and _bare(table.title) in read else table
        for table in tables
    ]


def _is_of_contents(table: TableShown) -> bool:
    return table.form is None and not table.columns


def _titles_alone(titles: Sequence[TitleSeen], found: Sequence[TableShown]) -> Iterator[TableShown]:
    """
    List titles below which nothing was found.

    A title on a page of contents is that of a table further on, one on a table's page or the page
    before is its own or its chapter's. One behind the last table of that title has lost its table.
    """
    sought = [table for table in found if table.is_sought]
    last = {_bare(table.title): table.last_page for table in sorted(sought, key=lambda each: each.last_page)}
    told: set[str] = set()
    for seen in titles:
        title = _bare(seen.text)
        is_near = any(table.first_page - 1 <= seen.page <= table.last_page for table in sought)
        if not is_near and title not in told and seen.page > last.get(title, 0):
            told.add(title)
            reason = _LEFT_EMPTY if seen.is_empty else _NO_TABLE_BELOW
            yield TableShown(
                seen.page, seen.page, seen.text, None, reason, is_sought=True, is_empty=seen.is_empty
            )


def _bare(title: str) -> str:
    """Leave out what a page of contents adds or leaves out: numbers, years, blanks."""
    return _NUMBERS_AND_YEARS.sub("", "".join(title.split()))

"""Totals over many files: which forms their tables were taken for, and which were not understood."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.parse.explained import DocumentShown, TableShown
from shared.contracts.errors import DocumentRejected


@dataclass(frozen=True, slots=True)
class FileEnd:
    """How reading a file ended."""

    name: str
    path: Path
    outcome: DocumentShown | DocumentRejected


@dataclass(frozen=True, slots=True)
class FormTotal:
    """What was read of one form."""

    form: str
    tables: int
    projects: int
    indicators: int
    files: int


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A table that was sought and not read; ``heads`` are the words of the row most like a header."""

    file: str
    page: int
    title: str
    reason: str
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormsSummary:
    """``files`` counts how files ended: ``read``, ``no_table``, ``waiting_for_ocr``, or why refused."""

    files: dict[str, int]
    pages: int
    forms: tuple[FormTotal, ...]
    reasons: dict[str, int]
    not_understood: tuple[NotUnderstood, ...]
    rejected: dict[str, str]


def summarise(ends: Sequence[FileEnd]) -> FormsSummary:
    """Count every file once by how it ended, and every table that was sought by its form or reason."""
    shown = [(end.name, end.outcome) for end in ends if isinstance(end.outcome, DocumentShown)]
    missed = [missed for name, document in shown for missed in _not_understood(name, document)]
    refused = {end.name: end.outcome.code for end in ends if isinstance(end.outcome, DocumentRejected)}
    return FormsSummary(
        files=_counted(_state(end) for end in ends),
        pages=sum(document.pages for _, document in shown),
        forms=_form_totals([(name, table) for name, document in shown for table in document.tables]),
        reasons=_counted(each.reason for each in missed),
        not_understood=tuple(missed),
        rejected=refused,
    )


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(Counter(words).most_common())


def _state(end: FileEnd) -> str:
    if isinstance(end.outcome, DocumentRejected):
        return end.outcome.code
    if any(table.form for table in end.outcome.tables):
        return "read"
    return "waiting_for_ocr" if "waiting_for_ocr" in end.outcome.findings else "no_table"


def _not_understood(name: str, document: DocumentShown) -> Iterable[NotUnderstood]:
    for table in document.tables:
        if table.is_sought and table.form is None and not table.is_empty:
            heads = tuple(head.printed for head in table.columns)
            yield NotUnderstood(name, table.first_page, table.title, table.reason, heads)


def _form_totals(tables: Sequence[tuple[str, TableShown]]) -> tuple[FormTotal, ...]:
    by_form: dict[str, list[tuple[str, TableShown]]] = {}
    for name, table in tables:
        if table.form:
            by_form.setdefault(table.form, []).append((name, table))
    return tuple(
        FormTotal(
            form=form,
            tables=len(read),
            projects=sum(table.projects for _, table in read),
            indicators=sum(table.indicators for _, table in read),
            files=len({name for name, _ in read}),
        )
        for form, read in sorted(by_form.items(), key=lambda item: -len(item[1]))
    )

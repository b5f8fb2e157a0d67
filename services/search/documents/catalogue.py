"""What each document is and what was noticed in it, in short: for overviews that search cannot give."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from struct import Struct
from threading import Lock
from typing import Final

from shared.contracts.artifacts import READING, ObjectStore
from shared.contracts.ledger import GONE, DocumentEntry, Ledger
from shared.contracts.records import Document, DocumentKind, Finding, PageBox, Project, Severity, Table, Total
from shared.search.office import read_office

LOOK_SECONDS: Final = 1.5
_READ: Final = frozenset({"parsed", "indexed", "no_records", "waiting_for_ocr"})


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A ``Finding`` in a third of the memory: an archive has hundreds of thousands."""

    code: str
    severity: Severity
    message: str
    page: int | None
    expected: str | None
    found: str | None
    project: str | None
    record_id: str | None
    box: bytes | None

    @classmethod
    def of(cls, finding: Finding) -> "KeptFinding":
        """Keep a finding; texts that many findings share are kept once."""
        return cls(
            code=sys.intern(finding.code),
            severity=finding.severity,
            message=finding.message,
            page=finding.page,
            expected=finding.expected,
            found=finding.found,
            project=finding.project and sys.intern(finding.project),
            record_id=finding.record_id,
            box=_BOX.pack(*_key(finding.box)) if finding.box else None,
        )

    def whole(self) -> Finding:
        """Give the finding back."""
        told = {name: getattr(self, name) for name in _TOLD}
        return Finding(**told, box=_box(self.box) if self.box else None)


_BOX: Final = Struct("<I4d")
_TOLD: Final = ("code", "severity", "message", "page", "expected", "found", "project", "record_id")


def _box(packed: bytes) -> PageBox:
    page, x0, top, x1, bottom = _BOX.unpack(packed)
    return PageBox(page=page, x0=x0, top=top, x1=x1, bottom=bottom)


@dataclass(frozen=True, slots=True)
class Noticed:
    """
    A finding with its place among the document's findings, and the row that it is about.

    ``gap`` is what a total lacks (or, below zero, has too much) in ``unit``.
    """

    number: int
    finding: KeptFinding
    row: str | None
    unit: str | None
    gap: Decimal | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A document in short."""

    department: str | None
    province: str | None
    city: str | None
    district: str | None
    year: int | None
    kind: DocumentKind
    title: str | None
    units: tuple[str, ...]
    projects: int
    noticed: tuple[Noticed, ...]

    @property
    def office(self) -> str | None:
        """The department without the code that some print before it."""
        return read_office(self.department).name if self.department else None


@dataclass(frozen=True, slots=True)
class Listed:
    """What became of a document, and its summary where it was read."""

    entry: DocumentEntry
    summary: Summary | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All documents; ``unseen`` have been read, but nobody has looked at their readings yet."""

    documents: tuple[Listed, ...]
    unseen: int


class Catalogue:
    """
    Summaries of all readings, each kept until the ledger says that its document changed.

    A look takes ``LOOK_SECONDS`` at most: after a start the readings of a large archive are gone
    through over several looks, and what is missing is told.
    """

    def __init__(self, ledger: Ledger, store: ObjectStore, *, look_seconds: float = LOOK_SECONDS) -> None:
        self._ledger = ledger
        self._store = store
        self._look_seconds = look_seconds
        self._kept: dict[str, tuple[datetime, Summary | None]] = {}
        self._lock = Lock()

    def look(self) -> Overview:
        """Say what is known now."""
        entries = [entry for entry in self._ledger.documents() if entry.state not in GONE]
        with self._lock:
            self._forget_all_but({entry.document_id for entry in entries})
            self._refresh(entries)
            return Overview(
                tuple(Listed(entry, self._known(entry)) for entry in entries),
                sum(self._is_stale(entry) for entry in entries),
            )

    def _refresh(self, entries: list[DocumentEntry]) -> None:
        deadline = time.monotonic() + self._look_seconds
        for entry in filter(self._is_stale, entries):
            self._kept[entry.document_id] = entry.changed_at, self._summary(entry.document_id)
            if time.monotonic() > deadline:
                return

    def _is_stale(self, entry: DocumentEntry) -> bool:
        kept = self._kept.get(entry.document_id)
        return entry.state in _READ and (kept is None or kept[0] != entry.changed_at)

    def _known(self, entry: DocumentEntry) -> Summary | None:
        kept = self._kept.get(entry.document_id)
        return kept[1] if kept else None

    def _summary(self, document_id: str) -> Summary | None:
        try:
            return summarise(READING.load(self._store, document_id))
        except KeyError:
            return None

    def _forget_all_but(self, present: set[str]) -> None:
        for document_id in self._kept.keys() - present:
            del self._kept[document_id]


def summarise(document: Document) -> Summary:
    """Put a document in short."""
    units = (project.budget_unit for table in document.tables for project in table.projects)
    titles = (table.title for table in document.tables if table.title)
    return Summary(
        department=document.department,
        province=document.province,
        city=document.city,
        district=document.district,
        year=document.fiscal_year,
        kind=document.kind,
        title=next(titles, None),
        units=tuple(dict.fromkeys(unit for unit in units if unit)),
        projects=sum(len(table.projects) for table in document.tables),
        noticed=tuple(_noticed(document)),
    )


def _noticed(document: Document) -> Iterator[Noticed]:
    rows = {box: name for table in document.tables for box, name in _rows(table)}
    for number, finding in enumerate(document.findings):
        named = finding.project or (rows.get(_key(finding.box)) if finding.box else None)
        yield Noticed(
            number,
            KeptFinding.of(finding),
            named and sys.intern(named),
            _amount_unit(document, finding),
            _gap(finding),
        )


_Key = tuple[int, float, float, float, float]


def _rows(table: Table) -> Iterator[tuple[_Key, str]]:
    rows: tuple[Total | Project, ...] = (*table.totals, *table.projects)
    for row in rows:
        for boxes in row.boxes.values():
            yield from ((_key(box), row.name) for box in boxes)


def _key(box: PageBox) -> _Key:
    return box.page, box.x0, box.top, box.x1, box.bottom


def _amount_unit(document: Document, finding: Finding) -> str | None:
    """Name the unit of the table that a sum stands in."""
    if not finding.code.startswith(("sum_", "rows_")) or finding.page is None:
        return None
    for table in document.tables:
        if table.pages.first <= finding.page <= table.pages.last:
            return table.amount_unit
    return None


def _gap(finding: Finding) -> Decimal | None:
    if not finding.code.startswith(("sum_", "rows_")):
        return None
    try:
        return Decimal(finding.expected or "") - Decimal(finding.found or "")
    except InvalidOperation:
        return None

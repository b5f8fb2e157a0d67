"""What two readings of a document are compared by: the document, its projects and its records."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

from shared.contracts.flattening import records_of
from shared.contracts.records import Document, Model, Record, Target

Kind = Literal["document", "project", "record"]

_DOCUMENT: Final = ("province", "city", "district", "fiscal_year", "fiscal_year_basis", "kind")
_PROJECT: Final = (
    *("form", "title", "scope", "department", "budget_unit", "project_code", "goal"),
    "amounts",
)
_NOT_COMPARED: Final = frozenset(
    {"record_id", "document_id", "file_name", "parser_version", "project", "boxes", "page", "findings"}
)
_RECORD: Final = tuple(
    name
    for name in Record.model_fields
    if name not in _NOT_COMPARED and name not in _DOCUMENT and name not in _PROJECT
)


@dataclass(frozen=True, slots=True)
class Item:
    """
    One thing that was read: ``key`` finds it again in another reading, ``label`` names it.

    ``fields`` are what it says, as text; a field that is not printed is absent.
    """

    kind: Kind
    key: str
    label: str
    page: int | None
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One reading of one document."""

    document_id: str
    file_name: str
    parser_version: str
    items: tuple[Item, ...]


def of_document(document: Document) -> ReadDocument:
    """Take a whole document apart; projects without indicators are among its items."""
    records = list(records_of(document))
    projects = _keyed([*_projects_of(document)])
    return ReadDocument(
        document.document_id,
        document.file_name,
        document.parser_version,
        (_document_item(document, document.findings), *projects, *_keyed(map(_record_item, records))),
    )


def of_records(records: Sequence[Record]) -> ReadDocument:
    """Take the records of one document apart as ``export`` writes them, with their project's fields."""
    first = records[0]
    runs = groupby(records, key=lambda record: (record.title, record.project, record.project_code))
    projects = [
        _project_item(record, record.project, record.page) for record in (next(run) for _, run in runs)
    ]
    return ReadDocument(
        first.document_id,
        first.file_name,
        first.parser_version,
        (_document_item(first, ()), *_keyed(projects), *_keyed(map(_record_item, records))),
    )


def _document_item(model: Model, findings: Iterable[Model]) -> Item:
    counts = Counter(str(getattr(finding, "code", "")) for finding in findings)
    noted = {f"findings.{code}": str(count) for code, count in sorted(counts.items())}
    return Item("document", "document", "", None, {**_fields(model, _DOCUMENT), **noted})


def _projects_of(document: Document) -> Iterator[Item]:
    for table in document.tables:
        for project in table.projects:
            fields = {
                **_fields(table, ("form", "title", "scope", "department")),
                **_fields(project, ("budget_unit", "department", "goal", "goal_period", "amounts")),
                **_fields(project, ("type", "start", "end")),
                **({"project_code": project.code} if project.code else {}),
            }
            yield Item("project", project.name, project.name, project.page, fields)


def _project_item(record: Record, name: str, page: int) -> Item:
    return Item("project", name, name, page, _fields(record, _PROJECT))


def _record_item(record: Record) -> Item:
    findings = {"findings": " ".join(record.findings)} if record.findings else {}
    fields = {**_fields(record, _RECORD), **findings, "project": record.project}
    return Item("record", record.record_id, f"{record.project} › {record.name}", record.page, fields)


def _keyed(items: Iterable[Item]) -> Iterator[Item]:
    """Number those of one key: two projects may bear the same name."""
    seen: Counter[str] = Counter()
    for item in items:
        seen[item.key] += 1
        yield Item(item.kind, f"{item.key} {seen[item.key]}", item.label, item.page, item.fields)


def _fields(model: Model, names: Iterable[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name in names:
        fields.update(_texts(name, getattr(model, name)))
    return fields


def _texts(name: str, value: object) -> dict[str, str]:
    if value is None:
        return {}
    if isinstance(value, Target):
        return {name: value.text, **_promises(name, value)}
    if isinstance(value, Model):
        return {f"{name}.{part}": str(each) for part, each in value if each is not None}
    return {name: str(value)}


def _promises(name: str, target: Target) -> dict[str, str]:
    bounds = "；".join(
        " ".join(filter(None, (bound.operator, bound.lower, bound.upper, bound.unit)))
        for bound in target.bounds
    )
    read = {"bounds": bounds, "date": target.date or "", "operator": target.operator_printed or ""}
    return {f"{name}.{part}": text for part, text in read.items() if text}

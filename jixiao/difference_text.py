"""Differences as a person or a program reads them."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final, TextIO

from jixiao.differences import DifferenceSum, DocumentDifference, FieldChange
from shared.export.cells import safe_cell
from shared.export.formats import BYTE_ORDER_MARK

_KINDS: Final = {"document": "文件 document", "project": "项目 project", "record": "指标 indicator"}
_SIGNS: Final = {"added": "+", "lost": "-", "changed": "~"}
_WHATS: Final = {"added": "新增 added", "lost": "失去 lost", "changed": "改变 changed"}
_LONGEST: Final = 60


def describe_difference(difference: DocumentDifference) -> Iterator[str]:
    """Describe one document that changed."""
    versions = f"{difference.old_version or '—'} → {difference.new_version or '—'}"
    yield f"{difference.file_name}  {difference.document_id[:12]}  {versions}"
    for change in difference.changes:
        page = f"第 {change.page} 页 " if change.page else ""
        told = f"  {_SIGNS[change.what]} {page}{_KINDS[change.kind]} {change.label}"
        if change.field:
            told += f"  {change.field}: {_short(change.old)} → {_short(change.new)}"
        yield told


def describe_sum(total: DifferenceSum) -> Iterator[str]:
    """Describe totals by field."""
    yield f"文件 documents {total.documents}，有变化 changed {total.documents_changed}"
    for name, count in total.items.items():
        kind, _, what = name.partition(" ")
        yield f"  {count:>7}  {_KINDS[kind]} {_WHATS[what]}"
    for name, count in total.fields.items():
        kind, _, field = name.partition(" ")
        yield f"  {count:>7}  {_KINDS[kind]} {field}"


def _short(text: str | None) -> str:
    if text is None:
        return "（空 none）"
    return f"“{text}”" if len(text) <= _LONGEST else f"“{text[:_LONGEST]}…”（{len(text)} 字）"


def as_json(differences: Sequence[DocumentDifference], total: DifferenceSum) -> str:
    """Give one object: what changed in each document, and the totals."""
    changed = [asdict(each) for each in differences if each.changes]
    return json.dumps({"documents": changed, "sum": asdict(total)}, ensure_ascii=False)


def write_csv(differences: Sequence[DocumentDifference], target: TextIO) -> None:
    """Write a row for each change, for a spreadsheet."""
    target.write(BYTE_ORDER_MARK)
    rows = csv.writer(target)
    fields = tuple(FieldChange.__dataclass_fields__)
    rows.writerow(("document_id", "file_name", "old_version", "new_version", *fields))
    for each in differences:
        head = (each.document_id, each.file_name, each.old_version, each.new_version)
        for change in each.changes:
            cells = (*head, *(getattr(change, field) for field in fields))
            rows.writerow([safe_cell("" if cell is None else str(cell)) for cell in cells])

"""What two readings of the same documents have that the other has not, field by field."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from jixiao.items import Item, Kind, ReadDocument

What = Literal["added", "lost", "changed"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field with its old and new text; ``field`` is empty where the whole item was added or lost."""

    kind: Kind
    what: What
    label: str
    page: int | None
    field: str = ""
    old: str | None = None
    new: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentDifference:
    """What changed in one document; a version is None where the document is on the other side only."""

    document_id: str
    file_name: str
    old_version: str | None
    new_version: str | None
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class DifferenceSum:
    """Totals: ``items`` counts whole items (``record added``), ``fields`` changes of each field."""

    documents: int
    documents_changed: int
    items: dict[str, int]
    fields: dict[str, int]


def compare(old: ReadDocument | None, new: ReadDocument | None) -> DocumentDifference:
    """
    Compare two readings of one document.

    Items are the same when their keys are; those left over when they stand on the same page
    under the same name, or bear the same name: a record's id follows from its place, and a
    better reader may find it a little elsewhere.
    """
    some = new or old
    if some is None:
        raise ValueError("nothing to compare")
    before, after = old.items if old else (), new.items if new else ()
    return DocumentDifference(
        document_id=some.document_id,
        file_name=some.file_name,
        old_version=old.parser_version if old else None,
        new_version=new.parser_version if new else None,
        changes=tuple(_changes(before, after)),
    )


def sum_up(differences: Iterable[DocumentDifference]) -> DifferenceSum:
    """Count what changed over all documents."""
    documents = changed = 0
    items: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    for difference in differences:
        documents += 1
        changed += bool(difference.changes)
        items.update(f"{each.kind} {each.what}" for each in difference.changes if not each.field)
        fields.update(f"{each.kind} {each.field}" for each in difference.changes if each.field)
    return DifferenceSum(documents, changed, dict(sorted(items.items())), dict(fields.most_common()))


def _changes(old: Sequence[Item], new: Sequence[Item]) -> Iterator[FieldChange]:
    pairs, lost, added = _pair(old, new)
    for before, after in pairs:
        yield from _field_changes(before, after)
    yield from (FieldChange(item.kind, "lost", item.label, item.page) for item in lost)
    yield from (FieldChange(item.kind, "added", item.label, item.page) for item in added)


_KEYS: tuple[Callable[[Item], Hashable], ...] = (
    lambda item: (item.kind, item.key),
    lambda item: (item.kind, item.page, item.label),
    lambda item: (item.kind, item.label),
)


def _pair(old: Sequence[Item], new: Sequence[Item]) -> tuple[list[tuple[Item, Item]], list[Item], list[Item]]:
    pairs: list[tuple[Item, Item]] = []
    left, right = list(old), list(new)
    for key_of in _KEYS:
        waiting: dict[Hashable, list[Item]] = {}
        for item in left:
            waiting.setdefault(key_of(item), []).append(item)
        rest: list[Item] = []
        for item in right:
            found = waiting.get(key_of(item))
            if found:
                pairs.append((found.pop(0), item))
            else:
                rest.append(item)
        left = [item for items in waiting.values() for item in items]
        right = rest
    return pairs, left, right


def _field_changes(before: Item, after: Item) -> Iterator[FieldChange]:
    for field in dict.fromkeys([*before.fields, *after.fields]):
        old, new = before.fields.get(field), after.fields.get(field)
        if old != new:
            yield FieldChange(after.kind, "changed", after.label, after.page, field, old, new)

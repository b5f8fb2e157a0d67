"""
A record as a search index holds it, the same for every engine.

All folding, fencing and packing is done here, in shared code: an engine only compares characters
and integers, and so two engines cannot disagree.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zlib import crc32

from shared.contracts.records import Record, Target
from shared.search.normalise import normalise
from shared.search.packing import promised, sortable
from shared.search.promise import Promise
from shared.search.signs import FIELD_ENDS
from shared.values.numbers import scaled
from shared.values.operators import PREFIX_PATTERN
from shared.values.spelling import fold

KNOWN_YEAR: Final = 1 << 55
"""A ``rank`` key from here on has a year."""
KNOWN_VALUE: Final = 1 << 62
"""An amount or target key from here on has a value."""

_FIRST_YEAR: Final = 1900
_TIE_BITS: Final = 20
_LARGEST: Final = (1 << 62) - 1
_PERCENT: Final = 100 * 10**4
_LABEL_ENDS: Final = re.compile(rf"{PREFIX_PATTERN}|[0-9]")


@dataclass(frozen=True, slots=True)
class Entry:
    """
    Normalised texts, facets, numbers and sort keys of one record.

    Texts are lists of values, ``␟value␟value␟``, so that no match crosses from one to the next:
    ``head`` (place, department, project) and ``body`` (levels, name with target) together are the
    ``text`` that words are looked for in, before ``goal`` and ``remarks``. A sort key is unique
    but for rare ties, which ``record_id`` breaks.
    """

    record_id: str
    document_id: str
    head: str
    body: str
    name: str
    project: str
    goal: str
    remarks: str
    facets: dict[str, tuple[str, ...]]
    target: tuple[str, ...]
    numbers: dict[str, tuple[int, ...]]
    rank: int
    by_amount: int
    by_target: int

    @property
    def text(self) -> str:
        """All short texts of the record."""
        return self.head + self.body


def entry_of(record: Record) -> Entry:
    """Make the entry of a record."""
    target = promised_target(record)
    promises = [promised(bound) for bound in target.bounds] if target else []
    amount = record.amounts.total_yuan
    tie = crc32(record.record_id.encode()) & ((1 << _TIE_BITS) - 1)
    return Entry(
        record_id=record.record_id,
        document_id=record.document_id,
        head=_head(
            record.province,
            record.city,
            record.district,
            record.department,
            record.budget_unit,
            record.project,
        ),
        body=_body(record, target),
        name=_values((record.name, *_labels(target))),
        project=_values((record.project,)),
        goal=_values((record.goal,)),
        remarks=_values((record.explanation, record.scoring, record.note, record.deviation)),
        facets=_facets(record, promises),
        target=tuple(dict.fromkeys(word for promise in promises for word in promise.words)),
        numbers=_numbers(record, promises),
        rank=_rank(record.fiscal_year, amount) << _TIE_BITS | tie,
        by_amount=_value_key(None if amount is None else float(amount)) << _TIE_BITS | tie,
        by_target=_value_key(_first_figure(target)) << _TIE_BITS | tie,
    )


def promised_target(record: Record) -> Target | None:
    """The target that conditions look at: the year's, or the whole period's where no other is printed."""
    return record.annual_target or record.period_target


@lru_cache(maxsize=16_384)
def _values(texts: tuple[str | None, ...]) -> str:
    normal = [normalise(text) for text in texts if text]
    return FIELD_ENDS.join(("", *normal, "")) if normal else ""


def _head(*texts: str | None) -> str:
    return _values(texts) or FIELD_ENDS


def _body(record: Record, target: Target | None) -> str:
    """
    Name and target stand side by side, as in the printed row: as printed and as usually written.

    Words find what is printed: inferred levels are facets and fields of the query language only.
    """
    name = normalise(record.name)
    spellings = [target.text, target.display] if target else [""]
    values = [
        _values((record.level1, record.level2))[1:],
        *(f"{name}{value}{FIELD_ENDS}" for value in dict.fromkeys(map(normalise, spellings))),
        *_other_values(record, target),
    ]
    return "".join(values)


def _other_values(record: Record, target: Target | None) -> Iterator[str]:
    for other in (record.period_target, record.actual):
        if other is not None and other is not target and other.text:
            yield f"{normalise(other.text)}{FIELD_ENDS}"


def _labels(target: Target | None) -> Iterator[str]:
    """The words before a promise inside its cell, as in 参训人员满意度95%: they name it, too."""
    for bound in target.bounds if target else ():
        label = _LABEL_ENDS.split(fold(bound.part or ""), maxsplit=1)[0]
        if bound.part and label.strip():
            yield bound.part[: len(label)]


def _facets(record: Record, promises: list[Promise]) -> dict[str, tuple[str, ...]]:
    single = {
        "province": record.province,
        "city": record.city,
        "district": record.district,
        "department": record.department,
        "budget_unit": record.budget_unit,
        "year": None if record.fiscal_year is None else str(record.fiscal_year),
        "form": record.form,
        "level1": record.level1_inferred,
        "level2": record.level2_inferred,
    }
    facets: dict[str, tuple[str, ...]] = {name: (value,) for name, value in single.items() if value}
    facets["operator"] = _distinct(promise.words[0].partition(" ")[0] for promise in promises)
    facets["unit"] = _distinct(promise.unit for promise in promises)
    facets["findings"] = _distinct(record.findings)
    return facets


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _numbers(record: Record, promises: list[Promise]) -> dict[str, tuple[int, ...]]:
    implying = [promise for promise in promises if not _is_misread_satisfaction(record.name, promise)]
    amount = record.amounts.total_yuan
    return {
        "fiscal_year": () if record.fiscal_year is None else (record.fiscal_year,),
        "page": (record.page,),
        "amount": () if amount is None else (_clipped(scaled(amount, 2)),),
        "lower": tuple(promise.lower for promise in implying if promise.lower is not None),
        "upper": tuple(promise.upper for promise in implying if promise.upper is not None),
        "unit_lower": tuple(promise.unit_lower for promise in implying if promise.unit_lower is not None),
        "unit_upper": tuple(promise.unit_upper for promise in implying if promise.unit_upper is not None),
    }


def _is_misread_satisfaction(name: str, promise: Promise) -> bool:
    """Nobody is satisfied to 950 %: the figure is a slip of the press, and implies nothing."""
    return promise.unit == "%" and "满意" in name and (promise.lower or 0) > _PERCENT


def _rank(year: int | None, amount: str | None) -> int:
    recency = 0 if year is None else min(max(year - _FIRST_YEAR, 1), 255)
    size = 0 if amount is None else 1 << 34 | sortable(float(amount), 34)
    return recency << 35 | size


def _value_key(value: float | None) -> int:
    return 0 if value is None else 1 << 42 | sortable(value, 42)


def _first_figure(target: Target | None) -> float | None:
    for bound in target.bounds if target else ():
        figure = bound.lower if bound.lower is not None else bound.upper
        if figure is not None:
            return float(figure)
    return None


def _clipped(value: int) -> int:
    return min(max(value, -_LARGEST), _LARGEST)

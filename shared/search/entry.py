"""
A record as a search index holds it, the same for every engine.

All folding, fencing and packing is done here, in shared code: an engine only compares characters
and integers, and so two engines cannot disagree.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple
from zlib import crc32

from shared.contracts.records import Record, Target
from shared.contracts.search import MAY_BE_UNSTATED, UNSTATED
from shared.search.classes import classes_of
from shared.search.identity import identity_of_project, record_identity
from shared.search.normalise import normalise
from shared.search.office import read_office
from shared.search.packing import sortable
from shared.search.places import path_of
from shared.search.signs import FIELD_ENDS
from shared.search.target_terms import VALUE_BITS, TargetTerms, distinct, target_terms, value_key
from shared.values.numbers import scaled

_FIRST_YEAR: Final = 1900
_TIE_BITS: Final = 20
_SIZE_BITS: Final = 34
_TIE_MASK: Final = (1 << _TIE_BITS) - 1
_LARGEST: Final = (1 << 62) - 1

_UNSTATED: Final = dict.fromkeys(MAY_BE_UNSTATED, (UNSTATED,))

LONGEST_KEYWORD: Final = 200
"""Names longer than this are told apart by their beginnings only where answers are grouped by them."""

KNOWN_YEAR: Final = 1 << (_TIE_BITS + _SIZE_BITS + 1)
"""A ``rank`` key from here on has a year."""
KNOWN_VALUE: Final = 1 << (_TIE_BITS + VALUE_BITS)
"""An amount or target key from here on has a value."""


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
    terms = target_terms(target, satisfaction="满意" in record.name)
    shared = _shared_by(_project_of(record))
    tie = crc32(record.record_id.encode()) & _TIE_MASK
    return Entry(
        record_id=record.record_id,
        document_id=record.document_id,
        head=shared.head,
        body=_body(record, target),
        name=_values((record.name, *terms.labels)),
        project=shared.project,
        goal=shared.goal,
        remarks=_values((record.explanation, record.scoring, record.note, record.deviation)),
        facets=_facets(record, shared.facets, terms),
        target=terms.words,
        numbers={**terms.numbers, **shared.numbers, "page": (record.page,)},
        rank=shared.rank | tie,
        by_amount=shared.by_amount | tie,
        by_target=terms.figure << _TIE_BITS | tie,
    )


def promised_target(record: Record) -> Target | None:
    """The target that conditions look at: the year's, or the whole period's where no other is printed."""
    return record.annual_target or record.period_target


class _Project(NamedTuple):
    """What is printed of a project: the same for all its indicators, which follow each other."""

    document_id: str
    place: tuple[str | None, str | None, str | None, str | None, str | None]
    year: int | None
    kind: str
    form: str
    name: str
    goal: str | None
    yuan: str | None


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the entries of a project have in common; sort keys still lack what breaks ties."""

    head: str
    project: str
    goal: str
    facets: dict[str, tuple[str, ...]]
    numbers: dict[str, tuple[int, ...]]
    rank: int
    by_amount: int


def _project_of(record: Record) -> _Project:
    return _Project(
        record.document_id,
        (record.province, record.city, record.district, record.department, record.budget_unit),
        record.fiscal_year,
        record.kind,
        record.form,
        record.project,
        record.goal,
        record.amounts.total_yuan,
    )


@lru_cache(maxsize=256)
def _shared_by(project: _Project) -> _Shared:
    amount, year = _amount(project.yuan), project.year
    return _Shared(
        head=_values((*project.place, project.name)) or FIELD_ENDS,
        project=_values((project.name,)),
        goal=_values((project.goal,)),
        facets=_shared_facets(project),
        numbers={"fiscal_year": () if year is None else (year,), "amount": amount.hundredths},
        rank=(_recency(year) << (_SIZE_BITS + 1) | amount.size) << _TIE_BITS,
        by_amount=amount.key << _TIE_BITS,
    )


def _shared_facets(project: _Project) -> dict[str, tuple[str, ...]]:
    spender = project.place[4] or project.place[3] or project.document_id
    single = {
        "year": None if project.year is None else str(project.year),
        "kind": project.kind,
        "form": project.form,
        "document_id": project.document_id,
        "project_id": identity_of_project(spender, project.name, project.year),
        "project_name": project.name[:LONGEST_KEYWORD],
    }
    return {name: (value,) for name, value in single.items() if value} | _places(*project.place)


@lru_cache(maxsize=16_384)
def _values(texts: tuple[str | None, ...]) -> str:
    normal = [normalise(text) for text in texts if text]
    return FIELD_ENDS.join(("", *normal, "")) if normal else ""


_normalised = lru_cache(maxsize=65_536)(normalise)


def _body(record: Record, target: Target | None) -> str:
    """
    Name and target stand side by side, as in the printed row: as printed and as usually written.

    Words find what is printed: inferred levels are facets and fields of the query language only.
    """
    name = _normalised(record.name)
    spellings = dict.fromkeys((target.text, target.display) if target else ("",))
    values = [
        _values((record.level1, record.level2))[1:],
        *(f"{name}{value}{FIELD_ENDS}" for value in dict.fromkeys(map(_normalised, spellings))),
        *_other_values(record, target),
    ]
    return "".join(values)


def _other_values(record: Record, target: Target | None) -> Iterator[str]:
    for other in (record.period_target, record.actual):
        if other is not None and other is not target and other.text:
            yield f"{_normalised(other.text)}{FIELD_ENDS}"


def _facets(
    record: Record, shared: dict[str, tuple[str, ...]], terms: TargetTerms
) -> dict[str, tuple[str, ...]]:
    single = {
        "level1": record.level1_inferred,
        "level2": record.level2_inferred,
        "level1_printed": record.level1,
        "level2_printed": record.level2,
        **classes_of(record),
        "same_id": record_identity(record),
        "indicator": record.name[:LONGEST_KEYWORD],
    }
    own = {name: (value,) for name, value in single.items() if value}
    several = {"operator": terms.operators, "unit": terms.units, "findings": distinct(record.findings)}
    return {**_UNSTATED, **shared, **own, **several}


# All records of a document are of few places.
@lru_cache(maxsize=4096)
def _places(
    province: str | None, city: str | None, district: str | None, department: str | None, unit: str | None
) -> dict[str, tuple[str, ...]]:
    """Offices by name, so that one that is printed with and without its code is one."""
    offices = [read_office(printed) if printed else None for printed in (department, unit)]
    names = [province, city, district, *(office.name if office else None for office in offices)]
    places = dict(zip(("province", "city", "district", "department", "budget_unit"), names, strict=True))
    known = {name: (value,) for name, value in (places | {"place": path_of(names)}).items() if value}
    return known | {"code": distinct(office.code for office in offices if office)}


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount of 元 in hundredths, as part of a rank, and as a sort key; 0 and nothing where unknown."""

    hundredths: tuple[int, ...]
    size: int
    key: int


@lru_cache(maxsize=16_384)
def _amount(yuan: str | None) -> _Amount:
    if yuan is None:
        return _Amount((), 0, 0)
    hundredths = min(max(scaled(yuan, 2), -_LARGEST), _LARGEST)
    return _Amount((hundredths,), 1 << _SIZE_BITS | sortable(float(yuan), _SIZE_BITS), value_key(yuan))


def _recency(year: int | None) -> int:
    return 0 if year is None else min(max(year - _FIRST_YEAR, 1), 255)

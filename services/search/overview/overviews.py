"""Overviews of the archive: findings by code and amount, documents by place, year and state."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from services.search.documents.catalogue import Listed, Noticed
from shared.contracts.search import UNSTATED
from shared.values.amounts import to_yuan

_SEVERITIES: Final = {"error": 0, "doubt": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Row:
    """A finding and the document that it was made in."""

    listed: Listed
    noticed: Noticed

    @property
    def paper(self) -> str:
        """Where the finding is shown on its page."""
        place = f"/documents/{self.listed.entry.document_id}"
        page = self.noticed.finding.page
        return f"{place}/pages/{page}?finding={self.noticed.number}#cell" if page else place

    @property
    def yuan(self) -> Decimal:
        """How much is missing or too much, for sorting; in 元 where the unit is known."""
        gap = self.noticed.gap
        if gap is None:
            return Decimal(-1)
        in_yuan = to_yuan(str(abs(gap)), self.noticed.unit) if self.noticed.unit else None
        return Decimal(in_yuan) if in_yuan is not None else abs(gap)


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to narrow an overview by."""

    value: str
    count: int
    chosen: bool
    href: str


Reader = Callable[[Listed], str | None]

PLACES: Final[Mapping[str, Reader]] = {
    "state": lambda listed: listed.entry.state,
    "city": lambda listed: listed.summary.city if listed.summary else None,
    "district": lambda listed: listed.summary.district if listed.summary else None,
    "department": lambda listed: listed.summary.office if listed.summary else None,
    "year": lambda listed: str(listed.summary.year) if listed.summary and listed.summary.year else None,
    "kind": lambda listed: listed.summary.kind if listed.summary else None,
}
UNKNOWN: Final = UNSTATED
"""The value of a filter that asks for documents which do not say."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What an overview is narrowed to, as it stands in the address."""

    path: str
    chosen: Mapping[str, str] = field(default_factory=dict)

    def href(self, **changes: str) -> str:
        """Write the address with some choices changed; an empty value gives the choice up."""
        wanted = {name: value for name, value in {**self.chosen, **changes}.items() if value}
        return f"{self.path}?{urlencode(wanted)}" if wanted else self.path

    def admits(self, listed: Listed, *, but: str = "") -> bool:
        """Say whether a document passes all choices, one of them lifted."""
        words = self.chosen.get("name", "").casefold()
        return words in listed.entry.file_name.casefold() and all(
            (read(listed) or UNKNOWN) == self.chosen[name]
            for name, read in PLACES.items()
            if name != but and self.chosen.get(name)
        )


def read_narrowing(path: str, parameters: QueryParams, *, names: Iterable[str] = ()) -> Narrowing:
    """Read what an overview is narrowed to; what is not known is left out."""
    known = (*PLACES, "name", *names)
    return Narrowing(path, {name: parameters[name][:200] for name in known if parameters.get(name)})


def choices(listed: Sequence[Listed], narrowing: Narrowing) -> dict[str, list[Choice]]:
    """Count the documents by each way of narrowing, its own choice lifted."""
    return {
        name: _choices(
            narrowing,
            name,
            Counter(read(one) or UNKNOWN for one in listed if narrowing.admits(one, but=name)),
        )
        for name, read in PLACES.items()
    }


def _choices(narrowing: Narrowing, name: str, counts: Counter[str]) -> list[Choice]:
    chosen = narrowing.chosen.get(name)
    values = sorted(counts, key=lambda value: (value == UNKNOWN, -counts[value], value))
    if chosen and chosen not in counts:
        values.insert(0, chosen)
    return [
        Choice(
            value, counts[value], value == chosen, narrowing.href(**{name: "" if value == chosen else value})
        )
        for value in values
    ]


def finding_rows(listed: Iterable[Listed], narrowing: Narrowing) -> Iterator[Row]:
    """List the findings of the documents that pass."""
    for one in listed:
        if one.summary and narrowing.admits(one):
            yield from (Row(one, noticed) for noticed in one.summary.noticed)


def code_choices(rows: Sequence[Row], narrowing: Narrowing) -> list[Choice]:
    """Count findings by code, the grave ones first."""
    severities = {row.noticed.finding.code: row.noticed.finding.severity for row in rows}
    counts = Counter(row.noticed.finding.code for row in rows)
    chosen = narrowing.chosen.get("code")
    codes = sorted(counts, key=lambda code: (_SEVERITIES[severities[code]], -counts[code], code))
    return [
        Choice(code, counts[code], code == chosen, narrowing.href(code="" if code == chosen else code))
        for code in codes
    ]


def by_weight(rows: Iterable[Row]) -> list[Row]:
    """Order findings: errors before doubts, large sums before small ones, then by document and page."""
    return sorted(
        rows,
        key=lambda row: (
            _SEVERITIES[row.noticed.finding.severity],
            -row.yuan,
            row.listed.entry.file_name,
            row.noticed.finding.page or 0,
            row.noticed.number,
        ),
    )

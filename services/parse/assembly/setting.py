"""Where and when a document belongs: department, place, fiscal year, kind."""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.contracts.records import DocumentKind, Finding, PlaceBasis, YearBasis


@dataclass(frozen=True, slots=True)
class Setting:
    """What is said of a document as a whole, printed or given by who uploaded it."""

    province: str | None = None
    city: str | None = None
    district: str | None = None
    place_basis: PlaceBasis | None = None
    department: str | None = None
    fiscal_year: int | None = None
    fiscal_year_basis: YearBasis | None = None
    kind: DocumentKind = "unknown"
    findings: tuple[Finding, ...] = ()

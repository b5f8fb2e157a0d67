"""What a query means, whatever engine answers it: a small tree of conditions on entries."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

TextField = Literal["text", "name", "project", "goal", "remarks"]
NumberField = Literal["fiscal_year", "page", "amount", "lower", "upper", "unit_lower", "unit_upper"]


@dataclass(frozen=True, slots=True)
class Everything:
    """Holds for every entry."""


@dataclass(frozen=True, slots=True)
class Contains:
    """One of the normalised ``patterns`` stands in one of the texts ``fields``."""

    fields: tuple[TextField, ...]
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Among:
    """A value of the keyword ``field`` is ``value``, or contains it in normal form unless ``whole``."""

    field: str
    value: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """A number of ``field`` lies between ``low`` and ``high``, both included; None is open."""

    field: NumberField
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Both:
    """Every part holds."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The part does not hold."""

    part: "Query"


@dataclass(frozen=True, slots=True)
class Graded:
    """
    What a person typed as one thing, with the ways to answer it from best to widest.

    Each grade holds for all that the grade before holds for; the widest says what is found,
    the narrower ones only what is shown first.
    """

    kind: Literal["word", "condition"]
    grades: tuple["Query", ...]


Query: TypeAlias = Everything | Contains | Among | Between | Both | Either | Without | Graded
"""A node of the tree. ``Graded`` is resolved (``ranking``) before an engine sees the query."""

"""What a document is known to hold, whatever the shape of its answer file."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ExpectedIndicator:
    """``fields`` has only what the answer states; None there means: nothing is printed."""

    project: str
    fields: dict[str, str | None]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class ExpectedProject:
    """
    ``goal`` is None where the answer does not state it, and empty where it is blank.

    ``name_raw`` and ``goal_raw`` are what the source prints where the answer corrects its
    look-alikes (— for 一): to read what is printed is right too, to correct it is not asked.
    """

    name: str
    budget_unit: str | None = None
    amounts: dict[str, Decimal | None] = field(default_factory=dict)
    goal: str | None = None
    name_raw: str | None = None
    goal_raw: str | None = None


@dataclass(frozen=True, slots=True)
class Truth:
    """
    The answer for one document.

    Where only counts are known, ``indicators`` holds the samples of the answer, if any, and
    ``indicator_count`` and ``project_count`` say how many there are. ``codes`` are findings
    that must be reported, each at least so many times.
    """

    document: Path
    form: str
    indicators: tuple[ExpectedIndicator, ...] = ()
    projects: tuple[ExpectedProject, ...] = ()
    indicator_count: int | None = None
    project_count: int | None = None
    codes: dict[str, int] = field(default_factory=dict)

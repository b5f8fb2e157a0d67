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
class Excerpt:
    """A long text by its beginning, its end and its length, blanks not counted."""

    begins: str
    ends: str
    length: int

    def fits(self, text: str) -> bool:
        """Say whether a text is the one it was taken from."""
        plain = "".join(text.split())
        return plain.startswith(self.begins) and plain.endswith(self.ends) and len(plain) == self.length

    def __str__(self) -> str:
        return f"{self.begins}…{self.ends} ({self.length})"


@dataclass(frozen=True, slots=True)
class ExpectedProject:
    """
    ``goal`` is None where the answer does not state it, and empty where it is blank.

    ``name_raw`` and ``goal_raw`` are what the source prints where the answer corrects its
    look-alikes (— for 一): to read what is printed is right too, to correct it is not asked.
    ``fields`` are more of the project's own, such as its code and department; ``title`` and
    ``scope`` are those of its table.
    """

    name: str
    budget_unit: str | None = None
    amounts: dict[str, Decimal | None] = field(default_factory=dict)
    goal: str | Excerpt | None = None
    name_raw: str | None = None
    goal_raw: str | None = None
    fields: dict[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Truth:
    """
    The answer for one document.

    Where only counts are known, ``indicators`` holds the samples of the answer, if any, and
    ``indicator_count`` and ``project_count`` say how many there are. ``page_counts`` say how
    many indicators begin on each page. ``codes`` are findings that must be reported, each at
    least so many times. ``origin`` is what is known of the document as a whole.
    """

    document: Path
    form: str
    indicators: tuple[ExpectedIndicator, ...] = ()
    projects: tuple[ExpectedProject, ...] = ()
    indicator_count: int | None = None
    project_count: int | None = None
    codes: dict[str, int] = field(default_factory=dict)
    origin: dict[str, str | int | None] = field(default_factory=dict)
    page_counts: dict[int, int] = field(default_factory=dict)

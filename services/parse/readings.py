"""What forms read out of grids and lines, still with the place of every character."""

from dataclasses import dataclass, field, replace

from services.parse.explanation import Explanation
from services.parse.passage import Passage
from shared.contracts.records import Finding, Scope, Severity


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding in the making: what was noticed while reading, and where."""

    code: str
    severity: Severity
    message: str
    place: Passage = Passage()
    expected: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True)
class IndicatorReading:
    """
    One indicator as printed.

    ``fields`` has passages under the record's field names (``name``, ``level1``, ``level2``,
    ``level1_code``, ``level2_code``, ``annual_target``, ``period_target``, ``actual``,
    ``explanation``, ``scoring``, ``weight``, ``core``, ``note``, ``score``, ``deviation``,
    ``sequence_printed``) and, where a form prints them in columns of their own,
    ``annual_operator``, ``annual_unit`` (likewise ``period_…``, ``actual_…``).
    A field that the form does not print is absent; a blank cell is an empty passage.
    ``level1_merged`` and ``level2_merged`` are the passages of a cell that covers this row
    although it is printed beside another one.
    """

    fields: dict[str, Passage]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class ProjectReading:
    """
    One project as printed.

    ``fields``: ``name``, ``code``, ``budget_unit``, ``department``, ``type``, ``start``,
    ``end``, ``goal``, ``goal_period``. ``amounts``: passages under the names of ``Amounts``.
    """

    fields: dict[str, Passage]
    amounts: dict[str, Passage]
    indicators: tuple[IndicatorReading, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class TotalReading:
    """A row that sums others: 合计, or the total of a budget unit."""

    kind: str  # grand_total, unit_total
    name: Passage
    amounts: dict[str, Passage]


@dataclass(frozen=True, slots=True)
class TableReading:
    """
    One official table as printed.

    ``members`` keeps projects and totals in the printed order, because a unit's total
    stands above the projects it sums. ``year`` is the passage that states a fiscal year;
    ``local_offices`` are those that a transfer goes to.
    """

    form: str
    scope: Scope
    first_page: int
    last_page: int
    rows_read: int
    title: Passage = Passage()
    department: Passage = Passage()
    amount_unit: Passage = Passage()
    year: Passage = Passage()
    members: tuple[ProjectReading | TotalReading, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    heading: tuple[Passage, ...] = field(default=())
    local_offices: tuple[Passage, ...] = ()

    def joined(self, other: "TableReading", project: ProjectReading) -> "TableReading":
        """Make one table of this and the next, which tell of one project."""
        return replace(
            self,
            last_page=other.last_page,
            rows_read=self.rows_read + other.rows_read,
            members=(project,),
            doubts=tuple(dict.fromkeys((*self.doubts, *other.doubts))),
        )


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """All tables of a document, what was noticed beside them, and why each was taken for its form."""

    tables: tuple[TableReading, ...]
    findings: tuple[Finding, ...] = ()
    cover: tuple[Passage, ...] = ()
    explanations: tuple[Explanation, ...] = ()

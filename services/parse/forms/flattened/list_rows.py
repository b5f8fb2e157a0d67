"""Rows of a list as a text keeps them, and what each of them is: a project or a sum of others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from services.parse.forms.serialised.grammar import read_serialised
from services.parse.forms.unit_rows import AmountRow, find_unit_rows
from services.parse.passage import Passage
from services.parse.readings import Doubt, ProjectReading, TotalReading
from shared.values.amounts import read_amount

GRAND_TOTALS: Final = ("合计", "总计", "总合计", "合计数")
_OFFICE: Final = re.compile(
    r".*(?:[局厅部委办院校站所处队馆]|中心|学校|大学|委员会|办公室|政府|街道|公司|协会|联合会)(?:[（(].*[）)]|本级|机关)?"
)


@dataclass(frozen=True, slots=True)
class ListRow:
    """
    One row of a list, its cells with line wraps joined.

    ``indent`` says in points how far its name is set in from the left, as projects are below
    their unit; None where the text does not keep that.
    """

    name: Passage
    amounts: dict[str, Passage]
    goal: Passage = Passage()
    indicators: Passage = Passage()
    indent: float | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_bare(self) -> bool:
        """Whether the row has nothing but money."""
        return not self.goal and not self.indicators

    @property
    def is_grand_total(self) -> bool:
        return self.is_bare and self.name.text in GRAND_TOTALS


def read_members(rows: Sequence[ListRow]) -> tuple[ProjectReading | TotalReading, ...]:
    """Tell projects from the sums above them, in printed order."""
    return tuple(_members(rows))


def _members(rows: Sequence[ListRow]) -> Iterator[ProjectReading | TotalReading]:
    units = find_unit_rows([_amount_row(row) for row in rows])
    for position, row in enumerate(rows):
        if row.is_grand_total:
            yield TotalReading("grand_total", row.name, row.amounts)
        elif position in units:
            yield TotalReading("unit_total", row.name, row.amounts)
        else:
            yield _project(row)


def _amount_row(row: ListRow) -> AmountRow:
    total = read_amount(row.amounts["total"].text) if "total" in row.amounts else None
    return AmountRow(
        is_bare=row.is_bare,
        is_grand_total=row.is_grand_total,
        total=None if total is None else Decimal(total),
        indent=row.indent,
        is_office=bool(_OFFICE.fullmatch(row.name.text)),
    )


def _project(row: ListRow) -> ProjectReading:
    serialised = read_serialised(row.indicators)
    return ProjectReading(
        fields={"name": row.name, "goal": row.goal},
        amounts=row.amounts,
        indicators=serialised.indicators,
        doubts=(*row.doubts, *serialised.doubts),
    )

"""Invented tables: what a sample will say, before it is drawn in any layout."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from samples.vocabulary import DEPARTMENTS, GOALS, LEVEL1, LEVEL2, PROJECTS, PROMISES, Department, Promise


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """One indicator as it will be printed."""

    level1_code: str
    level2_code: str
    name: str
    period_value: str
    annual_value: str

    @property
    def level1(self) -> str:
        return LEVEL1[self.level1_code]

    @property
    def level2(self) -> str:
        return LEVEL2[self.level2_code]


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """One project; amounts in 万元."""

    name: str
    unit: str
    fiscal: Decimal
    other: Decimal
    goal: str
    indicators: tuple[IndicatorDraft, ...]

    @property
    def total(self) -> Decimal:
        return self.fiscal + self.other


@dataclass(frozen=True, slots=True)
class TableDraft:
    """The projects of one department in one year."""

    department: Department
    year: int
    projects: tuple[ProjectDraft, ...]


def draft_table(
    random: Random, *, year: int, department: Department | None = None, one_source: bool = False
) -> TableDraft:
    """
    Invent a department's table; the same random source gives the same table.

    With ``one_source`` all money is 财政拨款: flattened text loses blank cells, and nobody could
    tell which column a third amount stood in.
    """
    department = department or random.choice(DEPARTMENTS)
    projects = tuple(
        _draft_project(random, name, unit, one_source=one_source)
        for unit in department.units
        for name in random.sample(PROJECTS, random.randint(4, 7))
    )
    return TableDraft(department, year, projects)


def _draft_project(random: Random, name: str, unit: str, *, one_source: bool) -> ProjectDraft:
    fiscal = Decimal(random.randint(150, 250_000)) / 100
    other = (
        Decimal(random.randint(100, 9_000)) / 100 if random.random() < 0.2 and not one_source else Decimal(0)
    )
    promises = sorted(random.sample(PROMISES, random.randint(3, 8)), key=lambda promise: promise.level2_code)
    return ProjectDraft(
        name=name,
        unit=unit,
        fiscal=fiscal,
        other=other,
        goal=random.choice(GOALS).format(project=name),
        indicators=tuple(_draft_indicator(random, promise) for promise in promises),
    )


def _draft_indicator(random: Random, promise: Promise) -> IndicatorDraft:
    def value() -> str:
        return promise.value.format(
            count=random.randint(2, 60) * 5, small=random.randint(1, 9), percent=random.randint(80, 100)
        )

    annual = value()
    period = value() if random.random() < 0.1 else annual
    return IndicatorDraft(promise.level2_code[0], promise.level2_code, promise.name, period, annual)

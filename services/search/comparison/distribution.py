"""How high the promises of many records are, and who promises least and most."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise
from statistics import median
from typing import Final, Literal

from shared.contracts.records import Bound, Record
from shared.search.entry import promised_target
from shared.values.units import comparable_unit

Sense = Literal["at_least", "at_most", "exactly"]
SENSES: Final[Mapping[str, Sense]] = {
    "ge": "at_least",
    "gt": "at_least",
    "le": "at_most",
    "lt": "at_most",
    "eq": "exactly",
    "range": "exactly",
}
MOST_BARS: Final = 24
MOST_RECORDS: Final = 20_000
_NO_UNIT: Final = ""


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise of a record: its figure (the lower one of a range) and its sense."""

    record: Record
    bound: Bound
    figure: Decimal
    sense: Sense

    @property
    def who(self) -> str:
        """Who promises: the department, else who spends the money."""
        return self.record.department or self.record.budget_unit or ""


@dataclass(frozen=True, slots=True)
class Bar:
    """How many promises have a figure from ``low`` to below ``high``; equal ends are one figure."""

    low: Decimal
    high: Decimal
    counts: Mapping[Sense, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Promiser:
    """An office and the promises it makes: least, middle and most."""

    who: str
    count: int
    least: Promised
    middle: Decimal
    most: Promised


@dataclass(frozen=True, slots=True)
class Distribution:
    """The promises of one unit, lowest first, and how many there are of the other units."""

    unit: str
    values: tuple[Promised, ...]
    units: tuple[tuple[str, int], ...]
    records: int
    without_figure: int

    @property
    def middle(self) -> Decimal | None:
        """The figure that half of the promises do not exceed."""
        return median(value.figure for value in self.values) if self.values else None

    def bars(self) -> list[Bar]:
        """Count the promises by figure, or by ranges of figures where there are many."""
        figures = sorted({value.figure for value in self.values})
        edges = [(figure, figure) for figure in figures] if len(figures) <= MOST_BARS else _ranges(figures)
        return [_bar(self.values, low, high) for low, high in edges]

    def promisers(self) -> list[Promiser]:
        """List who promises, the lowest first."""
        by_office: dict[str, list[Promised]] = defaultdict(list)
        for value in self.values:
            by_office[value.who].append(value)
        offices = (
            Promiser(who, len(own), own[0], median(value.figure for value in own), own[-1])
            for who, own in by_office.items()
        )
        return sorted(offices, key=lambda office: (office.least.figure, office.most.figure, office.who))


def distribute(records: Iterable[Record], unit: str | None = None) -> Distribution:
    """Gather the promises of records; without a ``unit`` those of the most frequent one."""
    everything: dict[str, list[Promised]] = defaultdict(list)
    count = without = 0
    for record in records:
        count += 1
        values = list(_promises(record))
        without += not values
        for value in values:
            everything[_unit(value.bound)].append(value)
    units = Counter({name: len(values) for name, values in everything.items()}).most_common()
    chosen = unit if unit is not None else (units[0][0] if units else _NO_UNIT)
    ordered = sorted(everything.get(chosen, ()), key=lambda one: (one.figure, one.record.record_id))
    return Distribution(chosen, tuple(ordered), tuple(units), count, without)


def _promises(record: Record) -> Iterable[Promised]:
    target = promised_target(record)
    for bound in target.bounds if target else ():
        figure = bound.lower if bound.lower is not None else bound.upper
        if figure is not None:
            yield Promised(record, bound, Decimal(figure), SENSES[bound.operator])


def _unit(bound: Bound) -> str:
    return comparable_unit(bound.unit) if bound.unit else _NO_UNIT


def _bar(values: Sequence[Promised], low: Decimal, high: Decimal) -> Bar:
    inside = (
        value for value in values if value.figure == low or (low <= value.figure and value.figure < high)
    )
    return Bar(low, high, Counter(value.sense for value in inside))


def _ranges(figures: Sequence[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """Divide into ranges of one round width, or of 1, 10, 100 … where the figures span several powers."""
    least, most = figures[0], figures[-1]
    if least > 0 and most / least > 1000:
        edges = [Decimal(1).scaleb(power) for power in range(least.adjusted(), most.adjusted() + 2)]
    else:
        width = _round_width((most - least) / (MOST_BARS - 2))
        first = (least / width).to_integral_value(ROUND_FLOOR)
        edges = [width * (first + step) for step in range(MOST_BARS + 1)]
        edges = [edge for edge in edges if edge - width <= most]
    return list(pairwise(edges))


def _round_width(width: Decimal) -> Decimal:
    power = Decimal(1).scaleb(width.adjusted())
    return next(step * power for step in map(Decimal, (1, 2, 5, 10)) if step * power >= width)

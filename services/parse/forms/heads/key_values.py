"""Reads the head of a block: labels with their values beside, below or behind them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from services.parse.forms.heads.labels import head_field, label_text
from services.parse.grid import Cell, Grid
from services.parse.passage import Passage
from shared.values.amounts import read_amount

AMOUNTS: Final = frozenset(
    {"total", "fiscal", "special_account", "other", "carried_over", "central", "local"}
    | {"budgeted", "adjusted", "executed", "execution_rate", "period_total"}
)
_LABEL_WITH_VALUE: Final = 2
_DIGIT = re.compile(r"\d")
_UNIT_BEHIND = re.compile(r"\s*[(（]?[亿万千]?元[)）]?\s*$")
_LABEL_AND_VALUE = re.compile(
    r"\s*(?:其中\s*[:：]\s*)?(?P<label>(?!其中)[^:：]{2,20})[:：]\s*(?P<value>\S.*?)"
    r"(?:\s+(?:金额)?单位\s*[:：].*)?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label, what it stands for, and its value; the value is empty where the cell is blank."""

    field: str
    cell: Cell
    text: Passage
    value: Passage


@dataclass(frozen=True, slots=True)
class Head:
    """All labels of a head in printed order, and its other short cells: values and words not known."""

    labels: tuple[Label, ...] = ()
    others: tuple[Passage, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(label.field for label in self.labels)

    def value(self, name: str) -> Passage | None:
        """Give the first printed value of a field, or an empty one where its cell is blank."""
        values = [label.value for label in self.labels if label.field == name]
        return next((value for value in values if value), values[0] if values else None)


def read_head(grid: Grid, rows: range) -> Head:
    """
    Find the labels in these rows and the value that belongs to each.

    The value stands behind the label in the same cell (年度资金总额：15.00), in the cell to its
    right, or, where labels stand side by side over a row of values, in the cell below.
    """
    cells = _cells(grid, rows)
    within = [_inline(cell) for cell in cells]
    labels = {
        id(cell): head_field(label_text(cell))
        for cell, inline in zip(cells, within, strict=True)
        if inline is None
    }
    region = _Region(grid, rows, labels)
    found = [inline or region.label(cell) for cell, inline in zip(cells, within, strict=True)]
    return Head(
        tuple(label for label in found if label),
        tuple(
            cell.passage for cell, label in zip(cells, found, strict=True) if not label and label_text(cell)
        ),
    )


def _cells(grid: Grid, rows: range) -> list[Cell]:
    return [cell for row in rows for cell in grid.row(row) if cell.row == row]


def is_signature(cells: Iterable[Cell]) -> bool:
    """Say whether all that a row prints are labels with their values behind them (填报人：… 电话：…)."""
    printed = [cell for cell in cells if cell.lines]
    return bool(printed) and all(_inline(cell) or _is_blank_label(cell) for cell in printed)


def _is_blank_label(cell: Cell) -> bool:
    text = label_text(cell).rstrip()
    return text.endswith((":", "：")) and head_field(text) is not None


def _inline(cell: Cell) -> Label | None:
    match = _LABEL_AND_VALUE.fullmatch(cell.text) if cell.lines else None
    name = head_field(match["label"]) if match else None
    if match is None or name is None:
        return None
    passage = cell.passage
    label = passage[match.start("label") : match.end("label")]
    return Label(name, cell, label, passage[match.start("value") : match.end("value")].strip())


@dataclass(frozen=True, slots=True)
class _Region:
    """The rows of a head, with what each of its cells is a label of."""

    grid: Grid
    rows: range
    labels: dict[int, str | None]

    def label(self, cell: Cell) -> Label | None:
        name = self.labels.get(id(cell))
        if name is None:
            return None
        return Label(name, cell, cell.passage, self._value(cell, name).strip())

    def _value(self, cell: Cell, name: str) -> Passage:
        right = self._at(cell.row, cell.column + cell.column_span)
        if right is not None and not self._is_label(right):
            return right.passage or self._further_right(right, name)
        if name == "funds":
            return Passage()
        below = list(self._below(cell))
        if len(below) > 1 and name in AMOUNTS:
            below = [value for value in below if self._is_total_row(value.row)]
        return below[0].passage if below else Passage()

    def _further_right(self, blank: Cell, name: str) -> Passage:
        """
        A value may stand apart from its label; amounts stand in columns of their own.

        On paper it must be all that the row prints besides.
        """
        printed = [cell for cell in self.grid.row(blank.row) if cell.lines]
        if name in AMOUNTS or not (self.grid.is_drawn_by_us or len(printed) == _LABEL_WITH_VALUE):
            return Passage()
        beyond = [cell for cell in self.grid.row(blank.row) if cell.column > blank.column]
        until = next((at for at, cell in enumerate(beyond) if self._is_label(cell)), len(beyond))
        return next((cell.passage for cell in beyond[:until] if cell.lines), Passage())

    def _below(self, cell: Cell) -> Iterator[Cell]:
        """List the values below a label, past labels of a finer head, up to the next label."""
        row = cell.row + cell.row_span
        values = 0
        while (value := self._at(row, cell.column)) is not None and _lies_within(value, cell):
            if not self._is_label(value):
                values += 1
                yield value
            elif values:
                return
            row = value.row + value.row_span

    def _at(self, row: int, column: int) -> Cell | None:
        if row not in self.rows or column >= self.grid.column_count:
            return None
        return self.grid.at(row, column)

    def _is_label(self, cell: Cell) -> bool:
        return self.labels.get(id(cell)) is not None

    def _is_total_row(self, row: int) -> bool:
        return any(self.labels.get(id(cell)) == "total" for cell in self.grid.row(row))


def _lies_within(value: Cell, label: Cell) -> bool:
    end = label.column + label.column_span
    return label.column <= value.column and value.column + value.column_span <= end


def amounts_of(head: Head) -> dict[str, Passage]:
    """
    Collect the money of a head.

    A form may print the money of the whole period beside that of the year; the year's is meant
    where both are printed, the period's where it is the only one. The parts below a total, in
    its column, are parts of that total.
    """
    annual: dict[str, Passage] = {}
    period: dict[str, Passage] = {}
    kept_in_column: dict[int, dict[str, Passage]] = {}
    for label in sorted(head.labels, key=lambda label: label.cell.row):
        if label.field in ("total", "period_total"):
            kept_in_column[label.cell.column] = period if label.field == "period_total" else annual
        if label.field in AMOUNTS:
            kept = kept_in_column.get(label.cell.column, annual)
            name = "total" if label.field == "period_total" else label.field
            kept[name] = _better(kept.get(name), label.value)
    found = annual if "total" in annual else {**annual, **period}
    return found if "total" in found else {**_undivided(head, found), **found}


def _better(first: Passage | None, second: Passage) -> Passage:
    """Take the first that is printed, but words beside a group of columns are no amount."""
    if not first:
        return second
    return second if _DIGIT.search(second.text) and not _DIGIT.search(first.text) else first


def _undivided(head: Head, found: Mapping[str, Passage]) -> dict[str, Passage]:
    """
    Take an amount right beside 项目资金 for the total of a form that names no sources.

    So is 年初预算数 in an evaluation that has one row of money, without a label for it.
    """
    beside = [label.value for label in head.labels if label.field == "funds"]
    beside += [found["budgeted"]] if "budgeted" in found else []
    amount = next((value for value in beside if _is_amount(value.text)), None)
    return {} if amount is None else {"total": amount}


def _is_amount(text: str) -> bool:
    return read_amount(_UNIT_BEHIND.sub("", text)) is not None

"""Lattices: the rows, columns and merged cells that ruling lines enclose."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from services.parse.tables.open_sides import rows_across_joined
from services.parse.tables.rulings import SNAP_POINTS, Line, Rulings, cluster
from services.parse.tables.unions import Unions
from shared.contracts.pages import Box

# By how much a rule may miss the one that it is meant to touch.
_TOUCH_POINTS = 3.0
# How far rules have to stick out of the outermost rule across them to leave an open side.
_OPEN_SIDE_POINTS = 6.0
_COVERED_SHARE = 0.6
_FEWEST_COLUMN_RULES = 3
_WIDEST_LABEL_POINTS = 120.0


@dataclass(frozen=True, slots=True)
class Region:
    """
    A cell of a lattice, by rows and columns.

    It is open where its outline has no rule: at the foot of a page it then goes on.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    is_open_above: bool = False
    is_open_below: bool = False


@dataclass(frozen=True, slots=True)
class Lattice:
    """Where the columns (``xs``) and rows (``ys``) of a table begin and end, and its cells."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def outline(self, region: Region) -> Box:
        """Find where a cell lies on the page."""
        return Box(
            self.xs[region.column],
            self.ys[region.row],
            self.xs[region.column + region.column_span],
            self.ys[region.row + region.row_span],
        )

    def holds(self, x: float, top: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= top <= self.ys[-1]

    def position(self, x: float, top: float) -> tuple[int, int]:
        """Find the row and column at a place that the lattice holds."""
        row = min(bisect_right(self.ys, top), len(self.ys) - 1) - 1
        return row, min(bisect_right(self.xs, x), len(self.xs) - 1) - 1


def find_lattices(rulings: Rulings) -> list[Lattice]:
    """Find the tables drawn on a page, top to bottom; lines that cross nothing are none."""
    lattices = []
    for horizontal, vertical in _connected(rulings):
        lattice = _lattice(horizontal, vertical)
        if lattice is not None and len(lattice.regions) > 1:
            lattices.append(lattice)
    return sorted(lattices, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _connected(rulings: Rulings) -> list[tuple[list[Line], list[Line]]]:
    """Part the rules into groups that hang together: each is a table."""
    count = len(rulings.horizontal)
    unions = Unions(count + len(rulings.vertical))
    for index, level in enumerate(rulings.horizontal):
        for other, upright in enumerate(rulings.vertical):
            if _touch(level, upright):
                unions.join(index, count + other)
    groups = [
        (
            [rulings.horizontal[index] for index in group if index < count],
            [rulings.vertical[index - count] for index in group if index >= count],
        )
        for group in unions.groups()
    ]
    alone = [upright[0] for level, upright in groups if not level and len(upright) == 1]
    tables = rows_across_joined(group for group in groups if group[0])
    rest = [line for line in alone if not any(_takes_in_side(table, line) for table in tables)]
    return tables + [([], columns) for columns in _columns_only(rest)]


def _takes_in_side(table: tuple[list[Line], list[Line]], line: Line) -> bool:
    """
    Add an outer side that no other rule touches: beside it stands a label over the whole page.

    It begins and ends with the table; the label's cell is open above and below.
    """
    level, uprights = table
    top, bottom = min(each.start for each in uprights), max(each.end for each in uprights)
    gap = max(
        min(each.start for each in level) - line.position, line.position - max(each.end for each in level)
    )
    is_side = abs(line.start - top) <= _OPEN_SIDE_POINTS and abs(line.end - bottom) <= _OPEN_SIDE_POINTS
    if is_side and gap <= _WIDEST_LABEL_POINTS:
        uprights.append(line)
        return True
    return False


def _columns_only(uprights: list[Line]) -> list[list[Line]]:
    """Find rules side by side that nothing crosses: one row of cells may fill a whole page."""
    by_start = cluster(uprights, key=lambda line: line.start, within=_TOUCH_POINTS)
    groups = [
        group
        for lines in by_start
        for group in cluster(lines, key=lambda line: line.end, within=_TOUCH_POINTS)
    ]
    return [group for group in groups if len(group) >= _FEWEST_COLUMN_RULES]


def _touch(level: Line, upright: Line) -> bool:
    return (
        level.start - _TOUCH_POINTS <= upright.position <= level.end + _TOUCH_POINTS
        and upright.start - _TOUCH_POINTS <= level.position <= upright.end + _TOUCH_POINTS
    )


def _lattice(horizontal: Sequence[Line], vertical: Sequence[Line]) -> Lattice | None:
    xs = _stops(vertical, horizontal)
    ys = _stops(horizontal, vertical)
    if len(xs) < 2 or len(ys) < 2:
        return None
    levels = _Coverage(horizontal, ys, xs)
    uprights = _Coverage(vertical, xs, ys)
    return Lattice(tuple(xs), tuple(ys), tuple(_regions(levels, uprights)))


def _stops(lines: Sequence[Line], across: Sequence[Line]) -> list[float]:
    """List where rules lie, and where the rules across them end beyond the outermost one."""
    groups = cluster((line.position for line in lines), key=float, within=SNAP_POINTS)
    stops = [round(sum(group) / len(group), 3) for group in groups]
    if not across:
        return stops
    first, last = min(line.start for line in across), max(line.end for line in across)
    if not stops:
        return [first, last]
    if stops[0] - first > _OPEN_SIDE_POINTS:
        stops.insert(0, first)
    if last - stops[-1] > _OPEN_SIDE_POINTS:
        stops.append(last)
    return stops


def _nearest(stops: Sequence[float], position: float) -> int:
    distances = [abs(stop - position) for stop in stops]
    return distances.index(min(distances))


class _Coverage:
    """Which stretches between the stops across are covered by the rule at each stop."""

    def __init__(self, lines: Sequence[Line], stops: Sequence[float], across: Sequence[float]) -> None:
        self.stretches = len(across) - 1
        self._covered = [[False] * self.stretches for _ in stops]
        for line in lines:
            stop = _nearest(stops, line.position)
            beyond = min(bisect_left(across, line.end), self.stretches)
            for index in range(max(bisect_right(across, line.start) - 1, 0), beyond):
                start, end = across[index], across[index + 1]
                shared = min(end, line.end) - max(start, line.start)
                if shared >= _COVERED_SHARE * (end - start):
                    self._covered[stop][index] = True

    def __call__(self, stop: int, stretch: int) -> bool:
        return self._covered[stop][stretch]


def _regions(levels: _Coverage, uprights: _Coverage) -> list[Region]:
    """Join the squares of the lattice that no rule parts into cells."""
    rows, columns = uprights.stretches, levels.stretches
    unions = Unions(rows * columns)
    for row in range(rows):
        for column in range(columns):
            square = row * columns + column
            if column + 1 < columns and not uprights(column + 1, row):
                unions.join(square, square + 1)
            if row + 1 < rows and not levels(row + 1, column):
                unions.join(square, square + columns)
    regions = [
        _region(rectangle, levels)
        for group in unions.groups()
        for rectangle in _rectangles([divmod(square, columns) for square in group])
    ]
    return sorted(regions, key=lambda region: (region.row, region.column))


def _rectangles(squares: Sequence[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """
    Cut a group of squares into rectangles (top, left, bottom, right; the last two excluded).

    Where no rule is missing it is one already. Rows with the same columns stay together.
    """
    columns_of_row: dict[int, list[int]] = {}
    for row, column in sorted(squares):
        columns_of_row.setdefault(row, []).append(column)
    found: list[tuple[int, int, int, int]] = []
    for row, columns in columns_of_row.items():
        for left, right in _stretches(columns):
            above = next((r for r in found if r[1] == left and r[2] == row and r[3] == right), None)
            if above:
                found.remove(above)
            found.append((above[0] if above else row, left, row + 1, right))
    return found


def _stretches(columns: Sequence[int]) -> list[tuple[int, int]]:
    stretches: list[tuple[int, int]] = []
    for column in columns:
        if stretches and stretches[-1][1] == column:
            stretches[-1] = stretches[-1][0], column + 1
        else:
            stretches.append((column, column + 1))
    return stretches


def _region(rectangle: tuple[int, int, int, int], levels: _Coverage) -> Region:
    top, left, bottom, right = rectangle
    return Region(
        row=top,
        column=left,
        row_span=bottom - top,
        column_span=right - left,
        is_open_above=not any(levels(top, column) for column in range(left, right)),
        is_open_below=not any(levels(bottom, column) for column in range(left, right)),
    )

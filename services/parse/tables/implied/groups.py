"""Merged cells: which rows a text beside them is for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from services.parse.tables.implied.blocks import Block
from services.parse.tables.implied.rows import Row, Setting

_TOLERANCE_EMS = 0.3
_SLACK_EMS = 1.0
_CROSSING = 20.0
_FREE = 5.0
_ALIKE_POINTS = 3.0
_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Placed:
    """A block or a row with the page that it stands on."""

    page: int
    block: Block


@dataclass(frozen=True, slots=True)
class Group:
    """Rows ``first`` to ``last``, both included, and the texts printed beside them: one, or one a page."""

    first: int
    last: int
    texts: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """Groups, and by how many points their texts miss the places that they should have."""

    groups: list[Group]
    miss: float


@dataclass(frozen=True, slots=True)
class Fences:
    """First rows of greater groups, which no group goes over, and rows that may have no text."""

    starts: frozenset[int] = frozenset()
    free: frozenset[int] = frozenset()


_Way = tuple[float, tuple[Group, ...]]
_NO_FENCES = Fences()


def fit_groups(
    texts: Sequence[Placed], rows: Sequence[Row], setting: Setting, fences: Fences = _NO_FENCES
) -> Fit | None:
    """
    Part the rows of all pages into groups with one text each, in the middle or at the top of its own.

    Without rules a text for several rows is told by that alone. The text of a group that a
    page's end cuts stands in one of its parts, or in the middle of all, or in each part once
    more. None where the texts fit no groups, or two ways nearly alike.
    """
    fitting = _Fitting(texts, rows, setting, fences)

    @cache
    def ways(placed: int, row: int) -> list[_Way]:
        """List the best two ways to part the rows that are left."""
        if row == len(rows):
            return [(0.0, ())] if placed == len(texts) else []
        found = [
            (cost + rest, (group, *groups))
            for group, cost in fitting.options(placed, row)
            for rest, groups in ways(placed + len(group.texts), group.last + 1)
        ]
        return sorted(found, key=lambda way: way[0])[:2]

    best = ways(0, 0)
    if not best or (len(best) > 1 and best[1][0] - best[0][0] < _ALIKE_POINTS):
        return None
    return Fit(list(best[0][1]), best[0][0])


@dataclass(frozen=True, slots=True)
class _Fitting:
    """What is to be parted: texts in printed order, and the rows beside them."""

    texts: Sequence[Placed]
    rows: Sequence[Row]
    setting: Setting
    fences: Fences

    def options(self, placed: int, row: int) -> Iterator[tuple[Group, float]]:
        """Give the groups that may begin with a row, and what speaks against each."""
        if self.rows[row].is_sum:
            own = tuple(text for text in self.texts[placed : placed + 1] if _is_of_row(text, self.rows[row]))
            yield Group(row, row, own), 0.0
            return
        if row in self.fences.free:
            yield Group(row, row), _FREE
        for last in range(row, len(self.rows)):
            if last > row and (last in self.fences.starts or self.rows[last].is_sum):
                return
            if not self._has_rest(last):
                yield from self._with_texts(placed, row, last)

    def _has_rest(self, row: int) -> bool:
        return row + 1 < len(self.rows) and self.rows[row + 1].is_rest

    def _with_texts(self, placed: int, row: int, last: int) -> Iterator[tuple[Group, float]]:
        members = self.rows[row : last + 1]
        for count in _counts(self.texts[placed:], members):
            own = tuple(self.texts[placed : placed + count])
            cost = _cost(own, members, self.setting)
            if cost < _NEVER:
                yield Group(row, last, own), cost


def _counts(texts: Sequence[Placed], rows: Sequence[Row]) -> Iterator[int]:
    """One text, or the same one on each page that shows a part of the group."""
    if texts:
        yield 1
    pages = len({row.page for row in rows})
    if pages > 1 and len(texts) >= pages and len({text.block.text for text in texts[:pages]}) == 1:
        yield pages


def _cost(texts: Sequence[Placed], rows: Sequence[Row], setting: Setting) -> float:
    parts = {page: list(members) for page, members in groupby(rows, key=lambda row: row.page)}
    if any(text.page not in parts for text in texts) or len({text.page for text in texts}) < len(texts):
        return _NEVER
    if len(parts) == 1:
        return _fits(_miss(texts[0].block, rows, setting), texts[0].block, 0.0)
    costs = [_fits(_miss_of_part(text, parts, setting), text.block, _CROSSING) for text in texts]
    return max(costs)


def _fits(miss: float, block: Block, surcharge: float) -> float:
    tolerance = (_SLACK_EMS if surcharge else _TOLERANCE_EMS) * block.em
    return miss + surcharge if miss <= tolerance else _NEVER


def _miss(block: Block, rows: Sequence[Row], setting: Setting) -> float:
    if setting == "top" and not block.is_upright:
        return abs(block.top - rows[0].top)
    return abs(block.middle - (rows[0].upper + rows[-1].lower) / 2)


def _miss_of_part(text: Placed, parts: dict[int, list[Row]], setting: Setting) -> float:
    """Compare a text with the top and the middle of its part of a group, and with the middle of all parts."""
    own = parts[text.page]
    if setting == "top" and not text.block.is_upright:
        return abs(text.block.top - own[0].top)
    heights = {page: rows[-1].lower - rows[0].upper for page, rows in parts.items()}
    before = sum(height for page, height in heights.items() if page < text.page)
    middle = own[0].upper + sum(heights.values()) / 2 - before
    is_within = own[0].upper - text.block.em <= middle <= own[-1].lower + text.block.em
    return min(
        abs(text.block.top - own[0].top),
        abs(text.block.top - own[0].upper),
        _miss(text.block, own, "middle"),
        abs(text.block.middle - middle) if is_within else _NEVER,
    )


def fit_rows(
    texts: Sequence[Placed], rows: Sequence[Row], fences: frozenset[int] = frozenset()
) -> Fit | None:
    """
    Give each text the one row whose middle it shares; rows below it are blank.

    The first row of all, and of each greater group, has a text: else it would stand beside
    the rows of a merged cell. So would one that is as high as several rows.
    """
    if any(sum(_reaches(text, row) for row in rows) > 1 for text in texts):
        return None
    groups = [Group(index, index, tuple(_at(texts, row))) for index, row in enumerate(rows)]
    begins = all(groups[index].texts for index in {0, *fences} if index < len(groups))
    return Fit(groups, 0.0) if begins and sum(len(group.texts) for group in groups) == len(texts) else None


def _reaches(text: Placed, row: Row) -> bool:
    return text.page == row.page and text.block.top < row.bottom and row.top < text.block.bottom


def _at(texts: Sequence[Placed], row: Row) -> list[Placed]:
    return [text for text in texts if _is_of_row(text, row)][:1]


def _is_of_row(text: Placed, row: Row) -> bool:
    middle = (row.top + row.bottom) / 2
    return text.page == row.page and abs(text.block.middle - middle) <= _TOLERANCE_EMS * text.block.em


def match_groups(
    texts: Sequence[Placed], rows: Sequence[Row], groups: Sequence[Group], setting: Setting
) -> Fit | None:
    """Give each text to one of the groups that are known; None where one fits none, or two fit the same."""
    found = [
        Group(group.first, group.last, tuple(_of_group(texts, rows, group, setting))) for group in groups
    ]
    return Fit(found, 0.0) if sum(len(group.texts) for group in found) == len(texts) else None


def _of_group(
    texts: Sequence[Placed], rows: Sequence[Row], group: Group, setting: Setting
) -> Iterator[Placed]:
    members = rows[group.first : group.last + 1]
    parts = {page: list(own) for page, own in groupby(members, key=lambda row: row.page)}
    for text in texts:
        if text.page not in parts:
            continue
        own = parts[text.page]
        if len(parts) == 1:
            fits = _miss(text.block, own, setting) <= _TOLERANCE_EMS * text.block.em
        else:
            fits = own[0].upper - 1.0 <= text.block.top and text.block.bottom <= own[-1].lower + 1.0
        if fits:
            yield text

"""The rows of indicators of one table, over all its pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import Final

from services.parse.forms.heads.band import AMOUNTS, VALUES
from services.parse.levels import infer_levels, standard_level1, standard_level2
from services.parse.tables.implied.blocks import Block, block_of, line_gaps, stack
from services.parse.tables.implied.columns import Column
from services.parse.tables.implied.groups import (
    Fences,
    Fit,
    Group,
    Placed,
    fit_groups,
    fit_rows,
    match_groups,
)
from services.parse.tables.implied.rows import Row, Setting, align, settings_of, with_slack
from shared.contracts.pages import Word

_LEVELS: Final = ("level1", "level2")
_OF_PROJECTS: Final = AMOUNTS | {
    *("project", "code", "unit_code", "budget_unit", "department", "type", "start", "end", "ordinal"),
    *("goal", "goal_period", "execution_rate"),
}
_END_OF_LABEL: Final = re.compile(".{0,2}标")
_LONGEST_LABEL: Final = 20
_DIGIT: Final = re.compile(r"\d[.,]\d")
_CHANCE_POINTS: Final = 0.5
_LEVEL_EMS: Final = 0.25
_NAMES: Final = frozenset({"name", "indicators"})


_Groups = dict[int, list[Group]]


@dataclass(frozen=True, slots=True)
class Body:
    """
    The rows of a table on all its pages, and what is merged over several of them, by column.

    ``pages`` counts the pages; rows and texts know theirs.
    """

    pages: int
    rows: list[Row]
    groups: _Groups

    def has_rest(self, row: int) -> bool:
        """Say whether a row goes on at the top of the next page."""
        return row + 1 < len(self.rows) and self.rows[row + 1].is_rest


def read_body(
    columns: Sequence[Column], pages: Sequence[Sequence[Word]], below_notes: frozenset[int] = frozenset()
) -> Body | None:
    """
    Tell rows and merged cells of a table on all its pages; None where they contradict each other.

    The white within cells is taken to be the least with which all columns have the same rows.
    Rows below a note are given as another page, one of those ``below_notes``: nothing goes on
    over a note.
    """
    words = [found for page in pages if (found := _by_column(columns, page)) is not None]
    if len(words) < len(pages):
        return None
    fields = _fields(columns)
    anchors = [index for index, field in enumerate(fields) if not _is_merged(field)]
    gaps = line_gaps([found[index] for found in words for index in anchors], _em(words))
    ways = [rows for gap in gaps if (rows := _rows(words, fields, anchors, gap)) is not None]
    ways = [rows for rows in ways if not any(row.is_rest and row.page in below_notes for row in rows)]
    ways += [_with_sums(rows, words, fields) for rows in ways]
    for may_be_blank in (False, True):
        for rows in ways:
            tables = [
                _Table(words, fields, _spread(rows, setting), setting, may_be_blank, below_notes)
                for setting in settings_of(_whole(rows, len(words)))
            ]
            grouped = [(table, groups) for table in tables if (groups := _grouped(table)) is not None]
            if grouped:
                return _most_likely(grouped)
    return None


def _fields(columns: Sequence[Column]) -> list[str | None]:
    """Say what each column holds; one of unknown words before the indicators may be merged."""
    fields = [column.head.field if column.head else "label" for column in columns]
    first = next((index for index, field in enumerate(fields) if field in _NAMES or field in _LEVELS), 0)
    return [field or "activity" if index < first else field for index, field in enumerate(fields)]


def _most_likely(grouped: Sequence[tuple["_Table", _Groups]]) -> Body | None:
    """Of two ways to read merged cells take the one whose levels agree; None where nobody can tell."""
    contradictions = [_contradictions(table, groups) for table, groups in grouped]
    best = [each for each, count in zip(grouped, contradictions, strict=True) if count == min(contradictions)]
    table, groups = best[0]
    if any(other != groups for _, other in best[1:]):
        return None
    return Body(len(table.words), table.rows, groups)


def _contradictions(table: "_Table", groups: _Groups) -> int:
    """Count the rows with a second level that does not belong to the first."""
    levels = [_texts_by_row(table, groups, level) for level in _LEVELS]
    return sum(infer_levels(one, two).contradicts for one, two in zip(*levels, strict=True))


def _texts_by_row(table: "_Table", groups: _Groups, field: str) -> list[str | None]:
    texts: list[str | None] = [None] * len(table.rows)
    for index in (index for index, own in enumerate(table.fields) if own == field):
        for group in groups[index]:
            text = group.texts[0].block.text if group.texts else None
            texts[group.first : group.last + 1] = [text] * (group.last + 1 - group.first)
    return texts


def _with_sums(
    rows: Sequence[Row], words: Sequence[list[list[Word]]], fields: Sequence[str | None]
) -> list[Row]:
    """Add the rows of a list that have a name and money, but neither goal nor indicators: sums of others."""
    found = list(rows)
    for page, own in enumerate(words):
        lines = {
            field: [block_of([word]) for word in own[index]] for index, field in enumerate(fields) if field
        }
        beside = [row for row in rows if row.page == page]
        for name in lines.get("project", ()):
            is_alone = not any(row.top < name.middle < row.bottom for row in beside)
            has_money = any(_are_level(name, each) for each in lines.get("total", ()))
            has_goal = any(name.is_beside(each) for each in lines.get("goal", ()))
            if is_alone and has_money and not has_goal:
                found.append(Row(name.top, name.bottom, {}, page, is_sum=True))
    return sorted(found, key=lambda row: (row.page, row.top))


def _are_level(one: Block, other: Block) -> bool:
    return abs(one.middle - other.middle) <= _LEVEL_EMS * one.em


def _spread(rows: Sequence[Row], setting: Setting) -> list[Row]:
    pages = groupby(rows, key=lambda row: row.page)
    return [row for _, own in pages for row in with_slack(list(own), setting)]


def _em(pages: Sequence[Sequence[Sequence[Word]]]) -> float:
    return max((word.box.height for words in pages for own in words for word in own), default=0.0)


def _is_merged(field: str | None) -> bool:
    return field in _LEVELS or field in _OF_PROJECTS or field in ("label", "activity")


def _by_column(columns: Sequence[Column], words: Sequence[Word]) -> list[list[Word]] | None:
    found: list[list[Word]] = [[] for _ in columns]
    for word in words:
        index = next((index for index, column in enumerate(columns) if column.holds(word)), None)
        if index is None:
            return None
        found[index].append(word)
    return found


def _rows(
    words: Sequence[list[list[Word]]], fields: Sequence[str | None], anchors: Sequence[int], gap: float
) -> list[Row] | None:
    rows: list[Row] = []
    for page, found in enumerate(words):
        columns = [stack(found[index], gap) if index in anchors else [] for index in range(len(fields))]
        own = align(columns, page)
        if own is None:
            return None
        is_rest = bool(rows and own) and not _is_filled(own[0], fields)
        rows += [replace(own[0], is_rest=True), *own[1:]] if is_rest else own
    return rows if all(_is_filled(row, fields) or row.is_rest for row in rows) else None


def _whole(rows: Sequence[Row], pages: int) -> list[Row]:
    """Leave out the rows at a page's end or top that may be parts of one that was cut."""
    return [
        row
        for row, before, after in zip(rows, [None, *rows], [*rows[1:], None], strict=False)
        if (row.page == 0 or (before and before.page == row.page))
        and (row.page == pages - 1 or (after and after.page == row.page))
    ]


def _is_filled(row: Row, fields: Sequence[str | None]) -> bool:
    """A row has a name and a value; what has but one of them is the rest of a row that was cut."""
    return _has(row, fields, _NAMES) and _has(row, fields, VALUES)


def _has(row: Row, fields: Sequence[str | None], wanted: frozenset[str]) -> bool:
    return any(fields[index] in wanted for index in row.cells)


@dataclass(frozen=True, slots=True)
class _Table:
    """The words of each page by column, what the columns are, and the rows of all pages."""

    words: Sequence[Sequence[Sequence[Word]]]
    fields: Sequence[str | None]
    rows: list[Row]
    setting: Setting
    may_be_blank: bool
    below_notes: frozenset[int]

    @property
    def fences(self) -> frozenset[int]:
        """Give the first rows below notes."""
        pages = [row.page for row in self.rows]
        return frozenset(pages.index(page) for page in self.below_notes if page in pages)

    def texts(self, index: int) -> Iterator[list[Placed]]:
        """Give the texts of a column, with the least white within them first."""
        em = _em([[own[index]] for own in self.words])
        for gap in line_gaps([own[index] for own in self.words], em):
            found = [
                Placed(page, block) for page, own in enumerate(self.words) for block in stack(own[index], gap)
            ]
            if self.fields[index] not in _LEVELS or _are_labels(found):
                yield found


def _are_labels(texts: Sequence[Placed]) -> bool:
    """
    Say whether each text can be one level: known words, or lines too long to hold another character.

    Upright text, one character a line, always can; the end of a label never stands alone.
    """
    blocks = [text.block for text in texts]
    room = max((_width(line) for block in blocks for line in block.lines), default=0.0)
    return not any(_END_OF_LABEL.fullmatch(block.text) for block in blocks) and all(
        block.is_upright or _is_label(block, room) for block in blocks
    )


def _is_label(block: Block, room: float) -> bool:
    lines = ["".join(word.text for word in line) for line in block.lines]
    if len(lines) > 1 and _is_level(block.text):
        return not any(beginning.endswith("指标") for beginning in accumulate(lines[:-1]))
    are_full = all(_width(line) + block.em > room + _CHANCE_POINTS for line in block.lines[:-1])
    return are_full and not any(map(_is_level, lines[:-1]))


def _is_level(text: str) -> bool:
    return bool(standard_level1(text) or standard_level2(text))


def _width(line: Sequence[Word]) -> float:
    return line[-1].box.x1 - line[0].box.x0


def _grouped(table: _Table) -> _Groups | None:
    groups: _Groups = {}
    owner = next((index for index, field in enumerate(table.fields) if field == "project"), None)
    fences = table.fences
    for index in _order(table.fields):
        field = table.fields[index]
        known = groups.get(owner) if owner is not None and field in _OF_PROJECTS else None
        found = _labels(table, index) if field == "label" else _fitted(table, index, fences, known)
        if found is None:
            return None
        groups[index] = found
        if field in ("project", "budget_unit", "level1") and any(group.last > group.first for group in found):
            fences |= {group.first for group in found}
    return groups


def _order(fields: Sequence[str | None]) -> Iterator[int]:
    """List the columns of merged cells, those of the greatest groups first."""
    for wanted in ("project", "level1", "level2"):
        yield from (index for index, field in enumerate(fields) if field == wanted)
    known = ("project", *_LEVELS)
    yield from (index for index, field in enumerate(fields) if _is_merged(field) and field not in known)


def _fitted(
    table: _Table, index: int, fences: frozenset[int], known: Sequence[Group] | None
) -> list[Group] | None:
    """Fit the texts of a column; of two ways to part them the one that misses less, by more than chance."""
    best: Fit | None = None
    for texts in table.texts(index):
        fit = _fit(table, texts, fences, known)
        if fit is None and table.may_be_blank and table.fields[index] in _LEVELS:
            fit = fit_rows(texts, table.rows, fences)
        if fit is not None and (best is None or fit.miss < best.miss - _CHANCE_POINTS):
            best = fit
    return best.groups if best else None


def _fit(
    table: _Table, texts: Sequence[Placed], fences: frozenset[int], known: Sequence[Group] | None
) -> Fit | None:
    if known is not None:
        return match_groups(texts, table.rows, known, table.setting)
    return fit_groups(texts, table.rows, table.setting, Fences(fences))


def _labels(table: _Table, index: int) -> list[Group] | None:
    """
    Take what stands left of all heads for one label beside all rows; None where it is too much for one.

    It may be printed again beside each row.
    """
    texts = [Placed(page, block_of(own[index])) for page, own in enumerate(table.words) if own[index]]
    labels = ["".join(dict.fromkeys(word.text for word in text.block.words)) for text in texts]
    if any(len(label) > _LONGEST_LABEL or _DIGIT.search(label) for label in labels):
        return None
    return [Group(0, len(table.rows) - 1, tuple(texts))] if table.rows else []

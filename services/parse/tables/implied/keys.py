"""Labels and values above a header: cells of their own in every row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from services.parse.forms.heads.labels import head_field
from services.parse.tables.implied.blocks import Block, line_gaps, stack
from services.parse.tables.implied.columns import ink_end
from services.parse.tables.implied.groups import Fences, Group, Placed, fit_groups
from services.parse.tables.implied.rows import Row, Setting, align, settings_of, with_slack
from services.parse.tables.lines import group_into_lines
from shared.contracts.pages import Word

_SAME_EDGE_EMS: Final = 0.6
_FEWEST_HEADS: Final = 2
_SHORTEST_LABEL: Final = 4
_LABEL_AND_VALUE: Final = 2
_LINE_GAP_EMS: Final = 0.55
_WHOSE: Final = frozenset({"name", "whole_department"})

White = tuple[float, float]
"""A stretch of a row without print, from left to right."""


@dataclass(frozen=True, slots=True)
class Keys:
    """
    Rows of labels and values; the leftmost labels may be merged over several of them.

    ``whites`` are the stretches between the cells of each row; in rows that have one of those
    labels the first is beside it.
    """

    rows: list[Row]
    labels: list[Group]
    whites: list[list[White]]


def read_keys(words: Sequence[Word]) -> Keys | None:
    """Tell the rows of labels and values; None where they contradict each other."""
    edge = _label_edge(words)
    labels = [word for word in words if word.box.centre < edge[0]]
    beside = [word for word in words if word.box.centre > edge[0]]
    if not labels or not beside:
        return None
    em = max(word.box.height for word in words)
    for gap in line_gaps(_chains(beside), em):
        rows = align([[block] for block in _blocks(beside, gap)]) or []
        for setting in settings_of(rows):
            groups = _grouped(labels, with_slack(rows, setting), setting)
            if groups is not None:
                return Keys(rows, groups, _whites(rows, groups, edge))
    return None


def read_name(words: Sequence[Word]) -> Keys | None:
    """Read the name alone: a label and its value in one line, with white above and below."""
    lines = group_into_lines(words)
    for index, line in enumerate(lines):
        around = [word for other in (*lines[:index], *lines[index + 1 :]) for word in other]
        is_name = len(line) == _LABEL_AND_VALUE and head_field(line[0].text) in _WHOSE
        if is_name and not any(_is_close(word, other) for word in line for other in around):
            return read_keys(line)
    return None


def _is_close(word: Word, other: Word) -> bool:
    """Say whether two lines may be those of one cell."""
    gap = max(word.box.top, other.box.top) - min(word.box.bottom, other.box.bottom)
    return gap <= _LINE_GAP_EMS * word.box.height


def _grouped(labels: Sequence[Word], rows: Sequence[Row], setting: Setting) -> list[Group] | None:
    """
    Find the rows beside each of the leftmost labels.

    A label wider than those is itself the first cell of its row, which then has none at its left.
    """
    wide = frozenset(index for index, row in enumerate(rows) if head_field(_first(row).text))
    for free in (frozenset[int](), wide):
        for gap in line_gaps([labels], max(word.box.height for word in labels)):
            texts = [Placed(0, block) for block in stack(labels, gap)]
            if any(_are_several(text.block) for text in texts):
                continue
            fit = fit_groups(texts, rows, setting, Fences(free=free))
            if fit is not None and all(_is_labelled(group, rows) for group in fit.groups):
                return fit.groups
    return None


def _are_several(block: Block) -> bool:
    """Say whether each line of a label is a whole label, which none of a single cell is."""
    lines = [word.text for word in block.words]
    return len(lines) > 1 and all(len(line) >= _SHORTEST_LABEL and head_field(line) for line in lines)


def _first(row: Row) -> Block:
    return min(row.cells.values(), key=lambda block: block.x0)


def _label_edge(words: Sequence[Word]) -> White:
    """Find the first stretch from the left that is white beside every row."""
    end = 0.0
    for word in sorted(words, key=lambda word: word.box.x0):
        if end and word.box.x0 > end + 0.9:
            return end, word.box.x0
        end = max(end, ink_end(word))
    return end, end


def _chains(words: Sequence[Word]) -> list[list[Word]]:
    """Group words that stand below each other in one cell or in several."""
    chains: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.top):
        above = [chain for chain in chains if _is_below(chain[-1], word)]
        if above:
            max(above, key=lambda chain: chain[-1].box.bottom).append(word)
        else:
            chains.append([word])
    return chains


def _is_below(above: Word, word: Word) -> bool:
    slack = _SAME_EDGE_EMS * word.box.height
    is_even = abs(above.box.x0 - word.box.x0) <= slack or abs(above.box.centre - word.box.centre) <= slack
    return is_even and word.box.middle > above.box.middle


def _blocks(words: Sequence[Word], widest: float) -> list[Block]:
    return [block for chain in _chains(words) for block in stack(chain, widest)]


def _is_labelled(group: Group, rows: Sequence[Row]) -> bool:
    """Say whether rows merged beside one label have labels of their own, or stand below a row of labels."""
    members = rows[group.first : group.last + 1]
    return len(members) == 1 or all(
        _labels(row) or (index and _is_of_heads(members[index - 1])) for index, row in enumerate(members)
    )


def _labels(row: Row) -> list[Block]:
    return [block for block in row.cells.values() if head_field(block.text)]


def _is_of_heads(row: Row) -> bool:
    return _are_heads(list(row.cells.values()))


def _are_heads(blocks: Sequence[Block]) -> bool:
    return len(blocks) >= _FEWEST_HEADS and all(head_field(block.text) for block in blocks)


def _whites(rows: Sequence[Row], groups: Sequence[Group], edge: White) -> list[list[White]]:
    """List the white between cells; rows below a row of heads have the cells of these heads."""
    labelled = {row for group in groups if group.texts for row in range(group.first, group.last + 1)}
    blocks = [sorted(row.cells.values(), key=lambda block: block.x0) for row in rows]
    found: list[list[White]] = []
    while len(found) < len(rows):
        index = len(found)
        found += _whites_below(blocks[index:]) if _is_of_heads(rows[index]) else [_between(blocks[index])]
    return [[edge, *own] if row in labelled else own for row, own in enumerate(found)]


def _between(blocks: Sequence[Block]) -> list[White]:
    """List the white between the cells of a row; a label at its end has a blank value."""
    whites = [(left.x1, right.x0) for left, right in pairwise(blocks)]
    last = blocks[-1]
    return [*whites, (last.x1, last.x1 + 1.0)] if head_field(last.text) else whites


def _whites_below(blocks: Sequence[Sequence[Block]]) -> list[list[White]]:
    """Give a row of heads and those below it, as far as their cells stand below the heads, the same white."""
    heads = blocks[0]
    whites = [(left.x1, right.x0) for left, right in pairwise(heads)]
    first = heads[0].x0
    count, lead = 1, first
    for row in blocks[1:]:
        narrowed = [_narrowed(white, row) for white in whites]
        is_own = _are_heads(row) or len(row) < _FEWEST_HEADS
        if is_own or any(left >= right for left, right in narrowed):
            break
        if row[0].x1 < first:
            lead = min(lead, first - row[0].x1)
        whites, count = narrowed, count + 1
    if lead < first:
        whites = [(first - lead, first), *whites]
    return [whites] * count


def _narrowed(white: White, blocks: Sequence[Block]) -> White:
    left, right = white
    middle = (left + right) / 2
    return (
        max([left, *(block.x1 for block in blocks if block.centre < middle)]),
        min([right, *(block.x0 for block in blocks if block.centre > middle)]),
    )

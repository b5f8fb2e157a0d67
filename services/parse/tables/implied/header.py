"""Finds the heads of columns where no rule encloses them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from services.parse.forms.heads.labels import LONGEST_LABEL, column_field, head_field, is_listed
from services.parse.tables.implied.blocks import Block, block_of
from shared.contracts.pages import Word

_VALUES: Final = frozenset({"annual_target", "period_target", "actual"})
_NAMES: Final = frozenset({"name", "indicators"})
_LEVELS: Final = frozenset({"level1", "level2"})
_OF_PROJECTS: Final = frozenset({"total", "fiscal", "goal"})
_LABELS: Final = frozenset({"name", "whole_department"})
_WHOSE: Final = frozenset({"project", "budget_unit", "department"})
_LINE_GAP_EMS: Final = 0.8
_SAME_HEIGHT_EMS: Final = 0.3
_MOST_LINES: Final = 5
_NAMING: Final = re.compile("指标|级|绩效|具体|明细")
_TALLEST_EMS: Final = 3.0

Setting = Callable[[Block], float]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column, what it stands for (None: unknown), and whether it is as high as all heads."""

    field: str | None
    block: Block
    is_tall: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """Heads side by side, with those of groups of columns printed above them."""

    heads: tuple[Head, ...]
    parents: tuple[Block, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        return (*self.parents, *(head.block for head in self.heads))

    @property
    def top(self) -> float:
        return min(block.top for block in self.blocks)

    @property
    def bottom(self) -> float:
        return max(block.bottom for block in self.blocks)

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(head.field for head in self.heads if head.field)

    @property
    def is_of_list(self) -> bool:
        return "project" in self.fields or self.fields >= {"budget_unit", "goal"}

    @property
    def texts(self) -> list[str]:
        return [block.text for block in self.blocks]


def find_headers(words: Sequence[Word]) -> list[Header]:
    """Find every header that names indicators and their values in columns of their own, top to bottom."""
    headers: list[Header] = []
    for seed in _seeds(words):
        if any(header.top <= seed.bottom and seed.top <= header.bottom for header in headers):
            continue
        header = _header(words, seed)
        if header is not None:
            headers.append(header)
    return sorted(headers, key=lambda header: header.top)


def _seeds(words: Sequence[Word]) -> Iterator[Block]:
    """List what may be the head of the indicators' names, top to bottom."""
    starts = [word for word in words if len(word.text) <= LONGEST_LABEL and _NAMING.search(word.text)]
    blocks = [(_field(block), block) for word in starts for block in stacks(word, words)]
    for wanted in ("name", "indicators"):
        found = (block for field, block in blocks if field == wanted)
        yield from sorted(found, key=lambda block: (block.middle, -len(block.words)))


def _field(block: Block) -> str | None:
    return column_field(block.text) if sum(len(word.text) for word in block.words) <= LONGEST_LABEL else None


def _header(words: Sequence[Word], seed: Block) -> Header | None:
    """Read the heads beside that of the names, which share its middle or its top."""
    ways = [_heads_at(words, seed.middle, _middle), _heads_at(words, seed.top, _top)]
    is_list = not _is_named_above(words, seed)
    heads = _without_label(max(ways, key=_count_known), is_list=is_list)
    heads = _with_project(heads) if is_list else heads
    fields = {head.field for head in heads}
    if not (fields & _NAMES or fields >= _LEVELS) or not fields & _VALUES or _overlap(heads):
        return None
    return _with_tall_heads(words, heads)


def _middle(block: Block) -> float:
    return block.middle


def _top(block: Block) -> float:
    return block.top


def _count_known(heads: Sequence[Head]) -> tuple[int, int]:
    """Count the heads whose words are known, and their lines."""
    known = [] if _overlap(heads) else [head for head in heads if head.field]
    return len(known), sum(len(head.block.words) for head in known)


def _is_named_above(words: Sequence[Word], seed: Block) -> bool:
    """Say whether labels above a header name the project or the department of a block."""
    above = (word.text for word in words if word.box.middle < seed.top and len(word.text) <= LONGEST_LABEL)
    return any(head_field(text) in _LABELS for text in above)


def _without_label(heads: Sequence[Head], *, is_list: bool) -> Sequence[Head]:
    """
    Leave out the label beside the rows of a block where it begins at the header's height.

    Words that are not known are a head themselves in a list, and where they stand there twice.
    """
    fields = [head.field for head in heads]
    is_label = fields[0] in (None, "indicators") and "name" in fields
    is_of_list = is_list and bool(_OF_PROJECTS.intersection(fields))
    is_twice = any(head.block.text == heads[0].block.text for head in heads[1:])
    is_head = fields[0] is None and (is_twice or is_of_list)
    return heads[1:] if is_label and not is_head else heads


def _with_project(heads: Sequence[Head]) -> Sequence[Head]:
    """Take the unknown words before money and goals for the projects' head where no other is theirs."""
    fields = {head.field for head in heads}
    if heads[0].field is not None or fields & _WHOSE or not fields & _OF_PROJECTS:
        return heads
    return [replace(heads[0], field="project"), *heads[1:]]


def _overlap(heads: Sequence[Head]) -> bool:
    return any(right.block.x0 < left.block.x1 for left, right in pairwise(heads))


def _heads_at(words: Sequence[Word], height: float, setting: Setting, *, is_tall: bool = False) -> list[Head]:
    """List the heads, of one or more lines, that are set at one height, left to right."""
    em = em_of(words)
    near = [word for word in words if abs(word.box.middle - height) < _TALLEST_EMS * em]
    found: list[Head] = []
    for block in sorted(_candidates(near), key=_rank):
        is_there = abs(setting(block) - height) <= _SAME_HEIGHT_EMS * em
        if is_there and not any(_share(block, head.block) for head in found):
            found.append(Head(_field(block), block, is_tall))
    known = [head.block for head in found if head.field]
    whole = [_whole(head, near, known) if known and not head.field else head for head in found]
    return sorted(whole, key=lambda head: head.block.x0)


def _rank(block: Block) -> tuple[int, int]:
    """Put words that are listed first, those of most lines before others, and unknown ones last."""
    lines = len(block.words)
    if _field(block) is None:
        return 2, lines
    return (0, -lines) if is_listed(block.text) else (1, lines)


def _candidates(words: Sequence[Word]) -> Iterator[Block]:
    """List every stack of lines that could be one head."""
    for word in words:
        yield from stacks(word, words)


def stacks(word: Word, words: Sequence[Word]) -> Iterator[Block]:
    members = [word]
    while len(members) <= _MOST_LINES:
        yield block_of(members)
        below = _below(words, members[-1])
        if below is None:
            break
        members = [*members, below]


def _whole(head: Head, words: Sequence[Word], known: Sequence[Block]) -> Head:
    """Give a head of unknown words all its lines: what stands below each other as high as the known heads."""
    top, bottom = min(block.top for block in known), max(block.bottom for block in known)
    own = [word for word in words if top < word.box.middle < bottom and _share(block_of([word]), head.block)]
    return replace(head, block=block_of([*head.block.words, *(w for w in own if w not in head.block.words)]))


def _below(words: Sequence[Word], word: Word) -> Word | None:
    """Find the line right below a word that stands in the same column."""
    box, em = word.box, word.box.height
    close = [
        other
        for other in words
        if other.box.middle > box.bottom - 0.3 * em
        and other.box.top - box.bottom <= _LINE_GAP_EMS * em
        and box.x0 < other.box.x1
        and other.box.x0 < box.x1
    ]
    return min(close, key=lambda other: other.box.top, default=None)


def _share(one: Block, other: Block) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _with_tall_heads(words: Sequence[Word], heads: Sequence[Head]) -> Header:
    """Add the heads at the left that are as high as those of indicators with the one above them."""
    left, right = heads[0].block.x0, heads[-1].block.x1
    top, bottom = min(head.block.top for head in heads), max(head.block.bottom for head in heads)
    parents = _parents([word for word in words if left <= word.box.centre <= right], top)
    outside = [word for word in words if word.box.x1 < left or word.box.x0 > right]
    if not parents or not outside:
        return Header(tuple(heads))
    upper = parents[0].top
    ways = [
        _heads_at(outside, (upper + bottom) / 2, _middle, is_tall=True),
        _heads_at(outside, upper, _top, is_tall=True),
    ]
    tall = max(ways, key=_count_known)
    whole = Header(tuple(sorted((*heads, *tall), key=lambda head: head.block.x0)), tuple(parents))
    return whole if whole.is_of_list and not _overlap(tall) else Header(tuple(heads))


def _parents(words: Sequence[Word], top: float) -> list[Block]:
    """List what is printed on the line above the heads."""
    em = em_of(words)
    above = [word for word in words if 0 < top - word.box.middle < _TALLEST_EMS * em]
    nearest = max((word.box.middle for word in above), default=0.0)
    line = [block_of([word]) for word in above if abs(word.box.middle - nearest) <= _SAME_HEIGHT_EMS * em]
    return sorted(line, key=lambda block: block.x0)


def em_of(words: Sequence[Word]) -> float:
    """Give the usual height of the words."""
    return median(word.box.height for word in words)

"""Parts pages into what stands above a table, its labels and values, its header and its rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from services.parse.forms.heads.labels import LONGEST_LABEL, head_field
from services.parse.forms.titles import is_title
from services.parse.tables.implied.blocks import Block
from services.parse.tables.implied.header import Header, find_headers, stacks
from services.parse.tables.lines import group_into_lines
from shared.contracts.pages import Word

_STARTS_A_BLOCK: Final = frozenset(
    {"name", "whole_department", "department", "funds", "goal", "goal_period", "budget_unit", "code"}
)
_NOTE: Final = re.compile(r"(?:备?注|说明|填[报表]说明)\d*[:：]")
_NUMBER_OF_TABLE: Final = re.compile(r"(?:附?表|附件)\s*\d+(?:-\d+)?")
_LARGER: Final = 1.15
_LINE_GAP_EMS: Final = 0.55
_SAME_HEIGHT_POINTS: Final = 0.5
_HOLDS_ITS_VALUE: Final = re.compile(r"[:：]\s*\S")
"""项目名称：校园安保 is a line above the table, no label of a cell."""
_FOOT: Final = re.compile(r"备\s*注|其他(?:需要)?说明(?:的问题|的事项)?")
_SUM: Final = re.compile(r"总\s*分|[总合]\s*计")

Line = list[Word]


@dataclass(slots=True)
class Section:
    """
    What one page shows of a table.

    ``keys`` are the labels and values above the header of a block, ``rows`` what is printed
    below the header (or, where the page has none, from its top), with the label beside it.
    """

    page: int
    heading: list[Word] = field(default_factory=list)
    keys: list[Word] = field(default_factory=list)
    header: Header | None = None
    rows: list[Word] = field(default_factory=list)
    rest: list[Word] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A table over all its pages; the first has its header."""

    header: Header
    sections: list[Section]


def outline_pages(pages: Sequence[Sequence[Word]]) -> list[Outline]:
    """Find the tables of consecutive pages, in reading order; those that go on are one."""
    outlines: list[Outline] = []
    for number, words in enumerate(pages):
        _outline_page(outlines, number, words)
    return outlines


def _outline_page(outlines: list[Outline], number: int, words: Sequence[Word]) -> None:
    headers = find_headers(words)
    left = list(words)
    for index, header in enumerate(headers):
        above, below = _around(left, header)
        if outlines and not index:
            above = _continue(outlines[-1], number, above)
        section = Section(number, header=header)
        if outlines and not above and not index and _repeats(outlines[-1], number, header):
            outlines[-1].sections.append(section)
        else:
            section.heading, section.keys = _heading_and_keys(above, header)
            outlines.append(Outline(header, [*_head_before(outlines, number, header, above), section]))
        section.rows, left = _rows_and_rest(below, header)
    if headers:
        outlines[-1].sections[-1].rest = left
    elif outlines:
        rest = _continue(outlines[-1], number, left)
        outlines[-1].sections[-1].rest += rest


def _repeats(outline: Outline, number: int, header: Header) -> bool:
    last = outline.sections[-1]
    return header.texts == outline.header.texts and last.page == number - 1 and not _top_of_labels(last.rest)


def _head_before(
    outlines: Sequence[Outline], number: int, header: Header, above: Sequence[Word]
) -> list[Section]:
    """Find the title, labels and values that a page's end has cut off from their header."""
    last = outlines[-1].sections[-1] if outlines else None
    has_title = any(is_title("".join(word.text for word in line)) for line in group_into_lines(above))
    if last is None or last.page != number - 1 or has_title or not last.rest:
        return []
    heading, keys = _heading_and_keys(last.rest, header)
    last.rest = [] if keys else last.rest
    return [Section(last.page, heading=heading, keys=keys)] if keys else []


def _around(words: Sequence[Word], header: Header) -> tuple[list[Word], list[Word]]:
    """Part the words above a header from those beside and below it."""
    own = {id(word) for block in header.blocks for word in block.words}
    above = [word for word in words if word.box.middle < header.top and id(word) not in own]
    below = [word for word in words if word.box.middle >= header.top and id(word) not in own]
    return above, below


def _continue(outline: Outline, number: int, words: Sequence[Word]) -> list[Word]:
    """Give a table the rows that a page has of it at its top; what stands below them is left over."""
    if outline.sections[-1].page < number - 1 or outline.sections[-1].rest:
        return list(words)
    rows, rest = _rows_and_rest(words, outline.header)
    if rows:
        outline.sections.append(Section(number, rows=rows))
    return rest


def _rows_and_rest(words: Sequence[Word], header: Header) -> tuple[list[Word], list[Word]]:
    lines = group_into_lines(words)
    end = next((index for index, line in enumerate(lines) if _ends(line, header)), len(lines))
    return [word for line in lines[:end] for word in line], [word for line in lines[end:] for word in line]


def _ends(line: Line, header: Header) -> bool:
    first = line[0].text
    if (
        is_title("".join(word.text for word in line))
        or _NOTE.match(first)
        or _NUMBER_OF_TABLE.fullmatch(first)
    ):
        return True
    if min(word.box.height for word in line) > _LARGER * max(head.block.em for head in header.heads):
        return True  # the title of what follows, or a chapter's
    if header.is_of_list:
        return False
    names = next((head.block.x0 for head in header.heads if head.field in ("name", "indicators")), 0.0)
    labels = [word for word in line if word.box.x1 < names]
    return bool(_SUM.fullmatch(first) or _FOOT.fullmatch(first)) or any(
        head_field(word.text) in _STARTS_A_BLOCK for word in labels
    )


def _heading_and_keys(words: Sequence[Word], header: Header) -> tuple[list[Word], list[Word]]:
    """Part lines above a block from its labels and values; what stands above a list is all heading."""
    lines = group_into_lines(words)
    titles = [index for index, line in enumerate(lines) if is_title("".join(word.text for word in line))]
    own = [word for line in lines[titles[-1] + 1 if titles else 0 :] for word in line]
    top = None if header.is_of_list else _top_of_labels(own)
    if top is None:
        return list(words), []
    for line in reversed(group_into_lines(own)):
        em = max(word.box.height for word in line)
        if abs(top - max(word.box.bottom for word in line)) <= _LINE_GAP_EMS * em / 2:
            top = min(top, *(word.box.top for word in line))
    keys = [word for word in own if word.box.middle >= top]
    kept = {id(word) for word in keys}
    return [word for word in words if id(word) not in kept], keys


def _top_of_labels(words: Sequence[Word]) -> float | None:
    """Find where the first label begins, which may have several lines."""
    tops = (
        block.top
        for word in sorted(words, key=lambda word: word.box.top)
        for block in stacks(word, words)
        if len(block.text) <= LONGEST_LABEL
        and _is_dense(block)
        and head_field(block.text)
        and not _HOLDS_ITS_VALUE.search(block.text)
    )
    return next(tops, None)


def _is_dense(block: Block) -> bool:
    """Say whether the lines of a block stand as close, and are as high, as those of one cell."""
    return all(
        below.box.top - above.box.bottom <= _LINE_GAP_EMS * above.box.height
        and abs(below.box.height - above.box.height) <= _SAME_HEIGHT_POINTS
        for above, below in pairwise(block.words)
    )

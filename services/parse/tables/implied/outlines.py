"""Parts pages into what stands above a table, its labels and values, its header and its rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf
from typing import Final

from services.parse.forms.heads.labels import LONGEST_LABEL, head_field
from services.parse.forms.titles import is_title
from services.parse.tables.implied.blocks import Block
from services.parse.tables.implied.endings import (
    are_asides,
    begins_with_title,
    has_rows,
    hold_rows,
    rows_and_rest,
)
from services.parse.tables.implied.header import Header, find_headers, stacks
from services.parse.tables.lines import group_into_lines
from shared.contracts.pages import Word

_LINE_GAP_EMS: Final = 0.55
_SAME_HEIGHT_POINTS: Final = 0.5
_CAPTION: Final = re.compile(r"(?:年度|长期|中长?期|总体|实施期)(?:绩效)?(?:目标|指标)表")
_HOLDS_ITS_VALUE: Final = re.compile(r"[:：]\s*\S")
"""项目名称：校园安保 is a line above the table, no label of a cell."""


@dataclass(slots=True)
class Section:
    """
    What one page shows of a table.

    ``keys`` are the labels and values above the header of a block, ``rows`` what is printed
    below the header (or, where the page has none, from its top), with the label beside it: one
    list of words, or one on either side of each note between the rows. It ``loses_rows`` where
    something else than a note parts them.
    """

    page: int
    heading: list[Word] = field(default_factory=list)
    keys: list[Word] = field(default_factory=list)
    header: Header | None = None
    rows: list[list[Word]] = field(default_factory=list)
    rest: list[Word] = field(default_factory=list)
    loses_rows: bool = False


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


def without_rows_below_asides(outline: Outline) -> Outline:
    """End a table above the first note between its rows, and remember that it loses those below."""
    end = next(index for index, section in enumerate(outline.sections) if len(section.rows) > 1)
    cut = outline.sections[end]
    shortened = replace(cut, rows=cut.rows[:1], loses_rows=True)
    return Outline(outline.header, [*outline.sections[:end], shortened])


def _outline_page(outlines: list[Outline], number: int, words: Sequence[Word]) -> None:
    headers = find_headers(words)
    left = list(words)
    if outlines and (above := _above(left, headers)):
        rest = _continue(outlines[-1], number, above)
        kept = {id(word) for word in above} - {id(word) for word in rest}
        left = [word for word in left if id(word) not in kept]
    ends = [*(header.top for header in headers[1:]), inf]
    for header, end in zip(headers, ends, strict=False):
        left = _outline_header(outlines, number, header, left, end)
    if outlines:
        outlines[-1].sections[-1].rest += left


def _above(words: Sequence[Word], headers: Sequence[Header]) -> list[Word]:
    return _around(words, headers[0])[0] if headers else list(words)


def _outline_header(
    outlines: list[Outline], number: int, header: Header, words: Sequence[Word], end: float
) -> list[Word]:
    """Outline what a header and the rows below it down to the next header are of; give what is left."""
    above, below = _around(words, header)
    own = [word for word in below if word.box.middle < end]
    rows, rest = rows_and_rest(own, header)
    section = Section(number, header=header, rows=rows, loses_rows=has_rows(rest, header))
    if outlines and not above and _repeats(outlines[-1], section):
        outlines[-1].sections.append(section)
    elif outlines and not above and _repeats_below(outlines[-1].sections[-1], section):
        outlines[-1].sections[-1].rows += rows
        outlines[-1].sections[-1].loses_rows |= section.loses_rows
    else:
        section.heading, section.keys = _heading_and_keys(above, header)
        outlines.append(Outline(header, [*_head_before(outlines, number, header, above), section]))
    kept = {id(word) for word in own} - {id(word) for word in rest}
    return [word for word in below if id(word) not in kept]


def _repeats(outline: Outline, section: Section) -> bool:
    last = outline.sections[-1]
    is_next_page = last.page == section.page - 1
    return (
        section.header is not None
        and section.header.texts == outline.header.texts
        and is_next_page
        and not _top_of_labels(last.rest)
    )


def _repeats_below(last: Section, section: Section) -> bool:
    """Say whether a header is printed again within a page; beside other labels it is of another period."""
    if last.header is None or section.header is None or last.page != section.page:
        return False
    labels = [_left_of(section.header, each.rows) for each in (last, section)]
    return last.header.texts == section.header.texts and not all(labels)


def _left_of(header: Header, rows: Sequence[Sequence[Word]]) -> bool:
    left = min(head.block.x0 for head in header.heads)
    return any(word.box.x1 <= left for words in rows for word in words)


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
    last, header = outline.sections[-1], outline.header
    is_other_page = last.page < number - 1 or begins_with_title(words)
    if not is_other_page and last.page < number and are_asides(last.rest, header):
        rows, rest = rows_and_rest(words, header)
        if hold_rows(rows, header):
            outline.sections.append(Section(number, rows=rows, loses_rows=has_rows(rest, header)))
            return rest
    if has_rows(words, header, is_other_page=is_other_page):
        outline.sections.append(Section(number, loses_rows=True))
    return list(words)


def _heading_and_keys(words: Sequence[Word], header: Header) -> tuple[list[Word], list[Word]]:
    """Part lines above a block from its labels and values; what stands above a list is all heading."""
    lines = group_into_lines(words)
    titles = [index for index, line in enumerate(lines) if _is_title("".join(word.text for word in line))]
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


def _is_title(text: str) -> bool:
    """Tell the title from what only announces the indicators below it (年度绩效目标表)."""
    return is_title(text) and _CAPTION.fullmatch(text) is None


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

"""Where the rows of a table without rules end: at a title, a sum, another block, but not at a note."""

import re
from collections.abc import Sequence
from typing import Final

from services.parse.forms.asides import is_aside
from services.parse.forms.heads.band import VALUES
from services.parse.forms.heads.labels import head_field
from services.parse.forms.titles import is_title
from services.parse.tables.implied.header import Head, Header
from services.parse.tables.lines import group_into_lines
from services.parse.tables.unread import is_of_indicator
from shared.contracts.pages import Word

_STARTS_A_BLOCK: Final = frozenset(
    {"name", "whole_department", "department", "funds", "goal", "goal_period", "budget_unit", "code"}
)
_NUMBER_OF_TABLE: Final = re.compile(r"(?:附?表|附件)\s*\d+(?:-\d+)?")
_LABELLED: Final = re.compile("[:：]")
"""Signatures, dates and telephone numbers below a table stand in the line of their label."""
_OTHER_TITLE: Final = re.compile(r"[^。；;：:]{3,40}表(?:[(（][^()（）]*[)）])?")
_FOOT: Final = re.compile(r"备\s*注|其他(?:需要)?说明(?:的问题|的事项)?")
_SUM: Final = re.compile(r"总\s*分|[总合]\s*计")
_LINE_GAP_EMS: Final = 0.55
_INDENT_EMS: Final = 2.5
_FEWEST_OF_ROW: Final = 3
_MOST_LINES_OF_REST: Final = 5
_LARGER: Final = 1.15

Line = list[Word]


def rows_and_rest(words: Sequence[Word], header: Header) -> tuple[list[list[Word]], list[Word]]:
    """Part the rows of a table, those on either side of a note from each other, from what is below them."""
    left: list[Line] | None = group_into_lines(words)
    rows: list[list[Word]] = []
    rest: list[Line] = []
    while left:
        end = next((index for index, line in enumerate(left) if _ends(line, header)), len(left))
        rows.append(_words(left[:end]))
        rest = left[end:]
        left = _rows_below_aside(rest, header)
    return list(filter(None, rows)), _words(rest)


def _words(lines: Sequence[Line]) -> list[Word]:
    return [word for line in lines for word in line]


def _rows_below_aside(lines: Sequence[Line], header: Header) -> list[Line] | None:
    """Give the lines below a note or the like if the table goes on there; None where it does not."""
    aside = _aside(lines[0], header) if lines else None
    if aside is None:
        return None
    above, below = aside, list(lines[1:])
    while below and (word := _next_of_aside(above, below[0], aside, header)):
        above = word
        below.pop(0)
    end = next((index for index, line in enumerate(below) if _ends(line, header)), len(below))
    return below if any(_is_row(line, header) for line in below[:end]) else None


def _aside(line: Line, header: Header) -> Word | None:
    """Find a note or the like, alone or left of the names; the label beside all rows may stand before it."""
    left = _left_of_names(header)
    return next(
        (word for word in line if (word.box.x0 < left or len(line) == 1) and is_aside(word.text)), None
    )


def are_asides(words: Sequence[Word], header: Header) -> bool:
    """Say whether nothing but notes and the like is printed."""
    return all(_aside(line, header) for line in group_into_lines(words))


def _left_of_names(header: Header) -> float:
    return next((head.block.x0 for head in header.heads if head.field in ("name", "indicators")), 0.0)


def _next_of_aside(above: Word, line: Line, aside: Word, header: Header) -> Word | None:
    """Find the next line of a note: close below it, set at its left, and in no row."""
    em = aside.box.height
    return next(
        (
            word
            for word in line
            if word.box.top - above.box.bottom <= _LINE_GAP_EMS * em
            and abs(word.box.x0 - aside.box.x0) <= _INDENT_EMS * em
            and not _is_row(line, header)
        ),
        None,
    )


def has_rows(words: Sequence[Word], header: Header, *, is_other_page: bool = False) -> bool:
    """
    Say whether rows of a table stand below what has ended it.

    The labels of another block are set like rows, and so are the rows of another table on a later
    page: there must be levels or operators, too.
    """
    lines = group_into_lines(words)
    begins = next((index for index, line in enumerate(lines) if _begins_a_block(line, header)), len(lines))
    certain = 0 if is_other_page else begins
    rows = [
        index
        for index, line in enumerate(lines)
        if _is_row(line, header) and not any(_is_label(word.text) for word in line)
    ]
    is_of_indicators = any(is_of_indicator(word.text) for line in lines[certain:] for word in line)
    return bool(rows) and (rows[0] < certain or is_of_indicators)


def _is_label(text: str) -> bool:
    return bool(head_field(text) or _SUM.fullmatch(text) or _FOOT.fullmatch(text))


def begins_with_title(words: Sequence[Word]) -> bool:
    """Say whether the first line is the title of another table, of whatever kind."""
    first = group_into_lines(words)[:1]
    return any(len(line) == 1 and _OTHER_TITLE.fullmatch(line[0].text) for line in first)


def hold_rows(rows: Sequence[Sequence[Word]], header: Header) -> bool:
    """Say whether words are those of rows, or of the rest of one that a page's end has cut."""
    lines = [line for words in rows for line in group_into_lines(words)]
    is_rest = len(lines) <= _MOST_LINES_OF_REST and not any(
        sum(word.box.x0 < head.block.centre < word.box.x1 for head in header.heads) > 1
        for line in lines
        for word in line
    )
    return any(_is_row(line, header) for line in lines) or (bool(lines) and is_rest)


def _is_row(line: Line, header: Header) -> bool:
    """Say whether a line has words of their own below the head of a value and below another one."""
    if any(_LABELLED.search(word.text) for word in line):
        return False
    heads = {id(head): head.field for word in line for head in [_nearest(word, header.heads)]}
    return len(heads) >= min(_FEWEST_OF_ROW, len(header.heads)) and any(f in VALUES for f in heads.values())


def _nearest(word: Word, heads: Sequence[Head]) -> Head:
    return min(heads, key=lambda head: abs(head.block.centre - word.box.centre))


def _ends(line: Line, header: Header) -> bool:
    first = line[0].text
    is_titled = is_title("".join(word.text for word in line)) or _NUMBER_OF_TABLE.fullmatch(first)
    if is_titled or _aside(line, header):
        return True
    if min(word.box.height for word in line) > _LARGER * max(head.block.em for head in header.heads):
        return True  # the title of what follows, or a chapter's
    if header.is_of_list:
        return False
    return bool(_SUM.fullmatch(first) or _FOOT.fullmatch(first)) or _begins_a_block(line, header)


def _begins_a_block(line: Line, header: Header) -> bool:
    labels = [word for word in line if word.box.x1 < _left_of_names(header)]
    return any(head_field(word.text) in _STARTS_A_BLOCK for word in labels)

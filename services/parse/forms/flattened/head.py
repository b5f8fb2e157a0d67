"""The lines that name the columns of a list in the text of a text layer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.parse.forms.heads.band import AMOUNTS
from services.parse.forms.heads.vocabulary import COLUMNS
from services.parse.forms.text_heading import is_heading
from services.parse.forms.titles import find_title
from services.parse.passage import Passage

_TALLEST_HEAD: Final = 10
_FIELD_OF: Final = {word: field for field, words in COLUMNS.items() for word in words}
_WORD: Final = re.compile("|".join(sorted(map(re.escape, _FIELD_OF), key=len, reverse=True)))
_OPENS: Final = re.compile(r"^(?:序号)?(?:[（(]?单位[)）]?)?项目名称")
_SENTENCE: Final = re.compile(r"[。；;！!]|\d")


@dataclass(frozen=True, slots=True)
class FlattenedHead:
    """
    Where a head stands with the lines that belong to it (``end`` excluded).

    ``start`` is the first of the title and the like right above it, ``first_row`` the first line
    that names columns. ``columns`` are those of money in their order, ``fields`` all.
    """

    start: int
    first_row: int
    end: int
    columns: tuple[str, ...]
    fields: frozenset[str]


def find_heads(lines: Sequence[Passage]) -> list[FlattenedHead]:
    """
    Find the head of every list.

    A head may run over several lines, since its words are wrapped within their columns.
    """
    heads: list[FlattenedHead] = []
    position = 0
    while position < len(lines):
        head = _head_at(lines, position)
        if head:
            heads.append(head)
        position = head.end if head else position + 1
    return heads


def _head_at(lines: Sequence[Passage], first_row: int) -> FlattenedHead | None:
    words = ""
    for end in range(first_row, min(first_row + _TALLEST_HEAD, len(lines))):
        words += "".join(lines[end].text.split())
        if _SENTENCE.search(words) or not _OPENS.match(words):
            return None
        fields = [_FIELD_OF[match.group()] for match in _WORD.finditer(words)]
        if fields[-1] == "indicators" and "goal" in fields:
            columns = tuple(dict.fromkeys(field for field in fields if field in AMOUNTS))
            start = _first_line_above(lines, first_row)
            return FlattenedHead(start, first_row, end + 1, columns, frozenset(fields))
    return None


def _first_line_above(lines: Sequence[Passage], first_row: int) -> int:
    start = first_row
    while start > 0 and (is_heading(lines[start - 1]) or find_title(lines[start - 1 : start])):
        start -= 1
    return start

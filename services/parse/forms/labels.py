"""Printed words made comparable, and what they mean."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from services.parse.forms.vocabulary import COLUMNS, HEADS
from services.parse.grid import Cell

LONGEST_LABEL: Final = 30
"""No label or column head has more characters; longer cells are text and need no comparing."""

_MARKS = re.compile(r"[\s:：*＊·。.、,，;；“”\"'’‘/／|_—-]+")
_BRACKETS = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_BRACKET_SIGNS = re.compile(r"[()（）\[\]【】〔〕]")
_LEADING = re.compile(r"^(?:其中|一|二|三|四|五|六|七|八|九|\d{1,2}(?!\d))+")
_YEAR = re.compile(r"20\d\d年(?:度)?")
_COLUMN_OF = {word: field for field, words in COLUMNS.items() for word in words}
_HEAD_OF = {word: field for field, words in HEADS.items() for word in words}


def label_text(cell: Cell) -> str:
    """Give a cell's text when it is short enough to be a label; otherwise nothing."""
    if sum(len(line) for line in cell.lines) > LONGEST_LABEL:
        return ""
    return cell.text


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Drop blanks and marks, and the brackets but not what they hold."""
    return _MARKS.sub("", _BRACKET_SIGNS.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[str, ...]:
    """
    List the ways a label may be meant, the fullest first.

    What stands in brackets may be part of the name (单位（项目）名称) or a remark (分值（90分）);
    a year, a number or 其中 in front never changes the meaning.
    """
    folded = unicodedata.normalize("NFKC", text)
    full, bare = normalise(folded), _MARKS.sub("", _BRACKETS.sub("", folded))
    found = [full, bare]
    for spelling in (full, bare):
        found += [_YEAR.sub("", spelling), _LEADING.sub("", spelling)]
    return tuple(dict.fromkeys(spelling for spelling in found if spelling))


@lru_cache(maxsize=4096)
def column_field(text: str) -> str | None:
    """Say which field a column head stands for."""
    return next((_COLUMN_OF[word] for word in spellings(text) if word in _COLUMN_OF), None)


@lru_cache(maxsize=4096)
def head_field(text: str) -> str | None:
    """Say which field a label of a key/value head stands for."""
    return next((_HEAD_OF[word] for word in spellings(text) if word in _HEAD_OF), None)

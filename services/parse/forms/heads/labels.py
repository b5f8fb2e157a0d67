"""Printed words made comparable, and what they mean."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from services.parse.forms.heads.vocabulary import COLUMN_ENDINGS, COLUMNS, HEAD_ENDINGS, HEADS, WEAK_NAMES
from services.parse.grid import Cell

LONGEST_LABEL: Final = 30
"""No label or column head has more characters; longer cells are text and need no comparing."""

LONGEST_UNLISTED: Final = 16
"""A longer text that ends like a label is a sentence."""

_MARKS = re.compile(r"[\s:：*＊·。.、,，;；“”\"'’‘/／|_—※★☆▲△●○◆◇■□-]+")
_FOOTNOTE = re.compile(r"[①-⑳⑴-⒇]+$|^[①-⑳⑴-⒇]+")
_BRACKETS = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]*[)）\]】〕]")
_BRACKET_SIGNS = re.compile(r"[()（）\[\]【】〔〕]")
_LEADING = re.compile(r"^(?:其中|一|二|三|四|五|六|七|八|九|\d{1,2}(?!\d))+")
_YEAR = re.compile(r"20\d\d年(?:度)?")
_YEAR_IN_A_HEAD = re.compile(r"(?<!\d)20\d\d(?=\s*年|\s*[-—－–~～至])")
_UNIT_REMARK = re.compile(r"(?<=值)\s*[(（\[]\s*(?:计量|度量)?单位\s*[)）\]]$")
_FOREIGN = re.compile(
    r"(?:[A-Za-z]{3}|[\u0600-\u06FF\u0F00-\u0FFF\u1800-\u18AF])[\w\s\u0F00-\u0FFF\u1800-\u18AF'’./&-]*",
    re.ASCII,
)
_UNIT_OF_MONEY = re.compile(r"(?:(?:金额)?单位)?(?:人民币)?[亿万千]?元$")
_COLUMN_OF = {word: field for field, words in COLUMNS.items() for word in words}
_HEAD_OF = {word: field for field, words in HEADS.items() for word in words}
_COLUMN_ENDINGS = [(re.compile(ending), field) for ending, field in COLUMN_ENDINGS]
_HEAD_ENDINGS = [(re.compile(ending), field) for ending, field in HEAD_ENDINGS]


def label_text(cell: Cell) -> str:
    """Give a cell's text when it is short enough to be a label; otherwise nothing."""
    if sum(len(line) for line in cell.lines) > LONGEST_LABEL:
        return ""
    return cell.text


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """Drop blanks, marks and the numbers of footnotes, and the brackets but not what they hold."""
    return _MARKS.sub("", _BRACKET_SIGNS.sub("", _folded(text)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", _FOOTNOTE.sub("", text.strip()))


@lru_cache(maxsize=4096)
def spellings(text: str) -> tuple[str, ...]:
    """
    List the ways a label may be meant, the fullest first.

    What stands in brackets may be part of the name (单位（项目）名称) or a remark (分值（90分）,
    目标值（单位）); a year, a number or 其中 in front, a unit of money behind and the same in
    another language never change the meaning.
    """
    folded = _UNIT_REMARK.sub("", _folded(text))
    full, bare = normalise(folded), _MARKS.sub("", _BRACKETS.sub("", folded))
    found = [full, bare]
    for spelling in (full, bare):
        found += [_YEAR.sub("", spelling), _LEADING.sub("", spelling), _UNIT_OF_MONEY.sub("", spelling)]
    found.append(_MARKS.sub("", _BRACKETS.sub("", _FOREIGN.sub("", folded))))
    return tuple(dict.fromkeys(spelling for spelling in found if spelling))


@lru_cache(maxsize=4096)
def column_field(text: str) -> str | None:
    """Say which field a column head stands for."""
    return _find(text, _COLUMN_OF, _COLUMN_ENDINGS)


@lru_cache(maxsize=4096)
def is_listed(text: str) -> bool:
    """Say whether a column head is one of the words listed, and does not only end like one."""
    return any(word in _COLUMN_OF for word in spellings(text))


@lru_cache(maxsize=4096)
def head_field(text: str) -> str | None:
    """Say which field a label of a key/value head stands for."""
    return _find(text, _HEAD_OF, _HEAD_ENDINGS)


@lru_cache(maxsize=4096)
def years_in(text: str) -> tuple[int, ...]:
    """List the years that a head names: 2026年指标值 is of one, 2026-2028年指标值 of several."""
    folded = unicodedata.normalize("NFKC", text)
    return tuple(sorted({int(found) for found in _YEAR_IN_A_HEAD.findall(folded)}))


def is_weak_name(text: str) -> bool:
    """Say whether a head names indicators only where no better head does."""
    return any(word in WEAK_NAMES for word in spellings(text))


def _find(text: str, listed: Mapping[str, str], endings: Sequence[tuple[re.Pattern[str], str]]) -> str | None:
    words = spellings(text)
    known = next((listed[word] for word in words if word in listed), None)
    if known is not None or len(text) > LONGEST_UNLISTED:
        return known
    return next((field for pattern, field in endings for word in words if pattern.fullmatch(word)), None)

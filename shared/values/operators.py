"""The signs and words that compare: what each means, and where one stands in a text."""

import re
from dataclasses import dataclass
from typing import Final

from shared.contracts.records import Operator
from shared.values.spelling import fold

SIGNS: Final[dict[Operator, str]] = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "=", "range": "~"}

_SIGN_WORDS: Final[dict[str, Operator]] = {
    "≥": "ge", ">=": "ge", "=>": "ge", "≥=": "ge", "≤": "le", "<=": "le", "=<": "le", "≤=": "le",
    ">": "gt", "<": "lt", "=": "eq", "==": "eq",
}  # fmt: skip
_LESS = ("低于", "少于", "小于")
_MORE = ("高于", "大于", "多于", "超过", "超出")
_NEGATIONS = ("不", "不得", "不能", "不应", "不可", "未", "没有")
_OR_EQUAL = ("等于", "或等于", "或者等于", "及等于")


def _comparisons() -> dict[str, Operator]:
    words: dict[str, Operator] = {}
    for more, plain, negated, with_equal in ((False, "lt", "ge", "le"), (True, "gt", "le", "ge")):
        for word in _MORE if more else _LESS:
            words[word] = plain  # type: ignore[assignment]  # literals lose their type in the loop
            words |= {negation + word: negated for negation in _NEGATIONS}  # type: ignore[misc]  # likewise
            words |= {word + equal: with_equal for equal in _OR_EQUAL}  # type: ignore[misc]  # likewise
    return words


COMPARISONS: Final = _comparisons()
"""Words that compare whatever follows them: a number, or 上年度 and the like."""

_BEFORE_NUMBERS: Final[dict[str, Operator]] = {
    "至少": "ge", "最少": "ge", "最低": "ge", "不低": "ge", "不少": "ge", "不下": "ge", "不小于": "ge",
    "不短于": "ge", "达到或超过": "ge", "达到": "ge", "达": "ge", "至多": "le", "最多": "le", "最高": "le",
    "不超": "le", "不高": "le", "不长于": "le", "超": "gt", "突破": "gt",
    "不足": "lt", "不到": "lt", "等于": "eq",
}  # fmt: skip
"""Words that say something else where no number follows (不足, 达到要求)."""

SUFFIXES: Final[dict[str, Operator]] = {
    "以上": "ge", "及以上": "ge", "或以上": "ge", "及其以上": "ge", "或者以上": "ge", "(含)以上": "ge",
    "以内": "le", "之内": "le", "及以内": "le", "以下": "le", "及以下": "le", "或以下": "le",
}  # fmt: skip
"""Words after a number; 以上, 以下 and 以内 include it, as in 民法典 第一千二百五十九条."""


def _alternatives(words: dict[str, Operator]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


PREFIX_PATTERN: Final = (
    rf"{_alternatives(_SIGN_WORDS)}|{_alternatives(COMPARISONS)}"
    rf"|(?<![不未没非])(?:{_alternatives(_BEFORE_NUMBERS)})(?=\s*-?[0-9]|\s*[每全各])"
)
SUFFIX_PATTERN: Final = _alternatives(SUFFIXES)
_PREFIX: Final = re.compile(PREFIX_PATTERN)
_SUFFIX: Final = re.compile(SUFFIX_PATTERN)
_ALL: Final = _SIGN_WORDS | COMPARISONS | _BEFORE_NUMBERS
_COLUMN_WORDS: Final[dict[str, Operator]] = _ALL | {
    "大等于": "ge", "小等于": "le", "以上": "ge", "以内": "le", "以下": "le",
    "介于": "range", "区间": "range",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OperatorMatch:
    """An operator found in a text, and where it ends."""

    operator: Operator
    end: int


def match_operator(text: str, position: int = 0) -> OperatorMatch | None:
    """
    Read the sign or word that compares and begins at ``position``.

    The longest one counts (``>=``, 大于等于). Any spelling of a sign is understood (≧ ＞ 》).
    """
    return match_folded_operator(fold(text), position)


def match_folded_operator(folded: str, position: int = 0) -> OperatorMatch | None:
    """Do the same in a text that ``fold`` has already been through."""
    found = _PREFIX.match(folded, position)
    return OperatorMatch(_ALL[found[0]], found.end()) if found else None


def operator_of(word: str) -> Operator:
    """Say what an operator that ``PREFIX_PATTERN`` has found means."""
    return _ALL[word]


def match_suffix(text: str, position: int = 0) -> OperatorMatch | None:
    """Read 以上, 以内 and their like, which stand behind the number they speak of."""
    found = _SUFFIX.match(fold(text), position)
    return OperatorMatch(SUFFIXES[found[0]], found.end()) if found else None


def read_operator(printed: str | None) -> Operator | None:
    """Read an operator that fills a cell of its own; 定性 and what is no operator are None."""
    return _COLUMN_WORDS.get(fold(printed).replace(" ", "")) if printed else None


def sign_of(operator: Operator) -> str:
    """The one sign under which an operator is shown and searched."""
    return SIGNS[operator]

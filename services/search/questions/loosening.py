"""What to loosen in a question that has no answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from services.search.questions.address import SearchAddress
from services.search.words import labels
from shared.contracts.search import QueryError, SearchIndex

MOST_SUGGESTIONS: Final = 6
_PARTS = re.compile(r'[-+]?"[^"]*"|\S+')
_CONDITION = re.compile(r"\s*(?:[≥≧≤≦<>＜＞=＝]|不低于|不少于|不高于|不超过|大于|小于|达到).*")
_MARKS = re.compile(r"[,，;；。、/·:：'‘’]+")
_LONG_WORD = re.compile(r"[\u4e00-\u9fff]{4,16}")
_SHORTEST_PIECE: Final = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A looser question, and how many records answer it."""

    label: str
    count: int
    href: str


def suggestions(address: SearchAddress, index: SearchIndex) -> list[Suggestion]:
    """Loosen a question that has no answer, one step at a time, and say what each step would find."""
    found = []
    for label, looser in _looser(address):
        try:
            count = index.search(looser.request().model_copy(update={"size": 0})).total
        except QueryError:
            continue
        if count:
            found.append(Suggestion(label, count, looser.href()))
        if len(found) == MOST_SUGGESTIONS:
            break
    return found


def _looser(address: SearchAddress) -> Iterator[tuple[str, SearchAddress]]:
    if address.filters:
        yield "去掉全部筛选", address.without_filters()
    if len(list(address.facet_parameters())) > 1:
        for name, value in address.facet_parameters():
            shown = labels.facet_value(name, value)
            yield f"去掉“{labels.FACETS[name]}：{shown}”", address.toggled(name, value)
    parts = _PARTS.findall(address.query)[:12]
    for place, part in enumerate(parts):
        if len(parts) > 1:
            rest = " ".join(parts[:place] + parts[place + 1 :])
            yield f"去掉“{part}”", address.asking(rest)
    yield from _parted_at_marks(address)
    yield from _simpler_conditions(address)
    yield from _parted_words(address, parts)


def _parted_at_marks(address: SearchAddress) -> Iterator[tuple[str, SearchAddress]]:
    """A mark between words is looked for as it stands, which seldom is meant."""
    pieces = " ".join(_MARKS.sub(" ", address.query).split())
    if pieces and pieces != " ".join(address.query.split()):
        yield f"分开写成“{pieces}”", address.asking(pieces)


def _simpler_conditions(address: SearchAddress) -> Iterator[tuple[str, SearchAddress]]:
    name = _CONDITION.sub("", address.query).strip()
    if name and name != address.query.strip():
        yield f"只找“{name}”，不限指标值", address.asking(name)


def _parted_words(address: SearchAddress, parts: list[str]) -> Iterator[tuple[str, SearchAddress]]:
    """Part a long word, for others may stand between: into pairs, or in two, a long piece first."""
    for part in parts:
        word = match[0] if (match := _LONG_WORD.match(part)) else ""
        for pieces in _pieces(word):
            parted = part.replace(word, pieces, 1)
            yield f"分开写成“{parted}”", address.asking(" ".join(parts).replace(part, parted, 1))


def _pieces(word: str) -> Iterator[str]:
    if len(word) > 2 * _SHORTEST_PIECE and len(word) % _SHORTEST_PIECE == 0:
        yield " ".join(
            word[start : start + _SHORTEST_PIECE] for start in range(0, len(word), _SHORTEST_PIECE)
        )
    for end in range(len(word) - _SHORTEST_PIECE, _SHORTEST_PIECE - 1, -1):
        yield f"{word[:end]} {word[end:]}"

"""A query cut into words, quotations, brackets, fields and conditions, each with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from shared.contracts.search import QueryError
from shared.search.comparison import COMPARISON
from shared.search.language import AND_WORDS, FIELD_NAMES, NOT_WORDS, NUMBER_FIELDS, OR_WORDS
from shared.search.signs import FOLDS
from shared.values.operators import PREFIX_PATTERN
from shared.values.spelling import fold

Kind = Literal["open", "close", "or", "and", "not", "field", "word", "quoted", "condition", "number"]


@dataclass(frozen=True, slots=True)
class Token:
    """
    A piece of a query from ``start`` to ``end``; ``text`` is what it says.

    Of a condition, ``name`` and ``target`` are the two sides; ``closed`` says its name was quoted.
    """

    kind: Kind
    text: str
    start: int
    end: int
    name: str = ""
    target: str = ""
    closed: bool = False


_QUOTES: Final = {'"': '"', "“": "”", "”": "”", "„": "”", "＂": "＂", "「": "」", "『": "』"}
_FIRST_HAN: Final = "\u2e80"
_BLANKS: Final = re.compile(r"\s*")
_FIELD: Final = re.compile(
    rf"({'|'.join(sorted(map(re.escape, FIELD_NAMES), key=len, reverse=True))})\s*:\s*", re.IGNORECASE
)
_NUMBER: Final = re.compile(
    rf"(?:(?:{PREFIX_PATTERN})\s*)?[^\s()|\"]+?(?:\s*(?:\.\.+|~|至|到)\s*[^\s()|\"]*)?(?=[\s()|\"]|$)"
)
_JOINT: Final = re.compile(r"[,，;；。、!！]+|或者?|并?且|和")
_JOINT_BEHIND_BLANKS: Final = re.compile(rf"(?:或者?|并?且)(?=[^\s()|\"]+?(?:{PREFIX_PATTERN}))")
_BARS: Final = re.compile(r"\|+")
_WORDS: Final[tuple[tuple[frozenset[str], Kind], ...]] = (
    (OR_WORDS, "or"),
    (AND_WORDS, "and"),
    (NOT_WORDS, "not"),
)


def cut(query: str) -> list[Token]:
    """Cut a query into tokens; a quotation that does not end is the only thing that cannot be cut."""
    return list(_tokens(query, simplified(query)))


def simplified(text: str) -> str:
    """Fold marks and old forms of characters one by one, so that places stay true: 不低於 is 不低于."""
    return "".join(_simple(character) for character in fold(text))


def _simple(character: str) -> str:
    folded = FOLDS[ord(character)] if character >= _FIRST_HAN else character
    return folded if len(folded) == 1 else character


def _tokens(query: str, folded: str) -> Iterator[Token]:
    place = _past_blanks(query, 0)
    field = ""
    while place < len(query):
        token = _next(query, folded, place, field)
        field = token.text if token.kind == "field" else ""
        yield token
        place = _past_blanks(query, token.end)
        if token.kind == "condition" and (joint := _joint(folded, token.end)):
            place = _past_blanks(query, joint.end)
            if _begins_something(folded, place):
                yield joint


def _joint(folded: str, place: int) -> Token | None:
    """Between conditions a mark may stand, or 或 and 且 without blanks; a mark at the end says nothing."""
    found = _JOINT.match(folded, place) or _JOINT_BEHIND_BLANKS.match(folded, _past_blanks(folded, place))
    if not found:
        return None
    kind: Kind = "or" if found[0].startswith("或") else "and"
    return Token(kind, found[0], found.start(), found.end())


def _begins_something(folded: str, place: int) -> bool:
    """Say whether a term may begin here: not at the end, a closing bracket or another joint."""
    rest = folded[place:]
    return bool(rest) and rest[0] not in ")|" and rest.split()[0].upper() not in OR_WORDS | AND_WORDS


def _past_blanks(query: str, place: int) -> int:
    found = _BLANKS.match(query, place)
    return found.end() if found else place


def _next(query: str, folded: str, place: int, field: str) -> Token:
    if field in NUMBER_FIELDS and (number := _NUMBER.match(folded, place)):
        return Token("number", number[0], place, number.end())
    if query[place] in _QUOTES:
        return _quotation(query, folded, place)
    return _sign(folded, place) or _named(query, folded, place, field) or _word(query, folded, place)


def _quotation(query: str, folded: str, place: int) -> Token:
    end = query.find(_QUOTES[query[place]], place + 1)
    if end < 0:
        raise QueryError("引号没有闭合，请补上另一半引号。", start=place, end=len(query))
    text = query[place + 1 : end]
    target = COMPARISON.match(folded, _past_blanks(query, end + 1))
    if target and not target["name"]:
        return Token("condition", text, place, target.end(), name=text, target=target["target"], closed=True)
    return Token("quoted", text, place, end + 1)


def _sign(folded: str, place: int) -> Token | None:
    character = folded[place]
    if character in "()":
        return Token("open" if character == "(" else "close", character, place, place + 1)
    if character == "|":
        found = _BARS.match(folded, place)
        return Token("or", character, place, found.end() if found else place + 1)
    if character == "-" and folded[place + 1 : place + 2].strip():
        return Token("not", character, place, place + 1)
    return None


def _named(query: str, folded: str, place: int, field: str) -> Token | None:
    """Read ``部门:`` or, unless it is the value of another field, a condition such as 满意度≥95%."""
    name = None if field else _FIELD.match(folded, place)
    if name and name[1].casefold() in FIELD_NAMES:
        return Token("field", FIELD_NAMES[name[1].casefold()], place, name.end())
    found = COMPARISON.match(folded, place) if field in ("", "name") else None
    if not found:
        return None
    printed = query[place : found.end("name")], folded[found.start("target") : found.end()]
    return Token(
        "condition", query[place : found.end()], place, found.end(), name=printed[0], target=printed[1]
    )


def _word(query: str, folded: str, place: int) -> Token:
    end = _word_end(query, folded, place)
    text = query[place:end]
    for words, kind in _WORDS:
        if folded[place:end].upper() in words:
            return Token(kind, text, place, end)
    return Token("word", text, place, end)


def _word_end(query: str, folded: str, place: int) -> int:
    """A word ends at a blank, a quotation or a bar, or at a bracket that was not opened within it."""
    depth = 0
    for end in range(place, len(query)):
        character = folded[end]
        if character.isspace() or character == "|" or query[end] in _QUOTES:
            return max(end, place + 1)
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return end
    return len(query)

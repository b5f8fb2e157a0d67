"""Clauses of a cell that hold an indicator each: a name and, behind a colon or a sign, its value."""

import re
from collections.abc import Iterator
from typing import Final

from services.parse.passage import Passage

_CLAUSES: Final = re.compile(r"[；;。]+")
_NUMBER: Final = re.compile(r"\s*(?:\d{1,2}[、.．](?!\d)|[(（]\d{1,2}[)）]|[①-⑳])\s*")
_LINE_NUMBER: Final = re.compile(r"(?<=[^\d])(?=\d{1,2}[、.．](?!\d)|[①-⑳])")
_SIGNS: Final = r"[≥≧≤≦><＞＜=＝]|不低于|不少于|不高于|不超过|不大于|不小于|大于|小于|高于|低于|达到"
_NAME_AND_VALUE: Final = re.compile(
    rf"(?P<name>[^:：]+?)\s*(?:[:：]\s*(?P<told>.+)|(?P<signed>(?:{_SIGNS}).+))"
)
_NAME_AND_NUMBER: Final = re.compile(r"(?P<name>[^\d]{2,}?)(?P<value>\d[\d.,]*\s*[%％‰]?[^\d]{0,6})")


def cut_into_clauses(text: Passage) -> Iterator[Passage]:
    """Give the clauses without their numbers, in printed order."""
    ends = {match.span() for pattern in (_CLAUSES, _LINE_NUMBER) for match in pattern.finditer(text.text)}
    start = 0
    for end, following in sorted({*ends, (len(text), len(text))}):
        clause = without_number(text[start:end])
        if clause:
            yield clause
        start = following


def without_number(clause: Passage) -> Passage:
    """Leave out the number before a clause: 1. or (1) or ①."""
    number = _NUMBER.match(clause.text)
    return (clause[number.end() :] if number else clause).strip()


def name_and_value(clause: Passage) -> dict[str, Passage]:
    """Tell value from name by a colon, a sign or a number; otherwise the clause is all name."""
    match = _NAME_AND_VALUE.fullmatch(clause.text)
    if match:
        group = "told" if match["told"] else "signed"
    else:
        match = _NAME_AND_NUMBER.fullmatch(clause.text)
        group = "value"
    if match is None:
        return {"name": clause, "annual_target": Passage()}
    return {
        "name": clause[match.start("name") : match.end("name")].strip(),
        "annual_target": clause[match.start(group) : match.end(group)].strip(),
    }

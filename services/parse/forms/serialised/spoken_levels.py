"""Cells of clauses with their levels before them: 产出指标：数量指标：检测批次≥300批次；质量指标：…"""

import re
from typing import Final

from services.parse.forms.serialised.clauses import cut_into_clauses, name_and_value, without_number
from services.parse.levels import may_stand_under, standard_level1, standard_level2
from services.parse.passage import Passage
from services.parse.readings import IndicatorReading

_WORD: Final = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,12})(?P<end>[-—－:：、，,]+)")
_VALUE: Final = re.compile(r"\s*(?:[≥≧≤≦><＞＜=＝\d]|不[低少高超大小]|[大小高低]于|$)")
"""What stands behind a name, and not behind a level: 群众满意度：≥90%."""
_APART: Final = re.compile(r"(?P<name>[^，,：:]{2,})[，,](?P<value>\s*[^，,]+)")
_LONGEST_NAME: Final = 40
_FEWEST: Final = 2

Levels = dict[str, Passage]


def read_spoken_levels(cell: Passage) -> tuple[IndicatorReading, ...]:
    """
    Read a cell of which every clause is understood, and of any other nothing.

    A level counts for the clauses behind it until the next one; the first clause must have
    one, and each must have a name and a value.
    """
    found: list[IndicatorReading] = []
    levels: Levels = {}
    for clause in cut_into_clauses(cell):
        levels, rest = _levels_before(clause, levels)
        fields = _fields(rest)
        if not levels or fields is None:
            return ()
        found.append(IndicatorReading({**levels, **fields}))
    return tuple(found) if len(found) >= _FEWEST else ()


def _levels_before(clause: Passage, before: Levels) -> tuple[Levels, Passage]:
    levels, rest = before, clause
    while match := _next_level(rest.text):
        field = _level(match["word"], levels, rest.text[match.end() :])
        kept = levels if field == "level2" else {}
        levels = {**kept, field: rest[match.start("word") : match.end("word")]}
        rest = without_number(rest[match.end() :])
    return levels, rest


def _next_level(text: str) -> re.Match[str] | None:
    match = _WORD.match(text)
    if match is None or _VALUE.match(text, match.end()):
        return None
    return match if standard_level1(match["word"]) or standard_level2(match["word"]) else None


def _level(word: str, levels: Levels, behind: str) -> str:
    """
    Say which level a word is; 成本指标 and 满意度指标 may be either.

    They are the second where they can stand under the first one before, and no other follows.
    """
    first, second = standard_level1(word), standard_level2(word)
    if not (first and second):
        return "level1" if first else "level2"
    before = levels["level1"].text if "level1" in levels else None
    if before is None or _next_level(behind):
        return "level1"
    is_first = standard_level1(before) == first and "level2" in levels
    return "level2" if may_stand_under(before, word) and not is_first else "level1"


def _fields(clause: Passage) -> dict[str, Passage] | None:
    apart = _APART.fullmatch(clause.text)
    fields = name_and_value(clause)
    if apart and not _is_told(fields):
        fields = {
            "name": clause[apart.start("name") : apart.end("name")].strip(),
            "annual_target": clause[apart.start("value") : apart.end("value")].strip(),
        }
    return fields if _is_told(fields) else None


def _is_told(fields: dict[str, Passage]) -> bool:
    name, value = fields["name"], fields["annual_target"]
    is_name = 1 < len(name) <= _LONGEST_NAME and not name.text.endswith(("，", ",", "指标"))
    return is_name and bool(value)

"""Units of measure: one name for each, the power of ten before it, and its number in the index."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from shared.values.numbers import MULTIPLIERS
from shared.values.spelling import fold


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """
    One line of ``units.tsv``, to which lines may be added, but whose ``number`` never changes.

    ``compared_as`` is the unit under which its values are compared (平米 as 平方米);
    a noun may follow a measure word (20家企业), other units end where the word ends.
    """

    number: int
    name: str
    compared_as: str
    noun_may_follow: bool
    also_written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NormalUnit:
    """
    A unit under its one name; numbers in the printed unit times ten to the ``power`` are in it.

    Where 万 alone is printed, there is a power of no unit.
    """

    unit: str | None
    power: int = 0


@dataclass(frozen=True, slots=True)
class UnitMatch:
    """A unit found in a text, and where it ends."""

    unit: str
    end: int


def _read_list() -> Iterator[ListedUnit]:
    with Path(__file__).with_name("units.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield ListedUnit(
                number=int(row["id"]),
                name=row["unit"],
                compared_as=row["compared_as"] or row["unit"],
                noun_may_follow=row["noun_may_follow"] == "yes",
                also_written=tuple(row["also_written"].split()),
            )


LISTED: Final = {unit.name: unit for unit in _read_list()}
_OTHER_NAMES: Final = {other: unit.name for unit in LISTED.values() for other in unit.also_written}
_SPELLINGS: Final = {fold(spelling): spelling for spelling in (*LISTED, *_OTHER_NAMES)}
_LONGEST: Final = max(map(len, _SPELLINGS))
_NO_UNIT: Final = frozenset(
    {"无", "/", "-", "--", "\\", "空", "不适用", "定性", "定量", "其他", "其它", "是/否"}
)
_MONTH: Final = "月"
"""A unit in a cell of its own only, June or half a year; in a text 6月 is June."""

_PERIODS: Final = frozenset({"月", "年度", "每年", "每月"})

_MULTIPLIER: Final = re.compile("|".join(sorted(MULTIPLIERS, key=len, reverse=True)))
_UNIT_LIKE_MULTIPLIER: Final = re.compile("千(?:米|克|瓦|卡|帕|伏|赫|分)|百分")
_LATIN: Final = re.compile("[A-Za-zμ]+[23²³]?(?![0-9])")
_WORD_END: Final = re.compile(
    r"\s*(?:$|[^\u4e00-\u9fffA-Za-z]|(?:及其?|或者?)?以[上内下]|之[内间]|[内前至到余多]|左右|上下)"
)
_OTHER_WORD: Final = re.compile(
    "单位|人民|条件|家长|年[级度]|项目|部门|名称|位置|个人|次日|人均|人员|本地|期间|件套|场地|台账"
)
_PER: Final = re.compile(
    r"\s*/\s*每?((?:[A-Za-z]{1,4}|[\u4e00-\u9fff]{1,4}?(?=(?:及|或)?以|之内|内|左右|[^\u4e00-\u9fff]|$))"
    r"(?:[·.*/][\u4e00-\u9fff]{1,2}?(?=[^\u4e00-\u9fff]|$|(?:及|或)?以|之内))?)"
)


@lru_cache(maxsize=4096)
def normalise_unit(printed: str | None) -> NormalUnit | None:
    """
    Give a unit that fills a cell or a pair of brackets its one name.

    万元 is 元 times ten to the fourth, 百分比 and ％ are %, 台(套) is 台（套）. A unit that
    nobody has listed keeps the name it is printed under. What says there is no unit is None.
    """
    normal = normalise_power(printed)
    return normal if normal and normal.unit else None


def normalise_power(printed: str | None) -> NormalUnit | None:
    """Give a unit its one name as ``normalise_unit`` does, and 万 alone the power that it is."""
    folded = re.sub(r"\s+", "", fold(printed or "")).removeprefix("单位:")
    if folded.startswith("(") and folded.endswith(")"):
        folded = folded[1:-1]
    if not folded or folded in _NO_UNIT or re.search("[0-9<>=≥≤]", folded):
        return None
    multiplier = match_multiplier(folded)
    rest = folded[len(multiplier) :]
    return NormalUnit(standard_name(rest) if rest else None, MULTIPLIERS.get(multiplier, 0))


def is_power(printed: str) -> bool:
    """Say whether a word is a power of ten and nothing else (万)."""
    return fold(printed).strip() in MULTIPLIERS


def match_multiplier(folded: str, position: int = 0) -> str:
    """Find 万, 亿 or the like at ``position``; 千克 and 百分比 are units, not powers of ten."""
    found = _MULTIPLIER.match(folded, position)
    return found[0] if found and not _UNIT_LIKE_MULTIPLIER.match(folded, position) else ""


def standard_name(unit: str) -> str:
    """Name a unit that stands without a power of ten before it."""
    unit = _SPELLINGS.get(unit, unit)
    unit = _OTHER_NAMES.get(unit, unit)
    return unit.replace("(", "（").replace(")", "）") if "(" in unit else unit


def is_known_unit(printed: str) -> bool:
    """Say whether a word is a unit beyond doubt: a listed one, several, or one per another (件次/年)."""
    normal = normalise_unit(printed)
    if normal is None or normal.unit is None:
        return False
    parts = [part for part in re.split("[/（）、·]", normal.unit) if part]
    return bool(parts) and all(
        part in LISTED or (index > 0 and part in _PERIODS) for index, part in enumerate(parts)
    )


def match_unit(folded: str, position: int) -> UnitMatch | None:
    """
    Find the longest listed unit that begins at ``position`` of a folded text.

    ``/年`` and the like belong to the unit. 单 is not read out of 单位, nor 人 out of 人均.
    """
    end = _end_of_listed(folded, position)
    if end is None:
        return None
    name = standard_name(folded[position:end])
    per = _PER.match(folded, end)
    return UnitMatch(f"{name}/{per[1]}", per.end()) if per else UnitMatch(name, end)


def _end_of_listed(folded: str, position: int) -> int | None:
    latin = _LATIN.match(folded, position)
    if latin:
        return latin.end() if latin[0] in _SPELLINGS and _WORD_END.match(folded, latin.end()) else None
    for length in range(min(_LONGEST, len(folded) - position), 0, -1):
        spelling = _SPELLINGS.get(folded[position : position + length])
        if spelling is not None and spelling != _MONTH and _may_end(folded, position + length, spelling):
            return position + length
    return None


def _may_end(folded: str, end: int, spelling: str) -> bool:
    if _WORD_END.match(folded, end) and not _OTHER_WORD.match(folded, end - 1):
        return True
    listed = LISTED.get(spelling)
    return listed is not None and listed.noun_may_follow and not _OTHER_WORD.match(folded, end - 1)


def comparable_unit(unit: str) -> str:
    """Name the unit under which values are compared: 平米 and ㎡ with 平方米, ms with 毫秒."""
    listed = LISTED.get(unit)
    return listed.compared_as if listed else unit


def unit_id(unit: str | None) -> int | None:
    """
    Number a unit for a search index: equal numbers mean comparable values.

    Numbers come from the append-only ``units.tsv`` and are below 4096; a unit that is not
    listed has none, and an index has to tell such units apart by their names.
    """
    listed = LISTED.get(comparable_unit(unit)) if unit else None
    return listed.number if listed else None

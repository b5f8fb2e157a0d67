"""Provinces, cities and districts named in a title or a department's name (GB/T 2260)."""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_ETHNIC: Final = (
    "蒙古族|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克|傣族|黎族|傈僳族|"
    "佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族|"
    "阿昌族|普米族|塔吉克|怒族|(?<!内)蒙古"
)
_SUFFIX: Final = re.compile(rf"(?:(?:{_ETHNIC}|各族)*自治[区州县旗]|特别行政区|地区|省|市|盟|[区县旗])$")
_PREFECTURE: Final = re.compile(rf"(?:{_ETHNIC})+自治州$")
_PLAIN_WORD: Final = re.compile("[东西南北中城市郊老新区县矿江河]+")
_LEAD: Final = re.compile(
    r"(?:\s|[_\-－—.、:：《“\"（(]|附件[0-9一二三四五六七八九十]*|[0-9〇一二三四五六七八九零]{4}年度?|中共|中国共产党|关于|部门名称|单位名称|"
    r"[0-9]+_)*"
)
_STREET: Final = re.compile("[东西南北中]?[路街门桥巷]|大道")  # 广安门 is not in 广安, 南京路 not in 南京
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A place by the official names; what is not certain is None. 北京市 is both province and city."""

    province: str | None = None
    city: str | None = None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class _Division:
    code: str
    name: str

    @property
    def is_province(self) -> bool:
        return self.code.endswith("0000")

    @property
    def is_county(self) -> bool:
        return not self.code.endswith("00")

    def lies_in(self, other: "_Division") -> bool:
        return self.code != other.code and self.code.startswith(
            other.code.rstrip("0") if other.is_province else other.code[:4]
        )


def _read_divisions() -> Iterable[_Division]:
    with Path(__file__).with_name("places.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            yield _Division(row["code"], row["name"])


_DIVISIONS: Final = tuple(_read_divisions())
_BY_CODE: Final = {division.code: division for division in _DIVISIONS}


def _index_names() -> dict[str, tuple[_Division, ...]]:
    names: dict[str, tuple[_Division, ...]] = {}
    for division in _DIVISIONS:
        names[division.name] = (*names.get(division.name, ()), division)
    for division in _DIVISIONS:
        if _PREFECTURE.search(division.name):  # 恩施州 for 恩施土家族苗族自治州
            names.setdefault(_PREFECTURE.sub("州", division.name), (division,))
    return names


def _index_roots() -> dict[str, _Division]:
    """
    Index 广州 and the like, where no other place of any level has the same root.

    长沙 is 长沙市 or 长沙县: whichever is meant, it lies in 长沙市.
    """
    roots: dict[str, list[_Division]] = {}
    for division in _DIVISIONS:
        roots.setdefault(_SUFFIX.sub("", division.name), []).append(division)
    outermost = {root: _outermost(found) for root, found in roots.items() if len(root) >= _SHORTEST}
    return {root: found for root, found in outermost.items() if found and not found.is_county}


def _outermost(divisions: list[_Division]) -> _Division | None:
    """Find the one that holds all the others, counties; 吉林 may be the province or its city."""

    def holds(outer: _Division, other: _Division) -> bool:
        return other is outer or (other.is_county and other.lies_in(outer))

    return next((each for each in divisions if all(holds(each, other) for other in divisions)), None)


_NAMES: Final = _index_names()
_ROOTS: Final = _index_roots()
_LONGEST: Final = max(map(len, _NAMES))


@lru_cache(maxsize=4096)
def find_place(text: str) -> Place | None:
    """
    Find the place that a department's name or a title begins with or names; None if in doubt.

    A district counts where it follows its city or province, or stands at the head and bears
    a name that is given only once (花都区, never 鼓楼区 or a plain word such as 老城区). A short name (广州)
    counts at the head only. A development zone is no district, though it may bear its name.
    """
    head = _LEAD.match(text)
    start = head.end() if head else 0
    first = _at(text, start) or _root_at(text, start)
    if first:
        return _follow(text, *first)
    places = {place for place in _places_within(text, start) if place}
    return places.pop() if len(places) == 1 else None


def _at(text: str, position: int) -> tuple[tuple[_Division, ...], int] | None:
    for length in range(min(_LONGEST, len(text) - position), _SHORTEST - 1, -1):
        found = _NAMES.get(text[position : position + length])
        if found:
            return found, position + length
    return None


def _root_at(text: str, position: int) -> tuple[tuple[_Division, ...], int] | None:
    for length in range(min(_LONGEST, len(text) - position), _SHORTEST - 1, -1):
        found = _ROOTS.get(text[position : position + length])
        if found and not _STREET.match(text, position + length):
            return (found,), position + length
    return None


def _follow(text: str, found: tuple[_Division, ...], end: int) -> Place | None:
    """Go from a place to the smaller ones printed behind it."""
    higher = [division for division in found if not division.is_county]
    if len(higher) != 1:
        return _place(found[0]) if _is_certain_alone(found) else None
    division = higher[0]
    for _ in range(2):
        next_ = _inside(text, end, division)
        if next_ is None:
            break
        division, end = next_
    return _place(division)


def _inside(text: str, position: int, outer: _Division) -> tuple[_Division, int] | None:
    while position < len(text) and text[position].isspace():
        position += 1
    found = _at(text, position)
    inside = [division for division in found[0] if division.lies_in(outer)] if found else []
    return (inside[0], found[1]) if found and len(inside) == 1 else None


def _is_certain_alone(found: tuple[_Division, ...]) -> bool:
    name = found[0].name
    return len(found) == 1 and len(name) > _SHORTEST and not _PLAIN_WORD.fullmatch(name)


def _places_within(text: str, start: int) -> Iterable[Place | None]:
    """Find the provinces and cities named in full somewhere in a text, with what follows them."""
    position = start
    while position < len(text):
        found = _at(text, position)
        if found and any(not division.is_county for division in found[0]):
            yield _follow(text, *found)
        position = found[1] if found else position + 1


def _place(division: _Division) -> Place:
    province = _BY_CODE[division.code[:2] + "0000"]
    if division.is_province:
        municipality = division.name if division.name.endswith("市") else None
        return Place(province.name, municipality, None)
    city = _BY_CODE.get(division.code[:4] + "00")
    city_name = city.name if city else province.name if province.name.endswith("市") else None
    return Place(province.name, city_name, division.name if division.is_county else None)

"""The standard names of an indicator's first and second level, from what is printed."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_LEVEL1_NAMES: Final = {
    "成本": "成本",
    "产出": "产出",
    "效益": "效益",
    "效果": "效益",
    "满意度": "满意度",
    "一般性支出": "一般性支出",
    "一般性支出情况": "一般性支出",
    "投入": "投入",
}
_LEVEL2_NAMES: Final = {
    "数量": "数量",
    "质量": "质量",
    "时效": "时效",
    "成本": "成本",
    "经济成本": "经济成本",
    "社会成本": "社会成本",
    "生态环境成本": "生态环境成本",
    "生态成本": "生态环境成本",
    "环境成本": "生态环境成本",
    "经济效益": "经济效益",
    "社会效益": "社会效益",
    "生态效益": "生态效益",
    "环境效益": "生态效益",
    "生态环境效益": "生态效益",
    "可持续影响": "可持续影响",
    "可持续性影响": "可持续影响",
    "可持续影响效益": "可持续影响",
    "可持续效益": "可持续影响",
    "可持续发展": "可持续影响",
    "可持续发展影响": "可持续影响",
}
_SATISFACTION: Final = "服务对象满意度"
_PARENTS: Final = {
    "数量": ("产出",),
    "质量": ("产出",),
    "时效": ("产出",),
    "成本": ("产出", "成本", "投入"),
    "经济成本": ("成本",),
    "社会成本": ("成本",),
    "生态环境成本": ("成本",),
    "经济效益": ("效益",),
    "社会效益": ("效益",),
    "生态效益": ("效益",),
    "可持续影响": ("效益",),
    _SATISFACTION: ("满意度",),
}
_CODES: Final = {
    "1": ("产出", None), "2": ("效益", None), "3": ("满意度", None), "4": ("成本", None),
    "11": ("产出", "数量"), "12": ("产出", "质量"), "13": ("产出", "时效"), "14": ("产出", "成本"),
    "21": ("效益", "经济效益"), "22": ("效益", "社会效益"), "23": ("效益", "生态效益"),
    "24": ("效益", "可持续影响"), "31": ("满意度", _SATISFACTION),
    "41": ("成本", "经济成本"), "42": ("成本", "社会成本"), "43": ("成本", "生态环境成本"),
}  # fmt: skip
_STRICT: Final = frozenset({"成本", "产出", "效益", "满意度"})
"""First levels whose second levels are fixed; 投入 and 一般性支出 hold various."""

_CODE_BEFORE: Final = re.compile(
    r"^(?:[A-Z](?=[\u4e00-\u9fff])|[A-Z]?[0-9]{1,2}[-－—.．、:：一]*|[（(]?[一二三四五六七八九十]{1,2}[)）、.．:：])"
)
_WEIGHT_BEHIND: Final = re.compile(r"[（(]?[0-9]+(?:\.[0-9]+)?[分%％]?[)）]?$|[（(][^()（）]*[)）]$")
_FOREIGN_BEHIND: Final = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:[A-Za-z]{3}|[\u0600-\u06FF\u0F00-\u0FFF\u1800-\u18AF]).*$"
)
"""The same level in another language."""
_CLASS_WORD: Final = re.compile("(?:类?指标|目标|类)$")
_BEFORE: Final = re.compile(
    "^(?:项目|部门|年度|核心|主要|关键)(?=产出|效益|效果|成本|投入|满意度)|^产出(?=数量|质量|时效|成本)"
)
_CONCATENATED: Final = re.compile("^(产出|效益|满意度|成本)指标(?:([\u4e00-\u9fff]{2,12}?)指标)?")


@dataclass(frozen=True, slots=True)
class Levels:
    """
    Standard names of both levels; None where nothing printed gives ground.

    ``basis`` says where they come from: ``printed``, ``level2`` (the first follows from the
    second), ``code``, ``name`` or ``neighbour`` (the row above in a sheet). ``contradicts`` is
    true where what is printed does not fit together (社会效益 inside the cell 产出); the second
    level then decides.
    """

    level1: str | None = None
    level2: str | None = None
    basis: str | None = None
    contradicts: bool = False


@lru_cache(maxsize=4096)
def infer_levels(
    level1: str | None,
    level2: str | None,
    *,
    level1_code: str | None = None,
    level2_code: str | None = None,
    name: str = "",
) -> Levels:
    """
    Give printed levels their standard names; words count before codes, the second level before the first.

    ``name`` is looked at only where no level is printed: some forms print all three as one
    (产出指标质量指标…).
    """
    if not any((level1, level2, level1_code, level2_code)):
        return _from_name(name)
    first, second = standard_level1(level1), standard_level2(level2)
    by_code = _by_code(level1_code, level2_code)
    conflict = _differ(first, by_code.level1) or _differ(second, by_code.level2)
    level1, level2 = first or by_code.level1, second or by_code.level2
    parents = _PARENTS.get(level2 or "", ())
    sole = parents[0] if len(parents) == 1 else None
    if level1 in _STRICT and sole and sole != level1:
        return Levels(sole, level2, "level2", contradicts=True)
    return Levels(level1 or sole, level2, _basis(first, second, by_code), conflict)


def standard_level1(printed: str | None) -> str | None:
    """Name a first level: 产出指标（50分） is 产出."""
    plain = _plain(printed)
    return "满意度" if plain.endswith("满意度") else _LEVEL1_NAMES.get(plain)


def standard_level2(printed: str | None) -> str | None:
    """Name a second level: 社会公众满意度指标 is 服务对象满意度, 环境效益 is 生态效益."""
    plain = _plain(printed)
    return _SATISFACTION if plain.endswith("满意度") else _LEVEL2_NAMES.get(plain)


def is_level_heading(printed: str) -> bool:
    """Say whether a text is a level and says so: 满意度指标 is one, 居民满意度 is an indicator."""
    says_so = _WEIGHT_BEHIND.sub("", printed.strip()).endswith("指标")
    return says_so and (standard_level1(printed) is not None or standard_level2(printed) is not None)


def may_stand_under(level1: str, level2: str) -> bool:
    """Say whether a printed second level is one of a printed first one."""
    return standard_level1(level1) in _PARENTS.get(standard_level2(level2) or "", ())


@lru_cache(maxsize=4096)
def _plain(printed: str | None) -> str:
    text = _FOREIGN_BEHIND.sub("", _CODE_BEFORE.sub("", re.sub(r"\s+", "", printed or "")))
    while (shorter := _CLASS_WORD.sub("", _WEIGHT_BEHIND.sub("", text))) != text:
        text = shorter
    return _BEFORE.sub("", text)


def _by_code(level1_code: str | None, level2_code: str | None) -> Levels:
    first, _ = _CODES.get((level1_code or "").strip(), (None, None))
    parent, second = _CODES.get((level2_code or "").strip(), (None, None))
    return Levels(first or parent, second)


def _differ(printed: str | None, coded: str | None) -> bool:
    return printed is not None and coded is not None and printed != coded


def _basis(first: str | None, second: str | None, by_code: Levels) -> str | None:
    if first:
        return "printed"
    if by_code.level1:
        return "code"
    if second:
        return "level2" if len(_PARENTS[second]) == 1 else "printed"
    return None


def _from_name(name: str) -> Levels:
    found = _CONCATENATED.match(name)
    if not found:
        return Levels()
    second = standard_level2(found[2])
    if second and found[1] not in _PARENTS[second]:
        return Levels(_PARENTS[second][0], second, "name", contradicts=True)
    return Levels(found[1], second, "name")

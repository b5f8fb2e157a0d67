"""The fiscal year that a document says it is for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from shared.contracts.records import YearBasis

_NUMERALS: Final = str.maketrans(
    "〇零○ＯOo一二三四五六七八九０１２３４５６７８９", "0000001234567890123456789"
)
_SPOKEN: Final = re.compile("二[〇零○ＯOo][〇零○ＯOo一二三四五六七八九]{2}(?=年)")
_FULL_WIDTH: Final = re.compile("[０-９]+")
_YEAR: Final = r"(?<![0-9])(?<![0-9][-—~～至、])(?<![0-9]年[-—~～至、])(20[0-9]{2})\s*年"
_WHOLE_OFFICE: Final = (
    "部门预算|单位预算|部门决算|单位决算|预算公开|决算公开|部门整体|预算报表|决算报表|"
    "预算草案|收支预算|预算表|部门收支|政府预算"
)
_STATED_FOR: Final = (
    "(?:部门|单位)(?:预算|决算|整体|收支)|项目支出|整体支出|区域绩效|政府预算|"
    "[预决]算(?!数|金额|管理|编制|评审|绩效管理|一体化|执行|审核|公开平台)"
)
_STATEMENTS: Final = (
    re.compile(rf"[（(\[【〔]\s*{_YEAR}度?\s*[)）\]】〕]"),
    re.compile(rf"^\s*{_YEAR}度?\s*$", re.MULTILINE),
    re.compile(
        rf"{_YEAR}度\s*(?=部门|单位|预算|决算|财政|项目支出|绩效|整体|中央|区域|政府|市级|区级|省级|本级)"
    ),
    re.compile(rf"{_YEAR}\s*(?={_STATED_FOR})"),
    re.compile(rf"{_YEAR}度?(?=[^0-9\n]{{0,40}}?(?:{_WHOLE_OFFICE}))"),
    re.compile(r"(?:预算|会计|财政|所属|填报|申报)?年度\s*[:：]\s*(20[0-9]{2})(?![0-9])"),
)
_NUMBER: Final = (
    r"(?:附[件表]\s*[0-9一二三四五六七八九十]*|(?:预算)?表\s*[0-9]+(?:-[0-9]+)*|[0-9]+)\s*[:：.、]?\s*"
)
_OFFICE: Final = (
    r"[^0-9，。；\n]{2,30}[局委办厅部处院所会府室校馆站队团学园社台街镇乡市县区省州旗](?:本级|机关)?"
)
_TITLE: Final = re.compile(
    rf"^(?:{_NUMBER})?(?:{_OFFICE})?{_YEAR}度?(?!\s*(?:[-—~～至、和及]|[0-9]+月|结转))[^，。；\n]*绩效[^，。；\n]*表",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """A year and where it is printed; ``contradicts`` where several are, and then there is no year."""

    year: int | None = None
    basis: YearBasis | None = None
    contradicts: bool = False


def find_fiscal_year(texts: Mapping[YearBasis, str]) -> FiscalYear:
    """
    Find the fiscal year in a title, a cover and a header.

    Only a statement counts: ``（2024年度）``, ``2026年部门预算``, 二〇二六年度部门决算. A year in
    a project's name (``2023-2024年信息化运维``) is none. Texts that state different years
    contradict each other; the basis is the first text that states it. Where nothing is stated,
    the year counts that titles of performance tables begin with (2026年公园改造项目绩效目标表),
    if it is the same in all of them: it may be part of a project's name.
    """
    stated = {basis: years for basis, text in texts.items() if (years := stated_years(text))}
    every = set().union(*stated.values())
    if len(every) > 1:
        return FiscalYear(contradicts=True)
    stated = stated or {basis: years for basis, text in texts.items() if (years := _titled_years(text))}
    titled = set().union(*stated.values())
    return FiscalYear(titled.pop(), next(iter(stated))) if len(titled) == 1 else FiscalYear()


def stated_years(text: str) -> frozenset[int]:
    """List the fiscal years that a text states."""
    plain = _with_digits(text)
    return frozenset(int(found[1]) for pattern in _STATEMENTS for found in pattern.finditer(plain))


def _titled_years(text: str) -> frozenset[int]:
    return frozenset(int(found[1]) for found in _TITLE.finditer(_with_digits(text)))


def _with_digits(text: str) -> str:
    return _FULL_WIDTH.sub(_in_digits, _SPOKEN.sub(_in_digits, text))


def _in_digits(found: re.Match[str]) -> str:
    return found[0].translate(_NUMERALS)

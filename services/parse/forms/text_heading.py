"""What the lines above a table say: whose it is, what project it is of, and in which unit its money is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from services.parse.forms.blanks import without_stray_blanks
from services.parse.passage import Passage
from services.parse.readings import Doubt

_DEPARTMENT: Final = re.compile(
    r"(?:(?:预算|主管|填报|编制)?部门(?:名称)?|(?:预算|填报|编制)单位(?:名称)?|单位名称)\s*[:：]"
    r"\s*(?P<value>.*?)\s*(?=[(（]?(?:金额|计量|货币)?(?:单位|甲位)\s*[:：]|$)"
)
_PROJECT: Final = re.compile(
    r"^\s*(?:项目|专项(?:资金)?|政策)名称\s*[:：]\s*(?P<value>.*?)\s*(?=\s{2}|[(（]?(?:金额)?单位\s*[:：]|$)"
)
_MONEY: Final = re.compile(
    r"(?:单位|甲位)\s*[:：]\s*(?P<value>(?:人民币)?\s*[亿万千百力方]{0,2}\s*[元兀])(?![\u4e00-\u9fffA-Za-z0-9/／])"
)
_MISREAD: Final = str.maketrans("力方兀", "万万元")
_PROPER: Final = re.compile(r"[\u3400-\u9fff0-9A-Za-z·、（）()《》“”\s-]+")
_LIKENESS: Final = 0.6
"""Share of a garbled name's characters that must stand in the same order in a unit's name."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Passages as printed; empty where nothing is."""

    department: Passage = Passage()
    amount_unit: Passage = Passage()
    project: Passage = Passage()
    doubts: tuple[Doubt, ...] = ()


def read_heading(lines: Sequence[Passage]) -> Heading:
    """Read the lines above a table; the nearest counts."""
    department = _last(_DEPARTMENT, lines)
    unit, doubts = _money(_last(_MONEY, lines))
    return Heading(_squeezed(department), unit, _squeezed(_last(_PROJECT, lines)), doubts)


def is_heading(line: Passage) -> bool:
    """Say whether a line names the department or the unit of money."""
    return bool(_DEPARTMENT.match(line.text.strip()) or _MONEY.search(line.text))


def mend_department(printed: Passage, unit: Passage) -> tuple[Passage, tuple[Doubt, ...]]:
    """
    Give the department, taken from the first unit's row where OCR garbled the head.

    Only a unit that the garbled name resembles may stand in for it; either way it is said.
    """
    if not printed or _PROPER.fullmatch(printed.text):
        return printed, ()
    mended = unit if _resembles(printed.text, unit.text) else Passage()
    doubt = Doubt(
        code="garbled_text",
        severity="doubt",
        message=f"表头的部门名称识别不清（“{printed.text}”）" + ("，取自资金使用单位行" if mended else ""),
        place=printed,
        expected=mended.text or None,
        found=printed.text,
    )
    return mended, (doubt,)


def _resembles(garbled: str, name: str) -> bool:
    letters = "".join(re.findall(r"[\u3400-\u9fff]", garbled))
    common = SequenceMatcher(None, letters, name, autojunk=False).get_matching_blocks()
    return bool(letters) and sum(block.size for block in common) >= _LIKENESS * len(letters)


def _money(printed: Passage) -> tuple[Passage, tuple[Doubt, ...]]:
    """Set right a unit of money that OCR misread; there are only a few, so none is guessed at."""
    unit = _squeezed(printed)
    mended = unit.text.translate(_MISREAD)
    if mended == unit.text:
        return unit, ()
    doubt = Doubt(
        code="garbled_text",
        severity="info",
        message=f"金额单位识别为“{unit.text}”，按“{mended}”读取",
        place=unit,
        expected=mended,
        found=unit.text,
    )
    return Passage(mended, unit.places), (doubt,)


def _last(pattern: re.Pattern[str], lines: Sequence[Passage]) -> Passage:
    for line in reversed(lines):
        match = pattern.search(line.text)
        if match and match["value"]:
            return line[match.start("value") : match.end("value")]
    return Passage()


def _squeezed(line: Passage) -> Passage:
    return without_stray_blanks(line.strip())

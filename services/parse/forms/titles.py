"""The title of a table, and what the title tells: whom the table is about, the project's name."""

import re
from collections.abc import Sequence
from typing import Final

from services.parse.forms.blanks import without_stray_blanks
from services.parse.passage import Passage
from shared.contracts.records import Scope

_TITLE: Final = re.compile(
    r"[^。；;]{0,60}(?:(?:绩效|目标)[^。；;]{0,30}表\s*(?:\d{1,2}(?:-\d{1,2})*)?|绩效目标\s*\d{1,2}-\d{1,2})"
    r"\s*(?:[(（][^()（）]*[)）]\s*)*"
)
_SPREAD: Final = re.compile(r"(?:\S{1,2}\s+){3,}\S{1,2}")
_TRANSFER: Final = re.compile(r"转移支付.*(?:区域|整体)?绩效(?:目标|自评)表|区域绩效目标")
_INCLUDING_TRANSFERS: Final = re.compile(r"[(（]含[^()（）]*[)）]")
_NAMED: Final = re.compile(
    r"(?:附[件表]\s*\d*\s*[:：.、]?|表\s*\d+(?:-\d+)?|\d+[.、])?\s*(?P<name>.{2,}?)\s*"
    r"(?:项目)?(?:支出)?(?:预算)?绩效(?:目标|自评)(?:申报|填报|自评)?表.*",
    re.DOTALL,
)
_OWN_WORDS: Final = (
    r"(?:预算表\s*\d*|预算\d+表|本级|市级|区级|县级|省级|市本级|部门|单位|预算|财政|专项|业务|经费|资金|政策"
    r"|和|及|项目|支出|整体|总体|重点|一般性)*"
)
_GENERIC: Final = re.compile(
    r"(?:20\d\d年?(?:度)?)?(?:[\u4e00-\u9fff]{2,12}?[市县区省州])?(?:20\d\d年?(?:度)?)?" + _OWN_WORDS
)
_OFFICE_AND_YEAR: Final = re.compile(
    r".{2,30}?(?:[局委办厅部处院所会府室校馆站队团]|中心|公司)(?:本级|机关)?20\d\d年(?:度)?" + _OWN_WORDS
)


def is_title(text: str) -> bool:
    """Say whether a line is the title of a performance table, and of nothing else."""
    return bool(_TITLE.fullmatch(text))


def find_title(lines: Sequence[Passage]) -> Passage:
    """Find the title above a table: the nearest line that ends with the name of such a table."""
    printed = (as_title(line) for line in reversed(lines))
    return next((title for title in printed if is_title(title.text)), Passage())


def as_title(line: Passage) -> Passage:
    """Give a line without the blanks around it, and those between the characters of one spread wide."""
    stripped = line.strip()
    return without_stray_blanks(stripped) if _SPREAD.fullmatch(stripped.text) else stripped


def scope_of(title: Passage) -> Scope:
    """Say whom a title is about; a list that includes transfers is still one of projects."""
    text = _INCLUDING_TRANSFERS.sub("", title.text)
    if _TRANSFER.search(text):
        return "transfer"
    return "department" if "整体" in text and "专项" not in text else "project"


def project_in_title(title: Passage) -> Passage:
    """Cut the project's name out of a title that has one (…项目绩效目标表); empty for a form's own title."""
    match = _NAMED.fullmatch(title.text)
    if match is None or _GENERIC.fullmatch(match["name"]) or _OFFICE_AND_YEAR.fullmatch(match["name"]):
        return Passage()
    return title[match.start("name") : match.end("name")]

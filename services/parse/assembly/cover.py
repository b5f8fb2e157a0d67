"""Whose budget the cover says it is."""

import re
from collections.abc import Sequence
from typing import Final

_YEAR: Final = r"(?:20[0-9]{2}|二[〇零○ＯOo][〇零○一二三四五六七八九]{2})\s*年度?\s*"
_WHAT: Final = r"(?:部门|单位)?(?:综合)?(?:预算|决算)"
_OFFICE: Final = (
    r"[\u4e00-\u9fff（）()]{2,40}(?:[局委办厅院部处会社校府署团所馆站队镇乡联园司]|中心|街道|小学|中学|大学|基地)"
    r"(?:[（(][\u4e00-\u9fff]+[)）])?"
)
_OFFICE_FIRST: Final = re.compile(rf"(?P<office>{_OFFICE})\s*{_YEAR}{_WHAT}")
_YEAR_FIRST: Final = re.compile(rf"{_YEAR}(?P<office>{_OFFICE}?)\s*{_WHAT}")
_NO_OFFICE: Final = re.compile(rf"{_YEAR}{_WHAT}")
_ONLY_OFFICE: Final = re.compile(_OFFICE)


def department_on(cover: Sequence[str]) -> str | None:
    """Find 市某局2026年部门预算, in either order or with the office on the line above."""
    for above, line in zip(("", *cover), cover, strict=False):
        found = _OFFICE_FIRST.match(line) or _YEAR_FIRST.match(line)
        if found and not found["office"].startswith("第"):
            return found["office"]
        if _NO_OFFICE.match(line) and _ONLY_OFFICE.fullmatch(above):
            return above
    return None

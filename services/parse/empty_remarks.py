"""Remarks that stand in place of a table: 空表, 本部门无专项资金，此表为空."""

import re
from typing import Final

_BEFORE: Final = r"[(（]?(?:(?:备?注|说明)[:：]?)?"
_WAYS: Final = (
    r"(?:[此本该]表)?[为是]?空表",
    r".{0,40}[此本该]表(?:[为是]空(?:表)?|(?:无|没有)(?:数据|内容)|不涉及|不适用)",
    r"(?:[本我该](?:部门|单位|级|年度?|[局委办院校厅馆镇乡]|街道)|20\d\d年(?:度)?).{0,24}?"
    r"(?:无(?!法|论|关)|没有|未安排|不涉及).{0,40}",
    r"不涉及|(?:无|没有)[此该]?(?:相关|有关)?[项类]?(?:内容|数据|支出|项目|资金|预算)",
)
_REMARK: Final = re.compile(f"{_BEFORE}(?:{'|'.join(_WAYS)})[)）。.]?")
_LONGEST: Final = 80
"""Characters; a longer line is running text."""


def says_empty(text: str) -> bool:
    """Say whether a line tells that there is nothing to fill into a table."""
    return len(text) <= _LONGEST and bool(_REMARK.fullmatch("".join(text.split())))

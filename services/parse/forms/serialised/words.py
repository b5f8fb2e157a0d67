"""The words and signs from which a cell that holds all indicators is built."""

import re
from typing import Final

SEPARATORS: Final = "；;：:，,"
TERMINATORS: Final = "。；;"
_DASH = "[-－—–―一~～﹣−‐‑]"
_SEPARATOR = f"[{SEPARATORS}]"

LEVEL1_WORDS: Final = ("产出", "效益", "效果", "满意度", "成本", "投入", "过程", "决策", "一般性支出情况")
_LEVEL1 = "(?:" + "|".join(LEVEL1_WORDS) + ")"
_UNKNOWN = rf"[^{SEPARATORS}。、\d]{{2,12}}"
_SCORE = r"(?:[（(]\d+(?:\.\d+)?分?[)）])?"
_LEVEL2 = (
    "(?:数量|质量|时效|(?:经济|社会|生态|环境|生态环境)(?:效益|成本)|成本|可持续(?:影响|发展)"
    "|(?:服务对象|受益对象|受益群体|社会公众|社会公众或服务对象|公众|群众|用户)满意度)(?:指标)?"
)

HEAD: Final = re.compile(
    rf"""
    (?: (?P<number>\d{{1,4}}) [、.．,，)）]
      | (?: ^ | (?<=[{TERMINATORS}]) ) [、.．]?
    )
    (?: (?: (?P<code>\d) {_DASH}? (?P<coded>{_LEVEL1}(?:指标)?{_SCORE})
          | (?P<code_unknown>\d) {_DASH} (?P<unknown>{_UNKNOWN}) (?={_SEPARATOR}\d\d{_DASH})
          | (?P<plain>{_LEVEL1}指标{_SCORE})
        )
        (?: {_SEPARATOR} | (?=\d\d{_DASH}) | $ )
      | (?(number) (?=\d\d{_DASH}{_LEVEL2}{_SEPARATOR}) | (?!) )
    )
    """,
    re.VERBOSE,
)
"""
The beginning of an indicator: its number and first level, with or without a code.

A word outside the vocabulary counts as a level only between a code and the code of a second
level; a word without a code only with 指标 behind it: 成本 alone may well stand in a name.
Only behind a number may the first level be missing.
"""

LEVEL2: Final = re.compile(
    rf"""
    (?P<code>\d\d) {_DASH} (?P<word>{_LEVEL2}{_SCORE}) (?:{_SEPARATOR}|$)
    | (?P<code_unknown>\d\d) {_DASH} (?P<unknown>{_UNKNOWN}) {_SEPARATOR}
    | (?P<plain>{_LEVEL2}{_SCORE}) {_SEPARATOR}
    """,
    re.VERBOSE,
)
"""The second level, right behind the first."""

MARKER: Final = re.compile(
    rf"""
    (?: (?<=[{SEPARATORS}。]) \d{{1,2}} )?      # a number astray before the clause
    (?: (?P<period>实施周期|实施期|项目周期|中长期|中期|长期|总体)
      | (?P<annual>(?:本|当)?年度|车度|本年|当年)  # 车 is how OCR misreads 年
      | (?<=[{SEPARATORS}。])
    )
    (?:绩效)? (?:指标值|目标值)
    (?: [:：] | (?=[≥≧≤≦>＞<＜=＝\d]) )
    """,
    re.VERBOSE,
)
"""What stands before a value; without 周期 or 年度 it announces the only value there is."""

CUT_HEAD: Final = re.compile(
    rf"(?<=[{TERMINATORS}])(?P<number>\d{{1,3}})(?:[、.．](?:\d{_DASH}?)?(?P<word>\D{{0,8}}))?$"
)
"""The beginning of an indicator of which a cell kept too little to be a head."""


def begins_level_word(text: str) -> bool:
    """Say whether text could be a first level's name of which the end is lost."""
    return any(f"{word}指标".startswith(text) for word in LEVEL1_WORDS)

"""Lines that stand between rows and are none: notes, units of money, signatures, page numbers."""

import re
from typing import Final

_NOTE: Final = r"(?:备?注|说明|填[报表]说明)\d*[:：].*"
_UNIT: Final = r"[(（]?(?:金额)?单位[:：][亿万千百]?元[)）]?"
_PAGE: Final = r"[-—·]?第\d{1,4}页(?:[,，/]?共\d{1,4}页)?[-—·]?|[-—]\d{1,4}[-—]"
_CONTINUED: Final = r"[（(【]?(?:续上?表|接上[页表]|[见转接续]下页)[)）】]?|.{0,60}表\d*[（(【]续表?[)）】]"
_SIGNED: Final = (
    r"(?:填[报表制]|审[核批]|经办|制表|编制|复核|联系|(?:项目|财务|单位|部门|分管)?负责)人?(?:员|领导|电话|日期|时间)?"
    r"(?:[(（](?:签[章字名]|盖章)[)）])?[:：].*"
)
_ASIDE: Final = re.compile("|".join((_NOTE, _UNIT, _PAGE, _CONTINUED, _SIGNED)), re.DOTALL)


def is_aside(text: str) -> bool:
    """Say whether a text is printed about a table, though it may stand within."""
    return bool(_ASIDE.fullmatch("".join(text.split())))

"""Spellings of target values, as offices write them."""

from hypothesis import strategies as st

PREFIXES = {
    "ge": (
        "≥",
        "≧",
        ">=",
        "＞＝",
        "不低于",
        "不少于",
        "大于等于",
        "大于或等于",
        "至少",
        "达到",
        "不得低于",
        "不小于",
    ),
    "gt": (">", "＞", "》", "﹥", "大于", "高于", "超过", "多于"),
    "le": (
        "≤",
        "≦",
        "<=",
        "＜＝",
        "不高于",
        "不超过",
        "不大于",
        "小于等于",
        "小于或等于",
        "最多",
        "至多",
        "不得超过",
    ),
    "lt": ("<", "＜", "﹤", "小于", "低于", "少于"),
    "eq": ("", "=", "＝", "等于"),
}
SUFFIXES = {"ge": ("以上", "及以上", "（含）以上"), "le": ("以内", "及以内", "以下")}
UNITS = (
    "%",
    "％",
    "个",
    "家",
    "人次",
    "次",
    "元",
    "份",
    "平方米",
    "小时",
    "场次",
    "标准箱",
    "个/年",
    "元/件",
)

operators = st.sampled_from(sorted(PREFIXES))
units = st.sampled_from(UNITS)
numbers = st.decimals(min_value=0, max_value=99_999, places=2).map(lambda number: f"{number.normalize():f}")
blanks = st.sampled_from(["", " ", "\u3000"])


def full_width(text: str) -> str:
    return "".join(chr(ord(sign) + 0xFEE0) if sign in "0123456789." else sign for sign in text)

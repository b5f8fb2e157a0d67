"""Units of one measure, compared as one: 2 小时 is 120 分钟, 95 公里 is 95000 米."""

from decimal import Decimal
from typing import Final, NamedTuple


class Measure(NamedTuple):
    """The unit that others are counted in, and how many of it one is."""

    unit: str
    times: Decimal


def _table() -> dict[str, Measure]:
    """Only what is exact: a 亩 has no end in 平方米, and a 天 of work is no 24 小时."""
    same = {
        "秒": {"微秒": "0.000001", "毫秒": "0.001", "分钟": "60", "小时": "3600"},
        "米": {"公里": "1000"},
        "平方米": {"公顷": "10000", "平方公里": "1000000", "平方千米": "1000000"},
        "公斤": {"毫克": "0.000001", "克": "0.001", "吨": "1000"},
    }
    return {
        name: Measure(unit, Decimal(times)) for unit, others in same.items() for name, times in others.items()
    }


_MEASURES: Final = _table()


def in_one_unit(number: str | None, unit: str) -> tuple[str | None, str]:
    """Give a decimal string and its unit in the unit that its measure is compared in."""
    measure = _MEASURES.get(unit)
    if measure is None:
        return number, unit
    return None if number is None else format(Decimal(number) * measure.times, "f"), measure.unit

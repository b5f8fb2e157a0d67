"""Promises that are dates: days, months, quarters and year ends."""

import re
from typing import Final

_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})"
_MONTH: Final = r"(?P<month>1[0-2]|0?[1-9])"
_DAY: Final = r"(?P<day>3[01]|[12][0-9]|0?[1-9])(?![0-9])"
_DEADLINE: Final = r"(?=\s*(?:之?前|以前|内|完成|支付|$|[,;。、)]))"
_FULL: Final = re.compile(
    rf"(?<![0-9]){_YEAR}\s*(?:年\s*{_MONTH}\s*月(?:\s*{_DAY}\s*[日号]?|份?(?P<end>底|末)?)"
    rf"|(?P<sign>[-./])(?P<month2>1[0-2]|0?[1-9])(?:(?P=sign)(?P<day2>3[01]|[12][0-9]|0?[1-9])(?![0-9])"
    rf"|(?<!\.[0-9])(?<!\.[0-9][0-9]){_DEADLINE}))"
)
_MONTH_DAY: Final = re.compile(
    rf"(?<![0-9])(?<![0-9][-~至])(?P<year>){_MONTH}\s*月\s*(?:{_DAY}\s*[日号]|份?(?P<end>底|末)?{_DEADLINE})"
)
_SPAN: Final = re.compile(
    rf"(?<![0-9.])(?:{_YEAR}\s*年\s*(?=[01]?[0-9]\s*月?\s*[-~至到]))?(?P<from>1[0-2]|0?[1-9])\s*月?\s*[-~至到]\s*{_MONTH}\s*月(?:份)?(?![0-9])"
)
_YEARS: Final = re.compile(
    rf"(?<![0-9.]){_YEAR}\s*年?度?\s*[-~至到]\s*(?P<until>(?:19|20)[0-9]{{2}})\s*年度?(?=$|[,;。、])"
)
_QUARTER: Final = re.compile(
    rf"(?:{_YEAR}年度?)?(?:前|第)?(?P<quarter>[一二三四1-4])个?季度(?=\s*(?:内|前|末|底|结束|完成|之前|以前|$))"
)
_HALF: Final = re.compile(rf"(?:{_YEAR}年度?)?(?P<half>[上下])半年(?=\s*(?:内|前|末|底|完成|之前|以前|$))")
_YEAR_END: Final = re.compile(
    rf"^\s*在?(?:{_YEAR}\s*年|[本当该今]?年)度?(?P<word>[内底末终])?(?:以|之)?(?:前|内)?(?=完成|支付|前|$|[,;。、])"
)
_DAY_OF_MONTH: Final = re.compile(r"每月\s*(?P<day>3[01]|[12][0-9]|0?[1-9])\s*[日号](?=\s*(?:之?前|以前|$))")
_LAST_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_QUARTER_ENDS: Final = {"一": "03-31", "二": "06-30", "三": "09-30", "四": "12-31"}
_HINT: Final = re.compile("[年月季]|[0-9][-./][0-9]")


def find_dates(folded: str) -> tuple[str | None, tuple[tuple[int, int], ...]]:
    """
    Find the one date that a value names, and the places of all dates in it.

    ISO 8601; a year that is not printed is left out as there (``--12-31``), a span has a
    slash. Two different dates are no single promise: None. 年底前 and 前三季度 are the last
    day of the period.
    """
    if not _HINT.search(folded):
        return None, ()
    found = sorted(_find_all(folded), key=lambda date: (date[0], -date[1]))
    kept: list[tuple[int, int, str]] = []
    for start, end, date in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, date))
    places = tuple((start, end) for start, end, _ in kept)
    return _one_date(folded, kept), places


def _find_all(folded: str) -> list[tuple[int, int, str]]:
    dates: list[tuple[int, int, str]] = []
    dates += [(m.start(), m.end(), _span(m)) for m in _SPAN.finditer(folded)]
    dates += [(m.start(), m.end(), f"{m['year']}/{m['until']}") for m in _YEARS.finditer(folded)]
    dates += [(m.start(), m.end(), _full_date(m)) for m in _FULL.finditer(folded)]
    dates += [(m.start(), m.end(), _calendar_date(m)) for m in _MONTH_DAY.finditer(folded)]
    dates += [(m.start(), m.end(), f"---{int(m['day']):02}") for m in _DAY_OF_MONTH.finditer(folded)]
    for m in _QUARTER.finditer(folded):
        quarter = "一二三四"[int(m["quarter"]) - 1] if m["quarter"].isdecimal() else m["quarter"]
        dates.append((m.start(), m.end(), f"{m['year'] or '-'}-{_QUARTER_ENDS[quarter]}"))
    for m in _HALF.finditer(folded):
        dates.append((m.start(), m.end(), f"{m['year'] or '-'}-{'06-30' if m['half'] == '上' else '12-31'}"))
    dates += [
        (m.start(), m.end(), _year_end(m)) for m in _YEAR_END.finditer(folded) if m["year"] or m["word"]
    ]
    return dates


def _full_date(found: re.Match[str]) -> str:
    month, day = found["month"] or found["month2"], found["day"] or found["day2"]
    return _date(found["year"], int(month), int(day) if day else None, month_end=bool(found["end"]))


def _calendar_date(found: re.Match[str]) -> str:
    day = int(found["day"]) if found["day"] else None
    return _date(found["year"], int(found["month"]), day, month_end=bool(found["end"]))


def _span(found: re.Match[str]) -> str:
    return "/".join(_date(found["year"], int(found[month]), None) for month in ("from", "month"))


def _date(year: str | None, month: int, day: int | None, *, month_end: bool = False) -> str:
    if month_end and day is None and (month != 2 or year):  # February's end needs its year
        day = _LAST_DAYS[month - 1] + (month == 2 and _is_leap(int(year or 0)))
    return f"{year or '-'}-{month:02}" + (f"-{day:02}" if day else "")


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _year_end(found: re.Match[str]) -> str:
    return f"{found['year'] or '-'}-12-31" if found["word"] else found["year"]


def _one_date(folded: str, dates: list[tuple[int, int, str]]) -> str | None:
    values = {date for _, _, date in dates}
    if len(values) == 1:
        return values.pop()
    if len(dates) == 2 and re.fullmatch(r"\s*[-~至到]+\s*", folded[dates[0][1] : dates[1][0]]):
        return f"{dates[0][2]}/{dates[1][2]}"
    return None

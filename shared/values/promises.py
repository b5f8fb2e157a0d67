"""What a value promises in numbers: every comparison, range and plain figure in it, and where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from shared.contracts.records import Operator
from shared.values.explanations import OPAQUE
from shared.values.numbers import DIGITS, MULTIPLIERS, decimal, divide, read_numeral, scaled, unscaled
from shared.values.operators import COMPARISONS, PREFIX_PATTERN, SUFFIX_PATTERN, SUFFIXES, operator_of
from shared.values.units import match_multiplier, match_unit, normalise_unit, standard_name


@dataclass(frozen=True, slots=True)
class Promise:
    """
    One promise as printed, before units from elsewhere are known.

    ``operator`` is None where none is printed. ``multiplied`` says that 万 or 亿 was printed.
    A comparison with something that is no number (不低于上年) has neither end.
    """

    start: int
    end: int
    operator: Operator | None
    lower: str | None = None
    upper: str | None = None
    unit: str | None = None
    unit_inferred: bool = False
    multiplied: bool = False


@dataclass(frozen=True, slots=True)
class _Quantity:
    start: int
    end: int
    number: str
    power: int
    unit: str | None

    @property
    def value(self) -> str:
        return decimal(self.number, power=self.power)


_CLAUSE_END: Final = re.compile(
    r"[;。、!?\n]|,(?!\s?[0-9]{3}(?![0-9]))|(?<![0-9]),|(?<=[\u4e00-\u9fff])\s*\+\s*(?=[0-9])"
)
_GLUED: Final = r"(?<![A-Za-z0-9._])(?<![A-Za-z0-9][+\-/*#])"
_PER: Final = r"每个?(?:[年月季周天日人次]度?|季度|工作日)|全年|年均|各"
_COMPARED: Final = re.compile(
    rf"(?P<operator>{PREFIX_PATTERN})\s*(?:(?:{_PER})\s*)?(?P<latin>[A-Za-z]{{1,4}})?(?:[百千]分之)?(?P<number>-?(?:{DIGITS}))(?![0-9]|\s*/\s*[0-9])"
)
_NUMBER: Final = re.compile(
    rf"{_GLUED}(?<!约|近)(?P<number>(?:(?<![^\s:])-)?(?:{DIGITS}))(?![0-9A-Za-z]*[0-9])"
)
_PLAIN_NUMBER: Final = re.compile(rf"-?(?:{DIGITS})(?![0-9])")
_RATIO: Final = re.compile(
    rf"(?:(?P<operator>{PREFIX_PATTERN})\s*)?(?<![0-9.])(?P<over>[0-9]{{1,4}})\s*/\s*(?P<under>[0-9]{{1,4}})"
    rf"(?:(?=\s*的)|\s*(?P<suffix>{SUFFIX_PATTERN})|\s*$)"
)
_RANGE: Final = re.compile(r"\s*(?:-{1,2}|~|至|到)\s*(?=[0-9])")
_PLUS_MINUS: Final = re.compile(r"\s*±\s*(?=[0-9])")
_SUFFIX: Final = re.compile(rf"\s*({SUFFIX_PATTERN})")
_WITHIN: Final = re.compile(r"\s*内(?![容部])")
_TIMES: Final = frozenset(
    {"年", "个月", "周", "天", "日", "小时", "分钟", "秒", "工作日", "个工作日", "日历天"}
)
_VAGUE: Final = re.compile(r"\s*(?:左右|上下|前后|余|多(?!于))")
_VAGUE_BEFORE: Final = re.compile(r"(?:约|大约|大概|近|接近|将近)\s*$")
_BRACKETED_UNIT: Final = re.compile("\\s*\1([^\1\2]+)\2")
_UNIT_BEFORE: Final = re.compile("\1([^\1\2]+)\2\\s*$")
_OWN_WORD: Final = re.compile(r"\s*([\u4e00-\u9fff]{1,4}?)(?=\s*(?:$|(?:及其?|或者?)?以[上下内]))")
_VERB: Final = re.compile(
    r"(?:完成|组织|举办|开展|提供|召开|输出|培训|新增|建设|发放|编制|培育|出具|形成|制定|印发|发布|更新|采购|购置|维护|"
    r"服务|保障|覆盖|支持|资助|新建|改造|检查|引进|实现|参加|参与|处理|办理|建立|打造|推广|宣传|各|共|为|是|率|度|数|量|值|额|达)\s*$"
)
_NEGATED: Final = re.compile(r"(?:(?:[未没不]|没有)能?(?:达到?|超|至)|控制在)\s*$")
_COUNTS: Final = re.compile(r"(?:率|度|数|量|值|额|为|是|各|共|[:=])\s*$")
_SIGN_BEHIND: Final = re.compile(rf"(?:{DIGITS})\s*[%‰\u4e00-\u9fff]{{0,3}}\s*[≥≤<>](?!\s*[0-9])")
_BETWEEN: Final = re.compile(
    rf"\s*(?P<low>{DIGITS})[^0-9≤]{{0,3}}≤[^0-9≤≥<>]{{1,10}}≤\s*(?P<number>{DIGITS})(?![0-9])"
)
_UNATTACHED: Final = re.compile("|".join(sorted(COMPARISONS, key=len, reverse=True)) + "|[≥≤<>]")
_BUDGET: Final = re.compile(r"不超(?=预算|概算|限额|标准|上年|支出限额|控制数)")
_KEPT_WITHIN: Final = re.compile(r"控制在[^0-9]+?(?:以内|之内|内)$|^在预算[^0-9]*?(?:以内|之内|内)$")
_GROWTH: Final = re.compile("(?<![未不非])(正|负)增长")
_PLACE: Final = r"前\s*(?P<place>[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*"
_RANK: Final = re.compile(
    rf"(?:全[国省市区县州]|排名|名列|位列|位居|排在|进入|保持)[^0-9]{{0,8}}?{_PLACE}(?P<unit>名|位|%)?\s*$"
)
_PLAIN_RANK: Final = re.compile(rf"\s*{_PLACE}(?P<unit>名|位|%)\s*$")
_CHINESE: Final = re.compile(
    rf"\s*(?:{_PER})?\s*(?P<operator>不少于|不低于|不超过|不多于|不高于|至少|最多|大于|超过)?\s*"
    r"(?P<share>[百千]分之)?(?P<number>半|[一二三四五六七八九十两百零]{1,5})(?=[\u4e00-\u9fff]|$)"
)
_NEVER_CHINESE: Final = frozenset("分批级点面度号种类口步组时刻站园国地部层门星省市区")
"""Measure words that make words of a numeral: 一批, 十分, 一级."""

_SEVERED: Final = re.compile(r"[0-9]\s+[0-9]|(?:^|[;。,])\s*[0-9]\.\s+[0-9]")
"""Digits parted by a blank: 1 000 or two numbers? 1. 5 or the first item, five?"""


def find_promises(folded: str) -> tuple[Promise, ...]:
    """Find what a folded value promises, in printed order; nothing where there is any doubt."""
    if _SEVERED.search(folded):
        return ()
    promises: list[Promise] = []
    for start, end in _clauses(folded):
        promises += _read_clause(folded[start:end], start)
    return tuple(promises)


def _clauses(folded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for separator in _CLAUSE_END.finditer(folded):
        yield start, separator.start()
        start = separator.end()
    yield start, len(folded)


def _read_clause(clause: str, offset: int) -> Iterator[Promise]:
    if not clause or clause.isspace():
        return
    has_digits = any(character.isdecimal() for character in clause)
    found = list(_with_digits(clause) if has_digits else _without_digits(clause))
    for promise in found:
        yield replace(promise, start=promise.start + offset, end=promise.end + offset)


def _with_digits(clause: str) -> Iterator[Promise]:
    if _SIGN_BEHIND.search(clause):
        yield from _between(clause)
        return
    if rank := _find_rank(clause):
        yield rank
        return
    compared = list(_compared(clause))
    if compared:
        yield from _shared(clause, compared)
        return
    if "/" in clause and (share := _share(clause, len(clause))):
        yield share
        return
    if _UNATTACHED.search(clause):
        return
    yield from _plain(clause)


def _between(clause: str) -> Iterator[Promise]:
    """Read 60%≤X≤80%; any other clause with a sign behind its number is not understood."""
    found = _BETWEEN.match(clause)
    if not found:
        return
    high = _quantity(clause, found.start("number"), found.end("number"))
    low = decimal(found["low"], power=high.power)
    if scaled(low) <= scaled(high.value) and not clause[high.end :].strip(" ."):
        yield Promise(0, len(clause), "range", low, high.value, high.unit, multiplied=high.power > 0)


def _shared(clause: str, promises: list[Promise]) -> Iterator[Promise]:
    """Give each promise of one clause the words before it."""
    start = 0
    share = _share(clause, promises[0].start)
    if share:
        yield share
        start = share.end
    for promise in promises:
        yield replace(promise, start=start)
        start = promise.end


def _share(clause: str, before: int) -> Promise | None:
    """Read 2/5 as the exact decimal that it is; 2/3 is none."""
    found = _RATIO.search(clause)
    if not found or found.start("over") >= before:
        return None
    value = divide(found["over"], found["under"])
    prefix = operator_of(found["operator"]) if found["operator"] else None
    operator = _agree(prefix, SUFFIXES[found["suffix"]] if found["suffix"] else None)
    return _bounded(0, found.end(), operator, value) if value else None


def _bounded(start: int, end: int, operator: Operator | None, value: str) -> Promise:
    lower = None if operator in ("le", "lt") else value
    upper = None if operator in ("ge", "gt") else value
    return Promise(start, end, operator, lower, upper)


def _compared(clause: str) -> Iterator[Promise]:
    """Read each number with a sign or word that compares it, before or behind."""
    position = 0
    while position < len(clause):
        prefixed, bare = _COMPARED.search(clause, position), _NUMBER.search(clause, position)
        found = _earlier(prefixed, bare)
        if found is None:
            return
        promise, position = _read_found(clause, found)
        if promise and promise.operator:
            yield promise


def _earlier(first: re.Match[str] | None, second: re.Match[str] | None) -> re.Match[str] | None:
    if first is None or second is None:
        return first or second
    return first if first.start("number") <= second.start("number") else second


def _read_found(clause: str, found: re.Match[str]) -> tuple[Promise | None, int]:
    groups = found.groupdict()
    quantity = _quantity(clause, found.start("number"), found.end(), latin=groups.get("latin"))
    operator = operator_of(groups["operator"]) if groups.get("operator") else None
    return _complete(clause, quantity, operator, found.start())


def _quantity(clause: str, start: int, end: int, *, latin: str | None = None) -> _Quantity:
    number = clause[start:end]
    if latin:
        return _Quantity(start, end, number, 0, standard_name(latin))
    while end < len(clause) and clause[end] == " ":
        end += 1
    if clause.startswith(("百分之", "千分之"), max(0, start - 3)) and start >= 3:
        return _Quantity(start, end, number, 0, "%" if clause[start - 3] == "百" else "‰")
    multiplier = match_multiplier(clause, end)
    unit, end = _unit_at(clause, end + len(multiplier))
    return _Quantity(start, end, number, MULTIPLIERS.get(multiplier, 0), unit)


def _unit_at(clause: str, position: int) -> tuple[str | None, int]:
    """Read a unit, one in brackets, or one with a bracket behind (台(套))."""
    match = match_unit(clause, position)
    unit, end = (match.unit, match.end) if match else (None, position)
    bracketed = _BRACKETED_UNIT.match(clause, end)
    if not bracketed:
        return unit, end
    inside = normalise_unit(bracketed[1])
    if unit is None:
        return (inside.unit if inside else None), bracketed.end()
    return f"{unit}（{bracketed[1]}）", bracketed.end()


def _complete(
    clause: str, quantity: _Quantity, operator: Operator | None, start: int
) -> tuple[Promise | None, int]:
    """Read what follows a quantity: the other end of a range, 以上, or words that make it vague."""
    end = quantity.end
    if _VAGUE.match(clause, end) or _VAGUE_BEFORE.search(clause, 0, quantity.start):
        return None, end + 1
    ranged = _range(clause, quantity, start)
    if ranged:
        return ranged, ranged.end
    suffix = _SUFFIX.match(clause, end)
    after = SUFFIXES[suffix[1]] if suffix else None
    within = None if suffix or quantity.unit not in _TIMES else _WITHIN.match(clause, end)
    if within:
        after = "le"
    last = suffix or within
    end = last.end() if last else end
    agreed = _agree(operator, after)
    if operator and after and not agreed:
        return None, end
    return _promise(clause, quantity, agreed, start, end), end


def _agree(before: Operator | None, after: Operator | None) -> Operator | None:
    """Join an operator before a number with one behind it: 超10家以上 says no more than 以上."""
    if before is None or after is None or before == after or before == "eq":
        return after or before
    return after if {before, after} in ({"gt", "ge"}, {"lt", "le"}) else None


def _promise(
    clause: str, quantity: _Quantity, operator: Operator | None, start: int, end: int
) -> Promise | None:
    unit, power = quantity.unit, quantity.power
    if unit is None:
        before = _UNIT_BEFORE.search(clause, 0, start)
        inside = normalise_unit(before[1]) if before else None
        if inside and not (power and inside.power):
            unit, power = inside.unit, power + inside.power
    if unit is None and clause[end : end + 1].isascii() and clause[end : end + 1].isalpha():
        return None
    if unit is None and (word := _OWN_WORD.match(clause, end)) and operator:
        unit, end = standard_name(word[1]), word.end()
    plain = _bounded(start, end, operator, decimal(quantity.number, power=power))
    return replace(plain, unit=unit, multiplied=quantity.power > 0)


def _range(clause: str, first: _Quantity, start: int) -> Promise | None:
    spread = _PLUS_MINUS.match(clause, first.end)
    joined = spread or _RANGE.match(clause, first.end)
    number = _PLAIN_NUMBER.match(clause, joined.end()) if joined else None
    if not number:
        return None
    second = _quantity(clause, number.start(), number.end())
    if second.unit and first.unit and second.unit != first.unit:
        return None
    low, high = _spread(first, second) if spread else _ends(first, second)
    if scaled(low) > scaled(high):
        return None
    tail = re.compile(r"\s*(?:之间|以?内|以下|的?区间)").match(clause, second.end)
    end = tail.end() if tail else second.end
    multiplied = first.power > 0 or second.power > 0
    return Promise(start, end, "range", low, high, second.unit or first.unit, multiplied=multiplied)


def _ends(first: _Quantity, second: _Quantity) -> tuple[str, str]:
    """Let 3-5万 begin at 30000, but 5000-1万 at 5000."""
    shared = decimal(first.number, power=first.power or (0 if first.unit else second.power))
    return (shared if scaled(shared) <= scaled(second.value) else first.value), second.value


def _spread(middle: _Quantity, spread: _Quantity) -> tuple[str, str]:
    centre = scaled(decimal(middle.number, power=middle.power or (0 if middle.unit else spread.power)))
    return unscaled(centre - scaled(spread.value)), unscaled(centre + scaled(spread.value))


def _plain(clause: str) -> Iterator[Promise]:
    """Read a number that nothing compares, where it can only be the value: it fills, begins or ends a clause."""
    numbers = list(_NUMBER.finditer(clause))
    if len(numbers) != 1:
        return
    number = numbers[0]
    promise, end = _read_found(clause, number)
    if promise is None:
        return
    before, after = clause[: number.start()], clause[end:].strip(" .'\"”“")
    if _stands_as_value(before, after, promise):
        yield replace(promise, start=0, end=len(clause))


def _stands_as_value(before: str, after: str, promise: Promise) -> bool:
    if _NEGATED.search(before):
        return False
    filled = not before.strip(" '\"“”")
    if promise.unit is None and not promise.multiplied:
        return not after and bool(filled or _COUNTS.search(before))
    if OPAQUE in after:
        return False
    if promise.unit is None:
        return not after
    return not after or filled or bool(_VERB.search(before))


def _without_digits(clause: str) -> Iterator[Promise]:
    """Read comparisons with what is no number, ranks, growth and Chinese numerals."""
    if _GROWTH.search(clause):
        yield _growth(clause)
    elif rank := _find_rank(clause):
        yield rank
    elif (numeral := _CHINESE.match(clause)) and (promise := _chinese(clause, numeral)):
        yield promise
    else:
        yield from _relative(clause)


def _growth(clause: str) -> Promise:
    negative = "负增长" in clause
    operator: Operator = "lt" if negative else "gt"
    lower, upper = (None, "0") if negative else ("0", None)
    return Promise(0, len(clause), operator, lower, upper, "%", unit_inferred=True)


def _find_rank(clause: str) -> Promise | None:
    """Read 全国前三 and 前10%: at most that place."""
    found = _RANK.search(clause) or _PLAIN_RANK.match(clause)
    if not found:
        return None
    printed = found["place"]
    place = printed if printed.isdecimal() else read_numeral(printed)
    if place is None:
        return None
    unit = found["unit"]
    return Promise(0, len(clause), "le", None, decimal(str(place)), unit or "名", unit_inferred=unit is None)


def _chinese(clause: str, numeral: re.Match[str]) -> Promise | None:
    quantity = _chinese_share(numeral) if numeral["share"] else _chinese_count(clause, numeral)
    if quantity is None:
        return None
    operator = operator_of(numeral["operator"]) if numeral["operator"] else None
    promise, end = _complete(clause, quantity, operator, 0)
    if promise is None or clause[end:].strip(" .") or (numeral["number"] == "半" and not promise.operator):
        return None
    return promise


def _chinese_share(numeral: re.Match[str]) -> _Quantity | None:
    number = 100 if numeral["number"] == "百" else read_numeral(numeral["number"])
    unit = "%" if numeral["share"] == "百分之" else "‰"
    return None if number is None else _Quantity(numeral.start("number"), numeral.end(), str(number), 0, unit)


def _chinese_count(clause: str, numeral: re.Match[str]) -> _Quantity | None:
    unit = match_unit(clause, numeral.end())
    if unit is None or unit.unit in _NEVER_CHINESE:
        return None
    number = "0.5" if numeral["number"] == "半" else read_numeral(numeral["number"])
    return None if number is None else _Quantity(numeral.start("number"), unit.end, str(number), 0, unit.unit)


def _relative(clause: str) -> Iterator[Promise]:
    found = _UNATTACHED.search(clause) or _BUDGET.search(clause)
    whole = (0, len(clause))
    if found and clause[found.end() :].strip(f" .{OPAQUE}"):
        yield Promise(*whole, "le" if found[0] == "不超" else operator_of(found[0]))
    elif _KEPT_WITHIN.search(clause.strip()):
        yield Promise(*whole, "le")

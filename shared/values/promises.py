"""What a value promises in numbers: every comparison, range and plain figure in it, and where it stands."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from shared.values.explanations import OPAQUE
from shared.values.numbers import DIGITS, decimal, divide, scaled
from shared.values.operators import PREFIX_PATTERN, SUFFIX_PATTERN, SUFFIXES, operator_of
from shared.values.quantities import PER, Promise, agree, bounded, complete, read_quantity
from shared.values.worded import UNATTACHED, find_rank, without_digits

_CLAUSE_END: Final = re.compile(
    r"[;。、!?\n]|,(?!\s?[0-9]{3}(?![0-9]))|(?<![0-9]),|(?<=[\u4e00-\u9fff])\s*\+\s*(?=[0-9])"
)
_GLUED: Final = r"(?<![A-Za-z0-9._])(?<![A-Za-z0-9][+\-/*#])"
_COMPARED: Final = re.compile(
    rf"(?P<operator>{PREFIX_PATTERN})\s*(?:(?:{PER})\s*)?(?P<latin>[A-Za-z]{{1,4}})?(?:[百千]分之)?"
    rf"(?P<number>-?(?:{DIGITS}))(?![0-9]|\s*/\s*[0-9])"
)
_NUMBER: Final = re.compile(
    rf"{_GLUED}(?<!约|近|±)(?P<number>(?:(?<![^\s:])-)?(?:{DIGITS}))(?![0-9A-Za-z]*[0-9])"
)
_RATIO: Final = re.compile(
    rf"(?:(?P<operator>{PREFIX_PATTERN})\s*)?(?<![0-9.])(?P<over>[0-9]{{1,4}})\s*/\s*(?P<under>[0-9]{{1,4}})"
    rf"(?:(?=\s*的)|\s*(?P<suffix>{SUFFIX_PATTERN})|\s*$)"
)
_VERB: Final = re.compile(
    r"(?:完成|组织|举办|举行|承办|开展|提供|召开|输出|提交|撰写|培训|新增|新建|建设|建成|改造|发放|编制|培育|出具|形成|"
    r"制定|印发|发布|更新|采购|购置|维护|服务|保障|覆盖|支持|资助|补助|救助|奖励|检查|巡查|走访|接待|引进|实现|参加|参与|"
    r"处理|办理|审核|验收|签订|建立|打造|推广|宣传|招聘|各|共|为|是|率|度|数|量|值|额|达)\s*$"
)
_NEGATED: Final = re.compile(r"(?:(?:[未没不]|没有)能?(?:达到?|超|至)|控制在)\s*$")
_COUNTS: Final = re.compile(r"(?:率|度|数|量|值|额|为|是|各|共|[:=])\s*$")
_SIGN_BEHIND: Final = re.compile(
    rf"(?:{DIGITS})\s*(?:[%‰]?\s*[≥≤<>]|[\u4e00-\u9fff]{{1,3}}\s*[≥≤<>](?!\s*[0-9]))"
)
_BETWEEN: Final = re.compile(
    rf"\s*(?P<low>{DIGITS})[^0-9≤]{{0,3}}≤[^0-9≤≥<>]{{1,10}}≤\s*(?P<number>{DIGITS})(?![0-9])"
)
_DAMAGED: Final = re.compile(r"[0-9]\s+[0-9]|(?:^|[;。,])\s*[0-9]\.\s+[0-9]|(?<![0-9.,])0[0-9]")
"""1 000 may be two numbers, 1. 5 may be the first item, and 02 is what overprinted lines leave."""


def find_promises(folded: str) -> tuple[Promise, ...]:
    """Find what a folded value promises, in printed order; nothing where there is any doubt."""
    if _DAMAGED.search(folded):
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
    found = list(_with_digits(clause) if has_digits else without_digits(clause))
    for promise in found:
        yield replace(promise, start=promise.start + offset, end=promise.end + offset)


def _with_digits(clause: str) -> Iterator[Promise]:
    if _SIGN_BEHIND.search(clause):
        yield from _between(clause)
        return
    if rank := find_rank(clause):
        yield rank
        return
    compared = list(_compared(clause))
    if compared:
        yield from _shared(clause, compared)
        return
    if "/" in clause and (share := _share(clause, len(clause))):
        yield share
        return
    if UNATTACHED.search(clause):
        return
    yield from _plain(clause)


def _between(clause: str) -> Iterator[Promise]:
    """Read 60%≤X≤80%; any other clause with a sign behind its number is not understood."""
    found = _BETWEEN.match(clause)
    if not found:
        return
    high = read_quantity(clause, found.start("number"), found.end("number"))
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
    operator = agree(prefix, SUFFIXES[found["suffix"]] if found["suffix"] else None)
    return bounded(0, found.end(), operator, value) if value else None


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
    quantity = read_quantity(clause, found.start("number"), found.end(), latin=groups.get("latin"))
    operator = operator_of(groups["operator"]) if groups.get("operator") else None
    return complete(clause, quantity, operator, found.start())


def _plain(clause: str) -> Iterator[Promise]:
    """Read a number that nothing compares where it can only be the value: at an end of its clause."""
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

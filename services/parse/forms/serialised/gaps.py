"""What is missing, repeated or out of order among the indicators of one cell."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from services.parse.passage import Passage
from services.parse.readings import Doubt, IndicatorReading

_VALUES = ("period_target", "annual_target")
_SAME = ("sequence_printed", "level1", "level2", "name")


def without_false_starts(
    readings: Sequence[IndicatorReading],
) -> tuple[tuple[IndicatorReading, ...], tuple[Doubt, ...]]:
    """Drop an indicator that breaks off before its year's value and is then printed in full."""
    kept: list[IndicatorReading] = []
    doubts: list[Doubt] = []
    for reading, following in zip_longest(readings, readings[1:]):
        if following and _is_false_start(reading, following):
            doubts.append(_repeated(reading))
        else:
            kept.append(reading)
    return tuple(kept), tuple(doubts)


def _is_false_start(reading: IndicatorReading, following: IndicatorReading) -> bool:
    same = all(_text(reading, field) == _text(following, field) for field in _SAME)
    return same and "annual_target" not in reading.fields and "annual_target" in following.fields


def _repeated(reading: IndicatorReading) -> Doubt:
    name = reading.fields["name"]
    return Doubt(
        code="duplicate_clause",
        severity="info",
        message=f"指标“{name.text}”开头重复，只读取完整的一条",
        place=name,
        found=name.text,
    )


def note_gaps(readings: Sequence[IndicatorReading]) -> tuple[IndicatorReading, ...]:
    """Note on each indicator what it lacks and where the numbering breaks before it."""
    has_periods = any("period_target" in reading.fields for reading in readings)
    noted: list[IndicatorReading] = []
    previous = 0
    for reading in readings:
        doubts = [*_missing(reading, has_periods=has_periods), *_numbering(reading, previous + 1)]
        noted.append(replace(reading, doubts=(*reading.doubts, *doubts)))
        previous = int(_text(reading, "sequence_printed") or previous + 1)
    return tuple(noted)


def _missing(reading: IndicatorReading, *, has_periods: bool) -> Iterator[Doubt]:
    fields = reading.fields
    name = fields["name"]
    if not name:
        yield _lack("name_missing", "指标名称空缺", next(iter(fields.values())))
    if "。" in name.text[:-1]:
        yield _lack("text_mixed", f"指标名称“{name.text}”中有句号，可能混入了相邻单元格的文字", name)
    if not any(fields.get(value) for value in _VALUES):
        yield _lack("value_missing", "指标值空缺", name)
    elif not fields.get("annual_target"):
        yield _lack("annual_missing", "缺少年度指标值", name)
    elif has_periods and not fields.get("period_target"):
        yield _lack("period_missing", "缺少实施周期指标值", name)


def _lack(code: str, message: str, place: Passage) -> Doubt:
    return Doubt(code=code, severity="doubt", message=message, place=place)


def _numbering(reading: IndicatorReading, expected: int) -> Iterator[Doubt]:
    printed = reading.fields.get("sequence_printed")
    if printed and int(printed.text) != expected:
        yield Doubt(
            code="numbering_gap",
            severity="doubt" if int(printed.text) > expected else "info",
            message=f"指标序号应为{expected}，印为{printed.text}",
            place=printed,
            expected=str(expected),
            found=printed.text,
        )


def _text(reading: IndicatorReading, field: str) -> str:
    return reading.fields.get(field, Passage()).text

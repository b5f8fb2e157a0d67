"""Cells that hold all indicators of a project, written out of indicators and read back from wraps."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.parse.forms.serialised.grammar import SerialisedReading, read_serialised
from services.parse.passage import Passage, Place, join_lines
from services.parse.readings import IndicatorReading

LEVELS = {
    "产出指标": ("1", {"数量指标": "11", "质量指标": "12", "时效指标": "13", "成本指标": "14"}),
    "效益指标": ("2", {"经济效益": "21", "社会效益指标": "22", "可持续影响": "24"}),
    "满意度指标": ("3", {"服务对象满意度": "31"}),
    "成本指标": ("4", {"经济成本指标": "41", "生态环境成本指标": "43"}),
}


@dataclass(frozen=True, slots=True)
class Written:
    """An indicator as it is to be read back."""

    number: int
    level1: str
    level2: str | None
    name: str
    period: str | None
    annual: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is written: its signs, and what stands between and behind them."""

    mark: str = "、"
    dash: str = "-"
    separator: str = "；"
    before_annual: str = "；"
    colon: str = ":"
    end: str = "。"


def write(items: Sequence[Written], style: Style = Style()) -> str:
    return "".join(_write(item, style) for item in items)


def _write(item: Written, style: Style) -> str:
    if item.level2 is None:
        head = f"{item.number}{style.mark}{item.level1}{style.colon}{item.name}{style.before_annual}"
    else:
        code1, codes = LEVELS[item.level1]
        levels = (
            f"{code1}{style.dash}{item.level1}{style.separator}{codes[item.level2]}{style.dash}{item.level2}"
        )
        head = f"{item.number}{style.mark}{levels}{style.separator}{item.name}{style.separator}"
    period = f"实施周期指标值{style.colon}{item.period}{style.before_annual}" if item.period else ""
    return f"{head}{period}年度指标值{style.colon}{item.annual}{style.end}"


def wrapped(text: str, widths: Sequence[int] = ()) -> Passage:
    """Print a text in lines of these widths (the last one for all that follow) and join them again."""
    lines, rest, number = [], text, 0
    while rest:
        width = widths[min(number, len(widths) - 1)] if widths else len(rest)
        lines.append(_line(rest[:width], number))
        rest, number = rest[width:], number + 1
    return join_lines(lines)


def _line(text: str, number: int) -> Passage:
    edges = [10.0 * column for column in range(len(text) + 1)]
    return Passage(
        text, tuple(Place(1, x0, 20.0 * number, x1, 20.0 * number + 10) for x0, x1 in pairwise(edges))
    )


def read(text: str) -> SerialisedReading:
    return read_serialised(wrapped(text))


def as_written(reading: IndicatorReading) -> Written:
    fields = {field: passage.text for field, passage in reading.fields.items()}
    return Written(
        number=int(fields.get("sequence_printed", 0)),
        level1=fields.get("level1", ""),
        level2=fields.get("level2"),
        name=fields["name"],
        period=fields.get("period_target"),
        annual=fields.get("annual_target", ""),
    )


def codes(reading: SerialisedReading) -> list[str]:
    """List the codes of all doubts: those of the cell, then those of each indicator."""
    own = [doubt.code for doubt in reading.doubts]
    return own + [doubt.code for indicator in reading.indicators for doubt in indicator.doubts]

"""Printed numbers of indicators that jump, repeat or start again."""

from collections.abc import Iterator

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from shared.contracts.records import Finding, Indicator, Project


def find(project: Project, _: Habits) -> Iterator[Finding]:
    """Report each number that is not the one after its predecessor; a jump may be a lost item."""
    expected = 1
    for indicator in project.indicators:
        number = _number(indicator)
        if number is None:
            continue
        if number != expected:
            remark = _gap(indicator.name, expected, number)
            yield remark.at_indicator(indicator, "sequence_printed", project=project.name)
        expected = number + 1


def _number(indicator: Indicator) -> int | None:
    printed = indicator.sequence_printed or ""
    return int(printed) if printed.isdecimal() else None


def _gap(name: str, expected: int, number: int) -> Remark:
    jumps = number > expected
    how = "编号跳跃，可能有指标缺失" if jumps else "编号重复或重新开始"
    return Remark(
        code="numbering_gap",
        severity="doubt" if jumps else "info",
        message=f"指标“{name}”{how}：应为 {expected}，印作 {number}",
        expected=str(expected),
        found=str(number),
    )

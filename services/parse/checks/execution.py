"""Rates of execution that are not what was spent of what was budgeted."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from services.parse.checks.habits import Habits
from services.parse.checks.remark import Remark
from services.parse.checks.tolerance import plain
from shared.contracts.records import Amounts, Finding, Project

_PERCENT: Final = Decimal(100)
_SHOWN: Final = Decimal("0.01")


def find(project: Project, _: Habits) -> Iterator[Finding]:
    """
    Report a rate that no budget of the row explains, neither the adjusted one nor the first.

    It may differ by one in its last printed place, because offices cut off as well as round.
    """
    remark = _remark(project.name, project.amounts)
    if remark:
        yield remark.at_project(project, "execution_rate")


def _remark(name: str, amounts: Amounts) -> Remark | None:
    if amounts.execution_rate is None or amounts.executed is None:
        return None
    printed, spent = Decimal(amounts.execution_rate), Decimal(amounts.executed)
    budgets = [Decimal(budget) for budget in (amounts.adjusted, amounts.budgeted, amounts.total) if budget]
    rates = [spent / budget * _PERCENT for budget in budgets if budget > 0]
    if not rates or any(_agree(printed, rate) or _agree(printed, rate / _PERCENT) for rate in rates):
        return None
    expected = plain(rates[0].quantize(_SHOWN))
    message = f"“{name}”执行率为 {plain(printed)}%，按执行数 {plain(spent)} 计算应为 {expected}%"
    return Remark("execution_rate_mismatch", "doubt", message, expected=expected, found=plain(printed))


def _agree(printed: Decimal, rate: Decimal) -> bool:
    exponent = printed.as_tuple().exponent
    return abs(printed - rate) <= Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)

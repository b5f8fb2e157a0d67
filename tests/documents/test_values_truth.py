"""Every target value of the seeds reads as a person read it."""

import csv
from pathlib import Path

from shared.contracts.records import Bound, Target
from shared.values.numbers import decimal
from shared.values.target import read_target

ENDS = {"ge": "lower", "gt": "lower", "le": "upper", "lt": "upper"}
BY_HAND = {  # ``compound`` rows name the operators of their parts only in a note
    "重点企业用户满意度≥95%、服务热线满意度≥90%": "ge ge",
    "2/5的村集体收入达到15万": "eq ge",
    "粤港智慧通关系统达100个、查验信息互动平台2000家": "ge eq",
    "粤港智慧通关系统不少于5000次、查验信息互动平台不少于10000次": "ge ge",
    "读取时间≤12毫秒、读取率≥99.9%": "le ge",
    "粤港智慧通关系统不少于1000票、查验信息互动平台不少于300万票": "ge ge",
}

Ends = tuple[str, str | None, str | None, str | None]


def test_all_values_read_as_checked_by_hand(documents: Path) -> None:
    with (documents / "truth" / "values.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    wrong = [problem for row in rows if (problem := mismatch(row, read_target(row["value"])))]

    assert len(rows) == 428
    assert not wrong, "\n" + "\n".join(wrong)


def mismatch(row: dict[str, str], target: Target) -> str | None:
    """Say what differs, or None."""
    expected, found = expectation(row), (ends(target.bounds), target.date, target.qualitative)
    return None if expected == found else f"{row['value']}: expected {expected}, read {found}"


def expectation(row: dict[str, str]) -> tuple[list[Ends], str | None, bool]:
    operator = row["operator"]
    if operator == "date":
        return [], row["number"], False
    if operator == "qualitative":
        return [], None, True
    numbers = row["base_number"].split("|") if row["base_number"] else [None]
    units = row["base_unit"].split("|")
    if operator == "range":
        return [("range", numbers[0], numbers[1], units[0] or None)], None, False
    operators = [operator] * len(numbers)
    if operator == "compound":
        operators = BY_HAND.get(row["value"], " ".join(["eq"] * len(numbers))).split()
    units += [""] * (len(numbers) - len(units))
    return [bound(*each) for each in zip(operators, numbers, units, strict=True)], None, False


def bound(operator: str, number: str | None, unit: str) -> Ends:
    value = decimal(number) if number else None
    return (
        operator,
        None if ENDS.get(operator) == "upper" else value,
        None if ENDS.get(operator) == "lower" else value,
        unit or None,
    )


def ends(bounds: tuple[Bound, ...]) -> list[Ends]:
    return [(bound.operator, bound.lower, bound.upper, bound.unit) for bound in bounds]

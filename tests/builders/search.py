"""Records to search for, made from the few words that a test is about."""

from itertools import count
from typing import Any

from shared.contracts.records import Amounts, Record
from shared.values.amounts import to_yuan
from shared.values.target import read_target

_numbers = count(1)


def record(name: str = "服务质量", target: str | None = "≥90%", **known: Any) -> Record:
    """An indicator with its target read as the parser reads it; ``amount`` is in 万元."""
    amount = known.pop("amount", None)
    period = known.pop("period_target", None)
    given = {
        "record_id": f"record-{next(_numbers):06}",
        "sequence": 1,
        "name": name,
        "annual_target": None if target is None else read_target(target, name=name),
        "period_target": None if period is None else read_target(period, name=name),
        "page": 1,
        "document_id": "document-a",
        "file_name": "budget.pdf",
        "form": "list",
        "scope": "project",
        "department": "临江市园林局",
        "fiscal_year": 2024,
        "project": "公园养护",
        "amounts": Amounts(unit="万元", total=amount, total_yuan=to_yuan(amount, "万元") if amount else None),
        "parser_version": "1",
    }
    return Record.model_validate(given | known)

"""Say parts of a record in words, printed and inferred kept apart."""

from typing import NamedTuple

from services.search.words import labels
from shared.contracts.records import Amounts, Bound, Indicator, Record, Target

_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<", "eq": "=", "range": ""}


class ShownTarget(NamedTuple):
    """The target that a list shows, and the field it stands in."""

    field: str
    target: Target


class ShownLevel(NamedTuple):
    """A level to show; ``printed`` is False where the page leaves it blank and it was inferred."""

    text: str
    printed: bool


def target_of(record: Indicator) -> ShownTarget | None:
    """Choose the target to show first: the year's, else the period's, else what was reached."""
    for field in ("annual_target", "period_target", "actual"):
        target = getattr(record, field)
        if target is not None and target.text:
            return ShownTarget(field, target)
    return None


def level_of(record: Indicator, field: str) -> ShownLevel | None:
    """Show a level as printed, else as inferred."""
    printed, inferred = getattr(record, field), getattr(record, f"{field}_inferred")
    if printed:
        return ShownLevel(printed, printed=True)
    return ShownLevel(inferred, printed=False) if inferred else None


def adds_to_print(target: Target) -> bool:
    """Say whether the reading tells more than the print: ``85%`` read as ``=85%`` does not."""
    return bool(target.display) and target.display.lstrip("=") != target.text


def bound_in_words(bound: Bound) -> str:
    """Write a bound as it was read: ``≥ 95 %``, ``3 – 5 年``, with where the unit came from."""
    unit = f" {bound.unit}" if bound.unit else ""
    if bound.operator == "range":
        number = f"{_or(bound.lower, '…')} – {_or(bound.upper, '…')}"
    else:
        number = f"{_SIGNS[bound.operator]} {_or(bound.lower, _or(bound.upper, '?'))}"
    basis = labels.UNIT_BASES.get(bound.unit_basis or "value", "")
    return f"{number}{unit}{f'（{basis}）' if basis else ''}"


def _or(number: str | None, otherwise: str) -> str:
    return number if number is not None else otherwise


def amount_rows(amounts: Amounts) -> list[tuple[str, str]]:
    """List the printed amounts with their names."""
    fields = [name for name in Amounts.model_fields if name not in {"unit", "total_yuan", "execution_rate"}]
    rows = [(name, getattr(amounts, name)) for name in fields]
    return [(labels.FIELDS.get(name, name), value) for name, value in rows if value is not None]


def cite(record: Record, *, address: str, read_on: str | None) -> str:
    """Write a citation that leads back to the cell, and proves which file it was read from."""
    shown = target_of(record)
    promise = f"{record.name} {shown.target.text}" if shown else record.name
    parts = [
        f"{record.department or record.budget_unit or '（部门未印出）'}：",
        f"《{record.title}》，" if record.title else "",
        f"{record.fiscal_year}年，" if record.fiscal_year else "",
        f"{record.file_name}，第{record.page}页，",
        f"“{record.project}”：{promise}。",
        f"文件 SHA-256 {record.document_id}；",
        f"读取于 {read_on}；" if read_on else "",
        f"解析版本 {record.parser_version}；{address}",
    ]
    return "".join(parts)


def cite_in_english(record: Record, *, address: str, read_on: str | None) -> str:
    """Write the same for readers of English; what is printed stays as it is printed."""
    shown = target_of(record)
    promise = f"{record.name} {shown.target.text}" if shown else record.name
    parts = [
        f"{record.department or record.budget_unit or '[department not printed]'}. ",
        f"《{record.title}》. " if record.title else "",
        f"Fiscal year {record.fiscal_year}. " if record.fiscal_year else "",
        f"{record.file_name}, p. {record.page}, ",
        f"“{record.project}”: {promise}. ",
        f"File SHA-256 {record.document_id}; ",
        f"read on {read_on}; " if read_on else "",
        f"parser {record.parser_version}; {address}",
    ]
    return "".join(parts)

"""Short ways to write parts of a document."""

from typing import Any

from services.parse.checks.habits import Habits
from shared.contracts.records import (
    Amounts,
    Bound,
    Document,
    Indicator,
    PageBox,
    PageRange,
    Project,
    Table,
    Target,
    Total,
)

LIST_COLUMNS = frozenset({"total", "fiscal", "special_account", "other"})
LIST_HABITS = Habits(columns=LIST_COLUMNS)


def box(page: int = 1, top: float = 100) -> PageBox:
    return PageBox(page=page, x0=50, top=top, x1=150, bottom=top + 10)


def target(text: str, unit: str | None = None, **bound: Any) -> Target:
    bounds = (Bound(operator="ge", unit=unit, unit_basis="value" if unit else None, **bound),)
    return Target(text=text, display=text, bounds=bounds)


def indicator(name: str = "办结率", annual: str | None = "≥90%", **more: Any) -> Indicator:
    return Indicator(
        **{
            "record_id": f"record of {name}",
            "sequence": 1,
            "name": name,
            "annual_target": target(annual) if annual else None,
            "page": 1,
        }
        | more
    )


def project(name: str = "保障经费", total: str | None = "10.00", /, **more: Any) -> Project:
    amounts = {key: more.pop(key) for key in list(more) if key in Amounts.model_fields}
    return Project(**{"name": name, "amounts": Amounts(total=total, **amounts), "page": 1} | more)


def unit_total(name: str, total: str, /, **amounts: str) -> Total:
    return Total(kind="unit_total", name=name, amounts=Amounts(total=total, **amounts))


def grand_total(total: str, /, **amounts: str) -> Total:
    return Total(kind="grand_total", name="合计", amounts=Amounts(total=total, **amounts))


def table(*projects: Project, **more: Any) -> Table:
    return Table(
        **{
            "table_id": "a table",
            "form": "guangzhou_project",
            "title": "项目支出绩效目标表",
            "scope": "project",
            "pages": PageRange(first=1, last=1),
            "rows_read": len(projects),
            "projects": projects,
        }
        | more
    )


def document(*tables: Table, **more: Any) -> Document:
    return Document(
        **{
            "document_id": "d" * 64,
            "file_name": "预算.pdf",
            "media_type": "application/pdf",
            "size_bytes": 1,
            "parser_version": "1.0.0",
            "reader_versions": {},
            "pages": (),
            "tables": tables,
        }
        | more
    )

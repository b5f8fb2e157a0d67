"""Short ways to write what forms have read: passages with places, indicators, projects, tables."""

from typing import Any

from services.parse.passage import Passage, Place
from services.parse.readings import (
    DocumentReading,
    Doubt,
    IndicatorReading,
    ProjectReading,
    TableReading,
    TotalReading,
)

CHARACTER_POINTS = 10.0


def printed(text: str, *, page: int = 1, x: float = 50, y: float = 100, sure: float | None = None) -> Passage:
    """Print a text on one line, ten points for each character."""
    places = tuple(
        Place(page, x + n * CHARACTER_POINTS, y, x + (n + 1) * CHARACTER_POINTS, y + CHARACTER_POINTS, sure)
        for n in range(len(text))
    )
    return Passage(text, places)


def indicator_reading(name: str = "办结率", annual: str | None = "≥90%", **more: Any) -> IndicatorReading:
    """Write an indicator: strings become passages; ``x``, ``y``, ``page``, ``sure`` place its name."""
    place = {key: more.pop(key) for key in ("x", "y", "page", "sure") if key in more}
    doubts = more.pop("doubts", ())
    fields = {"name": printed(name, **place)}
    if annual is not None:
        fields["annual_target"] = printed(annual, x=400, **{k: v for k, v in place.items() if k != "x"})
    fields |= {key: printed(value) for key, value in more.items()}
    return IndicatorReading(fields, doubts)


def project_reading(name: str = "热线运行经费", *indicators: IndicatorReading, **more: Any) -> ProjectReading:
    """Write a project; ``amounts`` is a mapping of printed money."""
    amounts = {column: printed(text, x=200) for column, text in more.pop("amounts", {}).items()}
    doubts: tuple[Doubt, ...] = more.pop("doubts", ())
    fields = {"name": printed(name), **{key: printed(text) for key, text in more.items()}}
    return ProjectReading(fields if name else {}, amounts, indicators, doubts)


def total_reading(kind: str, name: str, **amounts: str) -> TotalReading:
    """Write a row that sums others."""
    return TotalReading(kind, printed(name), {column: printed(text) for column, text in amounts.items()})


def table_reading(*members: ProjectReading | TotalReading, **more: Any) -> TableReading:
    """Write a table of the list form."""
    texts = {key: printed(more.pop(key)) for key in ("title", "department", "amount_unit") if key in more}
    return TableReading(
        **{
            "form": "guangzhou_project",
            "scope": "project",
            "first_page": 1,
            "last_page": 1,
            "rows_read": len(members),
            "members": members,
        }
        | texts
        | more
    )


def document_reading(*tables: TableReading, **more: Any) -> DocumentReading:
    """Write what was read of a document."""
    return DocumentReading(tables, **more)

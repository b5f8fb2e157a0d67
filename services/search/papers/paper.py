"""Pages with the cells marked that something was read from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from services.search.documents.files import picture_kind
from services.search.words import labels
from shared.contracts.records import Document, Indicator, PageBox, Project

Rank = Literal["first", "second", "third", "doubt"]

STRONGEST: Final = frozenset({"name", "annual_target", "period_target", "actual"})
WIDE_POINTS: Final = 900
PADDING_POINTS: Final = 0.8


@dataclass(frozen=True, slots=True)
class Mark:
    """A rectangle around one field of one record, with the words shown when it is pointed at."""

    field: str
    label: str
    rank: Rank
    x: float
    y: float
    width: float
    height: float
    href: str | None = None
    aimed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    One page as its document shows it, in points, with its marks.

    ``turn`` is by how many degrees (clockwise) it lies on its side: people see it turned upright.
    """

    document_id: str
    number: int
    page_count: int
    width: float
    height: float
    picture: str | None
    marks: tuple[Mark, ...]
    turn: int = 0

    @property
    def upright(self) -> tuple[float, float]:
        """Width and height as people see it."""
        return (self.height, self.width) if self.turn % 180 else (self.width, self.height)

    @property
    def turning(self) -> str:
        """Write, for an SVG, the turn of the page about its corner and back into view."""
        right, down = {90: (self.height, 0), 180: (self.width, self.height), 270: (0, self.width)}[self.turn]
        return f"translate({right:g} {down:g}) rotate({self.turn})"

    @property
    def is_wide(self) -> bool:
        """So wide that its text would be too small to read beside a column of fields."""
        return self.upright[0] > WIDE_POINTS


def record_sheets(document: Document, indicator: Indicator, project: Project | None) -> list[Sheet]:
    """Show each page on which an indicator is printed: its fields marked, its project's more softly."""
    numbers = {box.page for boxes in indicator.boxes.values() for box in boxes} or {indicator.page}
    marks = [*_project_marks(project), *_indicator_marks(indicator)]
    return [sheet for sheet in (_sheet(document, number, marks) for number in sorted(numbers)) if sheet]


def page_sheet(document: Document, number: int, *, aimed: int | None = None) -> Sheet | None:
    """
    Show a page with what was noticed on it, and each indicator as a link to its record.

    ``aimed`` is the place, among the document's findings, of the one that the page is opened for.
    """
    marks = [
        placed
        for project in _projects(document)
        for indicator in project.indicators
        for placed in _linked_marks(indicator)
    ]
    doubts = [
        placed
        for place, finding in enumerate(document.findings)
        if finding.box
        for placed in _marks("finding", finding.message, "doubt", (finding.box,), aimed=place == aimed)
    ]
    return _sheet(document, number, [*marks, *doubts] if aimed is not None else [*doubts, *marks])


Placed = tuple[int, Mark]


def _sheet(document: Document, number: int, marks: Iterable[Placed]) -> Sheet | None:
    page = next((page for page in document.pages if page.number == number), None)
    if page is None or page.width <= 0 or page.height <= 0:
        return None
    kind = picture_kind(document.media_type)
    return Sheet(
        document_id=document.document_id,
        number=number,
        page_count=len(document.pages),
        width=page.width,
        height=page.height,
        picture=f"/api/documents/{document.document_id}/pages/{number}.{kind}" if kind else None,
        marks=tuple(mark for placed_on, mark in marks if placed_on == number),
        turn=page.rotation % 360 // 90 * 90,
    )


def _indicator_marks(indicator: Indicator) -> Iterator[Placed]:
    for field, boxes in _weakest_first(indicator.boxes):
        rank: Rank = "first" if field in STRONGEST else "second"
        yield from _marks(field, labels.FIELDS.get(field, field), rank, boxes, aimed=field == "name")


def _project_marks(project: Project | None) -> Iterator[Placed]:
    for field, boxes in project.boxes.items() if project else ():
        yield from _marks(f"project-{field}", _project_label(field), "third", boxes)


def _project_label(field: str) -> str:
    plain = field.removeprefix("amounts.")
    return "项目名称" if plain == "name" else labels.FIELDS.get(plain, plain)


def _linked_marks(indicator: Indicator) -> Iterator[Placed]:
    for field in ("name", "annual_target", "period_target", "actual"):
        boxes = indicator.boxes.get(field, ())
        yield from _marks(field, indicator.name, "second", boxes, href=f"/records/{indicator.record_id}#cell")


def _weakest_first(boxes: Mapping[str, tuple[PageBox, ...]]) -> list[tuple[str, tuple[PageBox, ...]]]:
    """Order them so that the strongest lie on top: the last drawn covers the others."""
    return sorted(boxes.items(), key=lambda named: named[0] in STRONGEST)


def _marks(
    field: str,
    label: str,
    rank: Rank,
    boxes: Iterable[PageBox],
    *,
    href: str | None = None,
    aimed: bool = False,
) -> Iterator[Placed]:
    for box in boxes:
        yield (
            box.page,
            Mark(
                field=field,
                label=label,
                rank=rank,
                x=round(box.x0 - PADDING_POINTS, 2),
                y=round(box.top - PADDING_POINTS, 2),
                width=round(box.x1 - box.x0 + 2 * PADDING_POINTS, 2),
                height=round(box.bottom - box.top + 2 * PADDING_POINTS, 2),
                href=href,
                aimed=aimed,
            ),
        )


def _projects(document: Document) -> Iterator[Project]:
    for table in document.tables:
        yield from table.projects

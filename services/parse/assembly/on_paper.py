"""Moves boxes from pages as they were read, upright and level, to pages as they are shown."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from shared.contracts.pages import UNCHANGED, Page, PageMap, apply
from shared.contracts.records import Document, Finding, Indicator, PageBox, Project, Table, Total

_HUNDREDTHS = 2

Boxed = TypeVar("Boxed", Project, Indicator, Total)


def lay_on_paper(document: Document, pages: Iterable[Page]) -> Document:
    """Map every box of a document; of pages that were read as they are shown nothing changes."""
    maps = {page.number: page.to_shown for page in pages if page.to_shown != UNCHANGED}
    if not maps:
        return document
    return document.model_copy(
        update={
            "tables": tuple(_table(table, maps) for table in document.tables),
            "findings": tuple(_finding(finding, maps) for finding in document.findings),
        }
    )


def _table(table: Table, maps: Mapping[int, PageMap]) -> Table:
    return table.model_copy(
        update={
            "projects": tuple(_project(each, maps) for each in table.projects),
            "totals": tuple(_moved(each, maps) for each in table.totals),
        }
    )


def _project(project: Project, maps: Mapping[int, PageMap]) -> Project:
    indicators = tuple(_moved(indicator, maps) for indicator in project.indicators)
    return _moved(project, maps).model_copy(update={"indicators": indicators})


def _moved(boxed: Boxed, maps: Mapping[int, PageMap]) -> Boxed:
    boxes = {name: tuple(_box(box, maps) for box in boxes) for name, boxes in boxed.boxes.items()}
    return boxed.model_copy(update={"boxes": boxes})


def _finding(finding: Finding, maps: Mapping[int, PageMap]) -> Finding:
    if finding.box is None:
        return finding
    return finding.model_copy(update={"box": _box(finding.box, maps)})


def _box(box: PageBox, maps: Mapping[int, PageMap]) -> PageBox:
    """Cover the mapped corners: on a page that lay askew the box is a little larger than its words."""
    mapped = maps.get(box.page)
    if mapped is None:
        return box
    corners = [apply(mapped, x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
    across, down = zip(*corners, strict=True)
    return PageBox(
        page=box.page,
        x0=round(min(across), _HUNDREDTHS),
        top=round(min(down), _HUNDREDTHS),
        x1=round(max(across), _HUNDREDTHS),
        bottom=round(max(down), _HUNDREDTHS),
    )

"""Turns what was noticed while reading into findings."""

from services.parse.passage import Passage
from services.parse.readings import Doubt
from shared.contracts.records import Finding, PageBox


def first_box(passage: Passage) -> PageBox | None:
    """Find the box in which a passage begins."""
    return next(iter(passage.boxes()), None)


def finding_of(doubt: Doubt, *, project: str | None = None, record_id: str | None = None) -> Finding:
    """Say to which project and record a doubt belongs, and where it is printed."""
    return Finding(
        code=doubt.code,
        severity=doubt.severity,
        message=doubt.message,
        page=doubt.place.page,
        box=first_box(doubt.place),
        project=project,
        record_id=record_id,
        expected=doubt.expected,
        found=doubt.found,
    )

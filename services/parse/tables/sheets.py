"""Two pages printed side by side on one."""

from collections.abc import Sequence
from dataclasses import replace

from services.parse.tables.drawn import DrawnTable, draw_tables
from shared.contracts.pages import Box, Page

_LEAST_OVERLAP_SHARE = 0.5


def side_by_side(page: Page, tables: list[DrawnTable]) -> list[Sequence[DrawnTable]]:
    """
    Part the tables of a page into those of its sheets, from left to right.

    Sheets are told by tables side by side and a gutter between them that no word or rule
    crosses. Each sheet is drawn anew, so that lines above a table are of its own sheet.
    """
    gutter = _gutter(page, tables)
    if gutter is None:
        return [tables]
    left = replace(
        page,
        words=tuple(word for word in page.words if word.box.x1 <= gutter),
        rules=tuple(rule for rule in page.rules if rule.box.x1 <= gutter),
    )
    right = replace(
        page,
        words=tuple(word for word in page.words if word.box.x0 >= gutter),
        rules=tuple(rule for rule in page.rules if rule.box.x0 >= gutter),
    )
    return [draw_tables(left), draw_tables(right)]


def _gutter(page: Page, tables: Sequence[DrawnTable]) -> float | None:
    outlines = sorted((table.lattice.box for table in tables), key=lambda box: box.x0)
    for index in range(1, len(outlines)):
        left, right = outlines[:index], outlines[index:]
        end, start = max(box.x1 for box in left), right[0].x0
        if end < start and _are_beside(left, right) and not _is_crossed(page, (end + start) / 2):
            return (end + start) / 2
    return None


def _are_beside(left: Sequence[Box], right: Sequence[Box]) -> bool:
    """Compare the two stretches of the page, from the first table to the last, that they take up."""
    tops = [min(box.top for box in boxes) for boxes in (left, right)]
    bottoms = [max(box.bottom for box in boxes) for boxes in (left, right)]
    shorter = min(bottom - top for top, bottom in zip(tops, bottoms, strict=True))
    return min(bottoms) - max(tops) > _LEAST_OVERLAP_SHARE * shorter


def _is_crossed(page: Page, x: float) -> bool:
    words = any(word.box.x0 < x < word.box.x1 for word in page.words)
    return words or any(rule.box.x0 < x < rule.box.x1 for rule in page.rules)

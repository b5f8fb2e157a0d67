"""Two pages printed side by side on one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from services.parse.tables.drawn import DrawnTable, draw_tables
from shared.contracts.pages import Box, Page

_LEAST_OVERLAP_SHARE = 0.5
_FEWEST_WORDS = 4
_SAME_MARGIN_SHARE = 0.03
_WHITE_MARGINS = 1.5


@dataclass(frozen=True, slots=True)
class Half:
    """A sheet without rules: a whole page, or the half that begins ``offset`` points from the left."""

    page: Page
    offset: float = 0.0


def cut_in_two(page: Page) -> list[Half]:
    """
    Part a page without rules on which two pages are printed side by side.

    Their print begins about equally far from the left of either half, and what is white between
    them is wider than that margin: the heads of one table stand closer, and not just there.
    """
    middle = page.width / 2
    left = [word for word in page.words if word.box.x1 <= middle]
    right = [word for word in page.words if word.box.x0 >= middle]
    if min(len(left), len(right)) < _FEWEST_WORDS or len(left) + len(right) < len(page.words):
        return [Half(page)]
    margin, inner = min(word.box.x0 for word in left), min(word.box.x0 for word in right)
    white = inner - max(word.box.x1 for word in left)
    is_even = abs(inner - middle - margin) <= _SAME_MARGIN_SHARE * middle
    if not is_even or white < _WHITE_MARGINS * margin or page.rules:
        return [Half(page)]
    return [Half(replace(page, words=tuple(left))), Half(replace(page, words=tuple(right)), middle)]


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

"""Which tables of consecutive pages are one table."""

import re
from collections.abc import Iterable, Sequence

from services.parse.passage import Passage
from services.parse.tables.drawn import DrawnCell, DrawnTable
from services.parse.tables.glued_heads import part_glued_head
from services.parse.tables.heads import cells_of_row, repeated_head

_SAME_COLUMN_POINTS = 4.0
# A table that leaves this share of the page blank has ended: the next row would have fitted.
_BLANK_PAGE_SHARE = 0.3

_CONTINUED = re.compile(r"[（(【]?(?:续表?|接上页|上接第?[0-9]*页)[0-9一二三四五六七八九十]*[)）】]?")

_SUMS = frozenset({"合计", "总计"})

Chain = list[DrawnTable]


def chain_tables(sheets: Iterable[Sequence[DrawnTable]]) -> list[Chain]:
    """
    Put tables that go on from sheet to sheet into one chain, in reading order.

    A sheet is a page, or one of two that are printed side by side on a page.
    """
    chains: list[Chain] = []
    last: DrawnTable | None = None
    for tables in sheets:
        for index, drawn in enumerate(tables):
            table = part_glued_head(chains[-1][0], drawn) if chains else drawn
            is_rest = goes_on_below if index else goes_on
            if last is not None and not last.is_unread and is_rest(chains[-1], table):
                chains[-1].append(table)
            else:
                chains.append([table])
            last = table
        last = chains[-1][-1] if tables else None
    return chains


def goes_on_below(chain: Chain, table: DrawnTable) -> bool:
    """
    Say whether a table is the rest of the one above it on the same sheet: two pages on one.

    Both must be open where they were cut, with nothing between them.
    """
    last = chain[-1]
    if table.heading or shift_between(chain, table) is None:
        return False
    return _is_open_below(last) and _is_open_above(table)


def goes_on(chain: Chain, table: DrawnTable) -> bool:
    """
    Say whether a table at the top of a sheet is the rest of the one before.

    An open side says so at once, and so does a repeated head. Tables closed on both sides
    go on when they have the same columns, nothing stands between them, and the second does
    not begin like a form of its own.
    """
    last = chain[-1]
    if (
        table.lacks_keys
        or table.page > last.page + 1
        or shift_between(chain, table) is None
        or _own_footing(last, table)
    ):
        return False
    if _own_heading(chain[0], table):
        return False
    head = repeated_head(chain, table)
    if head:
        return not _begins_with_sum(table, head)
    if _is_open(last, table):
        return True
    return not (_starts_anew(chain[0], table) or _has_room(last, table)) and _same_columns(chain, table)


def _own_heading(first: DrawnTable, table: DrawnTable) -> list[str]:
    """List the lines above a table that repeat none above the first page of the chain, nor a part of one."""
    known = {_CONTINUED.sub("", text) for text in _texts(first.heading)}
    above = [line for line in table.heading if not _is_beside(line, table)]
    own = ((text, _CONTINUED.sub("", text)) for text in _texts(above))
    return [text for text, rest in own if rest and not any(rest in line for line in known)]


def _is_beside(line: Passage, table: DrawnTable) -> bool:
    """Say whether a line stands at the left of a table, where a label has no rules of its own."""
    places = [place for place in line.places if place]
    left, top = table.lattice.xs[0], table.lattice.ys[0]
    return bool(places) and all(place.x1 <= left and place.top >= top for place in places)


def _own_footing(last: DrawnTable, table: DrawnTable) -> list[str]:
    """List the lines that stand below a table for its own sake, not at the foot of every page."""
    running = set(_texts(table.footing))
    return [text for text in _texts(last.footing) if text not in running]


def _texts(lines: Sequence[Passage]) -> list[str]:
    return [line.text.replace(" ", "") for line in lines]


def _is_open(last: DrawnTable, table: DrawnTable) -> bool:
    return _is_open_below(last) or _is_open_above(table)


def _is_open_below(table: DrawnTable) -> bool:
    return any(cell.region.is_open_below for cell in last_cells(table))


def _is_open_above(table: DrawnTable) -> bool:
    return any(cell.region.is_open_above for cell in cells_of_row(table, 0))


def last_cells(table: DrawnTable) -> list[DrawnCell]:
    """List the cells that reach down to the table's end."""
    end = table.row_count
    return [cell for cell in table.cells if cell.region.row + cell.region.row_span == end]


def _begins_with_sum(table: DrawnTable, head: int) -> bool:
    """Say whether the sum of a whole table stands below the head: it is printed at a table's beginning."""
    row = cells_of_row(table, head)
    return bool(row) and row[0].text in _SUMS


def _starts_anew(first: DrawnTable, table: DrawnTable) -> bool:
    """Say whether a table begins like the first one: with its label, or with a title across."""
    row, model = cells_of_row(table, 0), cells_of_row(first, 0)
    if not row or not model or not row[0].text:
        return False
    return row[0].text == model[0].text or (len(row) == 1 and row[0].text.endswith(("表", "表）", "度）")))


def _has_room(last: DrawnTable, table: DrawnTable) -> bool:
    left = last.page_height - last.lattice.ys[-1]
    first_row = table.lattice.ys[1] - table.lattice.ys[0]
    return left > _BLANK_PAGE_SHARE * last.page_height and left > 1.5 * first_row


def _same_columns(chain: Chain, table: DrawnTable) -> bool:
    """Say whether the columns of one are among those of the other."""
    shift = shift_between(chain, table) or 0.0
    here = [x + shift for x in table.lattice.xs]
    return any(
        _are_among(here, other.lattice.xs) or _are_among(other.lattice.xs, here)
        for other in (chain[-1], chain[0])
    )


def _are_among(some: Sequence[float], others: Sequence[float]) -> bool:
    return all(min(abs(x - other) for other in others) <= _SAME_COLUMN_POINTS for x in some)


def shift_between(chain: Chain, table: DrawnTable) -> float | None:
    """
    Find by how much a table lies further left than those before it; None where widths differ.

    Pages bound like a book have inner and outer margins: the same table then changes sides.
    Where a label without a rule at its left goes on over a whole page, that page lacks its column.
    """
    left, right = chain[0].lattice.xs[0], chain[0].lattice.xs[-1]
    start, end = left - table.lattice.xs[0], right - table.lattice.xs[-1]
    if abs(start - end) <= _SAME_COLUMN_POINTS:
        return (start + end) / 2
    has_label = _is_open_above(table) or any(_is_beside(line, table) for line in table.heading)
    return 0.0 if start < 0 and has_label and _lacks_label(chain[0], table) else None


def _lacks_label(first: DrawnTable, table: DrawnTable) -> bool:
    inner = first.lattice.xs[1:]
    return _are_among(table.lattice.xs, inner) and _are_among(inner[-1:], table.lattice.xs[-1:])

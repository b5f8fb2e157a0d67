"""Prints tables on paper in every way that offices do: rules, page breaks, paddings, cell backgrounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final, Literal

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from samples.ink import FONT, load_font

Rules = Literal[
    "lines",
    "boxes",
    "strips",
    "dashed",
    "double",
    "no_sides",
    "horizontal",
    "vertical",
    "none",
    "dotted",
    "fills",
]
Breaks = Literal["rows", "open_rows", "cut", "open_cut"]
Merged = Literal["first", "middle", "repeated"]

_MARGIN: Final = 42.0


@dataclass(frozen=True, slots=True)
class Printed:
    """A cell: its place in the table and its text; ``upright`` and ``runs_over`` are about its lines."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    align: Literal["left", "centre", "right"] = "centre"
    upright: bool = False
    runs_over: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with the lines above and below it; ``widths`` are shares, ``head_rows`` where its header is."""

    cells: tuple[Printed, ...]
    widths: tuple[float, ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    head_rows: tuple[int, int] = (0, 0)

    @property
    def row_count(self) -> int:
        return max((cell.row + cell.row_span for cell in self.cells), default=0)


@dataclass(frozen=True, slots=True)
class Habits:
    """
    How an office prints its tables.

    ``merged`` says where the text of a merged cell stands that a page's end parts: in the
    first part, in the middle of the whole, or in each part. ``breaks``: pages end between
    rows or within them, with a rule at the end or without one.
    """

    wide: bool = False
    size: float = 8.0
    leading: float = 1.3
    padding: float = 3.0
    rules: Rules = "lines"
    breaks: Breaks = "rows"
    merged: Merged = "first"
    repeats_head: bool = False
    shades_head: bool = False
    numbers_pages: bool = True
    one_page_each: bool = True
    top_aligned: bool = False
    two_up: bool = False


@dataclass(slots=True)
class _Set:
    """A cell with its text set in lines, and the rows it has in the end."""

    cell: Printed
    lines: list[str]
    drawn: int = 0


@dataclass(slots=True)
class _Piece:
    """The rows (``first`` up to ``last``, excluded) of a page, with the height printed of each."""

    rows: list[tuple[int, float, float]] = field(default_factory=list)
    """Row, how much of it stood on pages before, how much stands here."""


def print_tables(sheets: Sequence[Sheet], habits: Habits) -> bytes:
    """Print tables below each other or on pages of their own; the same input gives the same bytes."""
    load_font()
    paper = BytesIO()
    size = landscape(A4) if habits.wide else A4
    press = _Press(Canvas(paper, pagesize=size, invariant=1), habits, size)
    for sheet in sheets:
        press.print(sheet)
    press.end()
    return paper.getvalue()


class _Press:
    """Keeps where on the paper the next thing is printed."""

    def __init__(self, canvas: Canvas, habits: Habits, size: tuple[float, float]) -> None:
        self.canvas, self.habits = canvas, habits
        self.width, self.height = size[0] / (2 if habits.two_up else 1), size[1]
        self.top = _MARGIN
        self.page = 1
        self.is_blank = True

    def print(self, sheet: Sheet) -> None:
        if not self.is_blank and (self.habits.one_page_each or self.height - self.top < 200):
            self._turn()
        self.is_blank = False
        for line in sheet.above:
            self._line(line)
        widths = [share / sum(sheet.widths) * (self.width - 2 * _MARGIN) for share in sheet.widths]
        cells = [_Set(cell, self._set(cell, widths)) for cell in sheet.cells]
        heights = self._heights(sheet, cells)
        pieces = self._pieces(sheet, heights)
        for index, piece in enumerate(pieces):
            if index:
                self._turn()
            self._draw(piece, cells, heights, widths, is_first=index == 0, is_last=piece is pieces[-1])
            self.top += sum(height for _, _, height in piece.rows)
            self.is_blank = False
        self.top += 4
        for line in sheet.below:
            self._line(line, left=True)
        self.top += 14

    def end(self) -> None:
        self._number()
        self.canvas.showPage()
        self.canvas.save()

    def _turn(self) -> None:
        self._number()
        if self.habits.two_up and self.page % 2:
            self.canvas.translate(self.width, 0)
        else:
            self.canvas.showPage()
        self.top, self.page, self.is_blank = _MARGIN, self.page + 1, True

    def _number(self) -> None:
        if self.habits.numbers_pages:
            self.canvas.setFont(FONT, 8)
            self.canvas.drawCentredString(self.width / 2, 22, f"— {self.page} —")

    def _line(self, text: str, *, left: bool = False) -> None:
        size = self.habits.size + (4 if "绩效" in text else 1)
        self.canvas.setFont(FONT, size)
        y = self.height - self.top - size
        if left or "：" in text:
            self.canvas.drawString(_MARGIN, y, text)
        else:
            self.canvas.drawCentredString(self.width / 2, y, text)
        self.top += size * 1.6

    def _set(self, cell: Printed, widths: Sequence[float]) -> list[str]:
        if cell.upright or cell.runs_over:
            return list(cell.text) if cell.upright else [cell.text]
        room = sum(widths[cell.column : cell.column + cell.column_span]) - 2 * self.habits.padding
        return [line for part in cell.text.split("\n") for line in _wrapped(part, self.habits.size, room)]

    def _heights(self, sheet: Sheet, cells: Sequence[_Set]) -> list[float]:
        leading, padding = self.habits.size * self.habits.leading, self.habits.padding
        heights = [leading + 2 * padding] * sheet.row_count
        for each in sorted(cells, key=lambda each: each.cell.row_span):
            first, last = each.cell.row, each.cell.row + each.cell.row_span
            lacking = len(each.lines) * leading + 2 * padding - sum(heights[first:last])
            if lacking > 0:
                share = lacking / (last - first)
                heights[first:last] = [height + share for height in heights[first:last]]
        return heights

    def _pieces(self, sheet: Sheet, heights: Sequence[float]) -> list[_Piece]:
        pieces = [_Piece()]
        left = self.height - self.top - _MARGIN
        cuts = self.habits.breaks in ("cut", "open_cut")
        leading, padding = self.habits.size * self.habits.leading, self.habits.padding
        queue = [(row, 0.0) for row in range(sheet.row_count)]
        fresh = 0
        while queue:
            row, before = queue.pop(0)
            height = heights[row] - before
            if height <= left + 0.01:
                pieces[-1].rows.append((row, before, height))
                left -= height
                continue
            fit = int((left - 2 * padding) / leading)
            if cuts and fit >= 1 and height > leading + 2 * padding:
                pieces[-1].rows.append((row, before, fit * leading + 2 * padding))
                queue.insert(0, (row, before + fit * leading))
            else:
                queue.insert(0, (row, before))
                fresh += 1
                if fresh > 500:
                    raise RuntimeError("a row that no page holds")
            left = self.height - 2 * _MARGIN
            pieces.append(_Piece())
            if self.habits.repeats_head and row >= sheet.head_rows[1]:
                for head in range(*sheet.head_rows):
                    pieces[-1].rows.append((head, 0.0, heights[head]))
                    left -= heights[head]
        return [piece for piece in pieces if piece.rows]

    def _draw(self, piece, cells, heights, widths, *, is_first: bool, is_last: bool) -> None:
        tops, top = {}, self.top
        for row, before, height in piece.rows:
            tops[row] = (top, height, before)
            top += height
        for each in cells:
            rows = [row for row in range(each.cell.row, each.cell.row + each.cell.row_span) if row in tops]
            if not rows:
                continue
            y0 = tops[rows[0]][0]
            y1 = tops[rows[-1]][0] + tops[rows[-1]][1]
            x0 = _MARGIN + sum(widths[: each.cell.column])
            x1 = x0 + sum(widths[each.cell.column : each.cell.column + each.cell.column_span])
            is_head = each.cell.row < max(1, piece.rows[0][0] if not is_first else 0)
            begun = rows[0] > each.cell.row or tops[rows[0]][2] > 0
            last = each.cell.row + each.cell.row_span - 1
            goes_on = rows[-1] < last or tops[rows[-1]][2] + tops[rows[-1]][1] < heights[rows[-1]] - 0.01
            box = (x0, y0, x1, y1)
            if self.habits.shades_head and each.cell.row == 0 and not is_head:
                self._fill(box)
            if self.habits.rules == "fills" and each.cell.row % 2 == 0:
                self._fill(box)
            self._rule(box, begun, goes_on, widths)
            self._ink(each, box, begun, goes_on, rows, heights, tops)

    def _fill(self, box: tuple[float, float, float, float]) -> None:
        x0, y0, x1, y1 = box
        self.canvas.setFillGray(0.88)
        self.canvas.rect(x0, self.height - y1, x1 - x0, y1 - y0, stroke=0, fill=1)
        self.canvas.setFillGray(0)

    def _ink(self, each: _Set, box, begun, goes_on, rows, heights, tops) -> None:
        x0, y0, x1, y1 = box
        size, leading = self.habits.size, self.habits.size * self.habits.leading
        padding = self.habits.padding
        lines = each.lines
        if begun or goes_on:
            room = y1 - y0 + 0.01 >= len(lines) * leading and each.drawn in (0, len(lines))
            if (
                each.cell.row_span == 1
                or self.habits.merged == "first"
                or (self.habits.merged == "repeated" and not room)
            ):
                fit = max(0, int((y1 - y0 - 2 * padding) / leading + 0.01)) if goes_on else len(lines)
                lines = lines[each.drawn : each.drawn + fit]
                each.drawn += len(lines)
                top = y0 + padding
            elif self.habits.merged == "repeated":
                top = (y0 + y1 - len(lines) * leading) / 2
                each.drawn = len(lines)
            else:
                whole = sum(heights[each.cell.row : each.cell.row + each.cell.row_span])
                before = sum(heights[each.cell.row : rows[0]]) + tops[rows[0]][2]
                start = whole / 2 - len(lines) * leading / 2
                shown = [
                    (index, line)
                    for index, line in enumerate(lines)
                    if before - 0.01 <= start + index * leading < before + (y1 - y0) - leading + 0.01
                    or (index >= each.drawn and start + index * leading < before + (y1 - y0) - leading + 0.01)
                    or (not goes_on and index >= each.drawn)
                ]
                shown = [(i, line) for i, line in shown if i >= each.drawn]
                each.drawn += len(shown)
                if not shown:
                    return
                top = max(y0 + padding / 2, y0 + start + shown[0][0] * leading - before)
                lines = [line for _, line in shown]
        elif self.habits.top_aligned and not each.cell.upright:
            top = y0 + padding
        else:
            top = (y0 + y1 - len(lines) * leading) / 2
        self.canvas.setFont(FONT, size)
        for line in lines:
            width = stringWidth(line, FONT, size)
            left = {
                "left": x0 + padding,
                "right": x1 - padding - width,
                "centre": (x0 + x1 - width) / 2,
            }[each.cell.align]
            self.canvas.drawString(left, self.height - top - size, line)
            top += leading

    def _rule(self, box, begun: bool, goes_on: bool, widths) -> None:
        rules = self.habits.rules
        if rules in ("none", "fills"):
            return
        is_open = self.habits.breaks in ("open_rows", "open_cut")
        for side in _sides(box):
            level = side[1] == side[3]
            if is_open and level and ((begun and side[1] == box[1]) or (goes_on and side[1] == box[3])):
                continue
            if rules == ("vertical" if level else "horizontal"):
                continue
            outer = not level and (abs(side[0] - _MARGIN) < 0.1 or abs(side[0] - _MARGIN - sum(widths)) < 0.1)
            if outer and rules == "no_sides":
                continue
            self._stroke(side, level)

    def _stroke(self, side, level: bool) -> None:
        x0, y0, x1, y1 = side
        canvas, rules = self.canvas, self.habits.rules
        y0, y1 = self.height - y0, self.height - y1
        canvas.setLineWidth(0.6)
        if rules == "strips":
            if level:
                canvas.rect(x0 - 0.24, y0 - 0.24, x1 - x0 + 0.48, 0.48, stroke=0, fill=1)
            else:
                canvas.rect(x0 - 0.24, y1 - 0.24, 0.48, y0 - y1 + 0.48, stroke=0, fill=1)
            return
        if rules in ("dashed", "dotted"):
            canvas.setDash(*((2, 2) if rules == "dashed" else (0.6, 1.4)))
        if rules == "double":
            canvas.setLineWidth(0.3)
            dx, dy = (0, 0.8) if level else (0.8, 0)
            canvas.line(x0 - dx, y0 - dy, x1 - dx, y1 - dy)
            canvas.line(x0 + dx, y0 + dy, x1 + dx, y1 + dy)
        else:
            canvas.line(x0, y0, x1, y1)
        canvas.setDash()


def _sides(box: tuple[float, float, float, float]) -> Iterator[tuple[float, float, float, float]]:
    x0, y0, x1, y1 = box
    yield x0, y0, x1, y0
    yield x0, y1, x1, y1
    yield x0, y0, x0, y1
    yield x1, y0, x1, y1


def _wrapped(text: str, size: float, room: float) -> list[str]:
    lines = [""]
    for character in text:
        if lines[-1] and stringWidth(lines[-1] + character, FONT, size) > room:
            lines.append("")
        lines[-1] += character
    return lines

"""What a page's end has cut: cells and rows that go on at the top of the next page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from services.parse.grid import Outline
from services.parse.levels import standard_level1, standard_level2
from services.parse.passage import Passage

_SLACK_EMS = 1.3
_PADDING_EMS = 2.0
_CONTINUES = re.compile(r"[。，、；：！？）】》”’％%,.;:!?)\]]")
_NUMBERED = re.compile(r"(?:(?<=[。；;.\s])|^)(\d{1,3}) ?[、.．,，]")
_END_OF_LABEL = re.compile("指?标")
_AMOUNT = re.compile(r"-?[0-9][0-9,， ]*\.[0-9]+")
_FINISHED = ("。", "；", ";", "！", "？")


@dataclass(slots=True)
class JoinedCell:
    """A cell of a table in the making, over all the pages read so far."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[Passage] = field(default_factory=list)
    parts: list[Outline] = field(default_factory=list)
    is_open_above: bool = False
    is_open_below: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.text

    @property
    def columns(self) -> tuple[int, int]:
        return self.column, self.column_span

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines).replace(" ", "")

    def take_in(self, rest: "JoinedCell") -> None:
        """Add what stands of the cell on the next page, once; rows are the caller's matter."""
        if rest.text != self.text:
            self.lines += rest.lines
        self.parts += rest.parts
        self.is_open_below = rest.is_open_below


Pair = tuple[JoinedCell, JoinedCell]


def find_cuts(
    above: Sequence[JoinedCell], below: Sequence[JoinedCell], pages: Sequence[Sequence[JoinedCell]] = ()
) -> list[Pair]:
    """
    Pair the cells at a page's end with those that are their rest at the top of the next page.

    A side without a rule decides by itself. Programs that close the frame at each page's end
    leave other signs: the cells that had room enough are blank on the second page, and the
    text of those that had not breaks off and goes on. ``pages`` are all cells before and
    behind the page's end: what is never blank there is not blank at the end either.
    """
    by_columns = {cell.columns: cell for cell in above}
    pairs = [(by_columns[cell.columns], cell) for cell in below if cell.columns in by_columns]
    if any(_are_two_amounts(above, below) for above, below in pairs):
        return []
    is_open = [pair for pair in pairs if pair[0].is_open_below or pair[1].is_open_above]
    cut = is_open or _merged_cells(pairs)
    if not is_open:
        halves = _halves([pair for pair in pairs if pair not in cut], pages)
        cut = [pair for pair in pairs if pair in cut or pair in halves]
    rest = [pair for pair in pairs if pair not in cut]
    if _row_goes_on(rest, has_more=bool(cut)):
        return pairs
    return cut


def _are_two_amounts(above: JoinedCell, below: JoinedCell) -> bool:
    """Whole amounts face to face are of two rows, though the page's end left no rule between them."""
    return above.text != below.text and all(_AMOUNT.fullmatch(cell.text) for cell in (above, below))


def _merged_cells(pairs: Sequence[Pair]) -> list[Pair]:
    """
    Find the cells over several rows that the page's end has cut although it is ruled there.

    The leftmost of them decides: printed on one page and blank on the other, or printed on
    both, it has not ended. Then other cells of which a part is blank have not ended either,
    nor those whose text goes on or is printed again.
    """
    merged = [pair for pair in pairs if pair[0].row_span > 1 or pair[1].row_span > 1]
    if not merged or len(merged) == len(pairs):
        return []
    lead_above, lead_below = merged[0]
    is_repeated = merged[0] is pairs[0] and _is_repeated(merged)
    has_ended = lead_above.is_blank == lead_below.is_blank
    if not is_repeated and has_ended and not _flows(merged):
        return []
    cut = [pair for pair in merged if _has_blank_part(pair) or _is_same_or_upright(*pair)]
    cut += [
        (above, below)
        for above, below in merged
        if below.row_span == lead_below.row_span and (above, below) not in cut and _text_goes_on(above, below)
    ]
    left = list(takewhile(lambda pair: pair in cut or pair[1].is_blank, pairs))
    return [pair for pair in pairs if pair in cut or pair in left]


def _halves(pairs: Sequence[Pair], pages: Sequence[Sequence[JoinedCell]]) -> list[Pair]:
    """
    Find the cells left of a row's own of which one part is blank, in columns of merged cells.

    A cell over two rows that a page's end parts is one row high on either page. The label beside
    them may be printed on both, or on neither when its text stands on a third.
    """
    label = list(takewhile(_is_same_label, pairs))
    rest = pairs[len(label) :]
    left = list(takewhile(_is_half, rest))
    if not left or len(left) == len(rest) or any(map(_has_blank_part, rest[len(left) : len(left) + 1])):
        return []
    layout = [above.columns for above, _ in pairs]
    are_halves = all(_is_parted_label(*pair) or _is_merged_and_filled(pair, layout, pages) for pair in left)
    return [*label, *left] if are_halves else []


def _is_merged_and_filled(
    pair: Pair, layout: Sequence[tuple[int, int]], pages: Sequence[Sequence[JoinedCell]]
) -> bool:
    """
    Say whether a column has cells over several rows, and none that is blank in rows like these.

    One that is blank at the end of the next page may be cut there, too.
    """
    others = [
        (cell, page)
        for page in pages
        for cell in page
        if cell.columns == pair[0].columns and not any(cell is part for part in pair)
    ]
    blank = ((cell, page) for cell, page in others if cell.is_blank and not _ends_its_page(cell, page))
    return any(cell.row_span > 1 for cell, _ in others) and not any(
        _is_laid_out(cell.row, layout, page) for cell, page in blank
    )


def _is_laid_out(row: int, layout: Sequence[tuple[int, int]], page: Sequence[JoinedCell]) -> bool:
    here = {cell.columns for cell in page if cell.row <= row < cell.row + cell.row_span}
    return here.issuperset(layout)


def _ends_its_page(cell: JoinedCell, page: Sequence[JoinedCell]) -> bool:
    return cell.row + cell.row_span == max(other.row + other.row_span for other in page)


def _is_half(pair: Pair) -> bool:
    return pair[0].is_blank != pair[1].is_blank or _is_parted_label(*pair)


def _is_same_label(pair: Pair) -> bool:
    return pair[0].text == pair[1].text and pair[1].row_span > 1


def _flows(merged: Sequence[Pair]) -> bool:
    """Say whether the leftmost text goes on, and what else its cells hold together is blank or repeated."""
    lead_above, lead_below = merged[0]
    if _has_blank_part(merged[0]) or not _text_goes_on(lead_above, lead_below):
        return False
    beside = [pair for pair in merged[1:] if pair[1].row_span == lead_below.row_span and not pair[0].is_blank]
    if not beside:
        return bool(_END_OF_LABEL.fullmatch(lead_below.text))
    return all(
        below.is_blank or below.text == above.text or _is_parted_label(above, below)
        for above, below in beside[:1]
    )


def _is_same_or_upright(above: JoinedCell, below: JoinedCell) -> bool:
    """Say whether a text is printed again, or set in lines of one character of which the rest follows."""
    if above.text == below.text:
        return True
    is_upright = len(above.lines) > 1 and all(len(line) == 1 for line in (*above.lines, *below.lines))
    return is_upright and not _end_alike(above, below)


def _end_alike(above: JoinedCell, below: JoinedCell) -> bool:
    """Two texts that end with the same word (产出指标, 效益指标) are two labels, not one that goes on."""
    return len(above.text) > 2 and above.text[-2:] == below.text[-2:]


def _has_blank_part(pair: Pair) -> bool:
    return pair[0].is_blank or pair[1].is_blank


def _is_repeated(merged: Sequence[Pair]) -> bool:
    """
    Say whether the leftmost cells are printed once more on the next page.

    All that the first of them holds together has to be the same, name, money and goal of a
    project, or to go on.
    """
    lead_above, lead_below = merged[0]
    if lead_above.is_blank or lead_below.is_blank:
        return False
    beside = [
        pair for pair in merged if pair[1].row_span == lead_below.row_span and not _are_two_levels(*pair)
    ]
    return lead_above.text == lead_below.text and all(
        below.is_blank or above.text == below.text or (not above.is_blank and _text_goes_on(above, below))
        for above, below in beside
    )


def _are_two_levels(above: JoinedCell, below: JoinedCell) -> bool:
    """Tell levels that follow one another: they end within a project."""
    are_levels = all(standard_level1(cell.text) or standard_level2(cell.text) for cell in (above, below))
    return are_levels and above.text != below.text


def _row_goes_on(pairs: Sequence[Pair], *, has_more: bool) -> bool:
    """Say whether one row of cells was cut: some are blank below, the others go on."""
    if not pairs or any(above.row_span > 1 or below.row_span > 1 for above, below in pairs):
        return False
    running = [(above, below) for above, below in pairs if not below.is_blank]
    ended = [above for above, below in pairs if below.is_blank and not above.is_blank]
    if not running or any(above.is_blank for above, _ in running):
        return False
    if len(running) == 1 and ended and len(ended) == len(pairs) - 1:
        return True
    return (bool(ended) or has_more) and all(_text_goes_on(above, below) for above, below in running)


def _text_goes_on(above: JoinedCell, below: JoinedCell) -> bool:
    """Say whether a text breaks off in one cell and goes on in the other."""
    start, end = below.lines[0].text.strip(), above.lines[-1].text.strip() if above.lines else ""
    if _CONTINUES.match(start) or _is_parted_label(above, below):
        return True
    if _AMOUNT.fullmatch(start) or _AMOUNT.fullmatch(end) or _end_alike(above, below):
        return False
    numbers = [int(number) for line in above.lines for number in _NUMBERED.findall(line.text)]
    first = _NUMBERED.match(start)
    if first and numbers:
        return int(first[1]) == numbers[-1] + 1
    return not end.endswith(_FINISHED) and _fills_its_line(above)


def _is_parted_label(above: JoinedCell, below: JoinedCell) -> bool:
    """
    Say whether a label was cut within its words: 服务对象 above, 满意度指标 below.

    Whatever ends with 满意度 may be a level of its own, so that there the words above must be known.
    """
    if above.is_blank or above.text.endswith("指标"):
        return False
    whole = above.text + below.text
    is_level = standard_level2(above.text) is None and standard_level2(whole) is not None
    is_known = standard_level2(below.text) is None or whole.startswith("服务对象")
    return (is_level and is_known) or bool(_END_OF_LABEL.fullmatch(below.text))


def _fills_its_line(cell: JoinedCell) -> bool:
    """Say whether the last line runs to the cell's right edge: a wrap, not an end."""
    last = _right(cell.lines[-1])
    em = _em(cell.lines[-1])
    if len(cell.lines) > 1 and last >= max(_right(line) for line in cell.lines) - _SLACK_EMS * em:
        return True
    return bool(cell.parts) and last >= cell.parts[-1].x1 - _PADDING_EMS * em


def _right(line: Passage) -> float:
    return max((place.x1 for place in line.places if place), default=0.0)


def _em(line: Passage) -> float:
    return max((place.bottom - place.top for place in line.places if place), default=0.0)

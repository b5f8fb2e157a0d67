"""Tables without rules: columns from what stays white down the pages, rows from wider gaps."""

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from statistics import median

from services.parse.forms.heads.labels import column_field
from services.parse.grid import outline_on
from services.parse.passage import Passage
from services.parse.tables.drawn import DrawnCell, DrawnTable, is_page_number
from services.parse.tables.filling import fill
from services.parse.tables.head_words import is_head
from services.parse.tables.lattice import Lattice, Region
from services.parse.tables.lines import group_into_lines, read_lines
from services.parse.tables.sheets import Half
from shared.contracts.pages import Page, Word

_FEWEST_HEAD_WORDS = 4
_LEVELS = frozenset({"level1", "level2"})
_NARROWEST_GUTTER_POINTS = 3
_ROW_GAP_EMS = 0.35
_WIDEST_LINE_GAP_EMS = 0.8
_USUAL_SHARE = 0.2
_CROSSING_SHARE = 0.02
_TITLE_PAGE_SHARE = 0.2
_MARKS = ("，", "。", "、", "；", "：", "！", "？", "）", "》", "】", "”", "’")


@dataclass(frozen=True, slots=True)
class _Band:
    """Lines of print that only white parts from what is above and below: one row of the table."""

    top: float
    bottom: float
    words: tuple[Word, ...]


def has_head(page: Page) -> bool:
    """Say whether a line of a page is the head of a performance table."""
    return _head_line(page) is not None


def begins_anew(first: Page, page: Page) -> bool:
    """Say whether a page has a head of its own: another one, or the same below a title."""
    head, before = _head_line(page), _head_line(first)
    if head is None or before is None:
        return False
    if [word.text for word in head] != [word.text for word in before]:
        return True
    lines = read_lines((word for word in page.words if word.box.bottom < head[0].box.top), page.number)
    return any(not is_page_number(line, page.height) for line in lines)


def _head_line(page: Page) -> list[Word] | None:
    """Find the line that names the columns, else lines that share some height and do so together."""
    lines = group_into_lines(page.words)
    level = next((line for line in lines if _names_columns(line)), None)
    return level or next((near for line in lines if _names_columns(near := _level_with(line, lines))), None)


def _names_columns(words: Sequence[Word]) -> bool:
    """Rows with levels in columns of their own are merged cells: wider gaps do not part them."""
    heads = {word.text for word in words if is_head(word.text)}
    if len(_LEVELS & {column_field(head) for head in heads}) == len(_LEVELS):
        return False
    return len(heads) >= _FEWEST_HEAD_WORDS and any("绩效" in head or "指标" in head for head in heads)


def _level_with(line: Sequence[Word], lines: Sequence[Sequence[Word]]) -> list[Word]:
    own = _band(line)
    return [
        word for other in lines for word in other if word.box.top < own.bottom and own.top < word.box.bottom
    ]


def draw_borderless(halves: Sequence[Half]) -> list[DrawnTable]:
    """
    Read consecutive pages without rules, the first of them with a table's head.

    Columns are sought on all pages together, because on one page a blank column looks like
    a gutter; the words of the head keep it from being taken for one.
    """
    head = _head_line(halves[0].page)
    if head is None:
        return []
    bands = [list(_bands(half.page)) for half in halves]
    start = next(i for i, band in enumerate(bands[0]) if head[0] in band.words)
    body = [bands[0][start:], *bands[1:]]
    labels = [word for word in bands[0][start].words if not _spans_several(word, head)]
    own = _own_pages(halves, body, [_shifted(word, -halves[0].offset) for word in labels])
    if own is None:
        return []
    columns, count = own
    tables = []
    for index, half in enumerate(halves[:count]):
        xs = [x + half.offset for x in columns]
        rows, rest = _rows(body[index], xs)
        if not rows:
            break
        above = [] if index else bands[0][:start]
        tables.append(_table(half.page, xs, rows, (_lines(above, half.page), _lines(rest, half.page))))
        if rest:
            break
    return tables


def _moved(band: _Band, offset: float) -> _Band:
    return replace(band, words=tuple(_shifted(word, offset) for word in band.words)) if offset else band


def _shifted(word: Word, offset: float) -> Word:
    if not offset:
        return word
    box = replace(word.box, x0=word.box.x0 + offset, x1=word.box.x1 + offset)
    return replace(word, box=box, edges=tuple(edge + offset for edge in word.edges))


def _spans_several(word: Word, head: Sequence[Word]) -> bool:
    """Say whether a word stands over several columns: it heads a group of them."""
    below = [other for other in head if other.box.x0 < word.box.x1 and word.box.x0 < other.box.x1]
    return word not in head and len(below) > 1


def _bands(page: Page) -> Iterator[_Band]:
    lines = group_into_lines(page.words)
    lines = [
        line
        for line in lines
        if not all(is_page_number(passage, page.height) for passage in read_lines(line, page.number))
    ]
    if not lines:
        return
    widest = _white_within_cells(lines)
    members: list[Word] = []
    bottom = 0.0
    for line in sorted(lines, key=lambda line: min(word.box.top for word in line)):
        top = min(word.box.top for word in line)
        if members and top - bottom > widest:
            yield _band(members)
            members = []
        members += line
        bottom = max(word.box.bottom for word in members)
    yield _band(members)


def _band(words: Sequence[Word]) -> _Band:
    return _Band(min(w.box.top for w in words), max(w.box.bottom for w in words), tuple(words))


def _white_within_cells(lines: Sequence[Sequence[Word]]) -> float:
    """Find how much white there is at most between two lines of one cell: the least that is usual."""
    em = median(word.box.height for line in lines for word in line)
    gaps: Counter[float] = Counter()
    for above, below in pairwise(lines):
        gap = min(word.box.top for word in below) - max(word.box.bottom for word in above)
        if 0 < gap <= _WIDEST_LINE_GAP_EMS * em:
            gaps[round(gap * 2) / 2] += 1
    often = max(gaps.values(), default=0) * _USUAL_SHARE
    usual = min((gap for gap, count in gaps.items() if count >= often), default=0.0)
    return usual + _ROW_GAP_EMS * em


def _own_pages(
    halves: Sequence[Half], body: Sequence[Sequence[_Band]], head: Sequence[Word]
) -> tuple[list[float], int] | None:
    """
    Find the columns of a table, and over how many pages it goes.

    What comes behind a table waits with it where it has no rules either: a title page, a list of
    contents, running text. That ends the table, and so does a page with which it has no columns.
    """
    moved = [[_moved(band, -half.offset) for band in bands] for half, bands in zip(halves, body, strict=True)]
    first = _columns(moved[0], head)
    behind = zip(moved[1:], halves[1:], strict=True)
    goes_on = takewhile(lambda pair: not _is_foreign(pair[0], first, pair[1].page.height), behind)
    own = [moved[0], *(bands for bands, _ in goes_on)]
    while own:
        columns = _columns([band for bands in own for band in bands], head)
        if len(columns) >= _FEWEST_HEAD_WORDS:
            return columns, len(own)
        own.pop()
    return None


def _is_foreign(bands: Sequence[_Band], xs: Sequence[float], height: float) -> bool:
    """Say whether a page does not go on with a table: it keeps to no columns, or is that of a title."""
    if _runs_across(bands, xs):
        return True
    in_columns = [{bisect(xs, word.box.x0) for word in band.words} for band in bands]
    return bool(bands) and bands[0].top > _TITLE_PAGE_SHARE * height and max(map(len, in_columns)) == 1


def _runs_across(bands: Sequence[_Band], xs: Sequence[float]) -> bool:
    """Say whether most of the print on a page goes over the edges of several columns at a time."""
    words = [word for band in bands for word in band.words]
    across = [word for word in words if sum(word.box.x0 + 2 < x < word.box.x1 - 2 for x in xs) > 1]
    return 2 * sum(map(_width, across)) > sum(map(_width, words))


def _width(word: Word) -> float:
    return word.box.x1 - word.box.x0


def _columns(bands: Sequence[_Band], head: Sequence[Word]) -> list[float]:
    """Find the edges of the columns: the middles of the white stretches between them."""
    words = [word for band in bands for word in band.words]
    right = int(max(word.box.x1 for word in words)) + 1
    covered = [0] * (right + 1)
    for word in words:
        for x in range(int(word.box.x0), int(_ink_end(word)) + 1):
            covered[x] += 1
    for word in head:
        for x in range(int(word.box.x0), int(word.box.x1) + 1):
            covered[x] += len(words)
    limit = max(1, int(_CROSSING_SHARE * len(words) / max(len(head), 1)))
    inked = [x for x, count in enumerate(covered) if count > limit]
    gutters = [
        (left + right_edge) / 2
        for left, right_edge in pairwise(inked)
        if right_edge - left > _NARROWEST_GUTTER_POINTS
    ]
    return [inked[0] - 2.0, *gutters, inked[-1] + 3.0]


def _ink_end(word: Word) -> float:
    """Find where a word ends in ink: a full-width mark, which may hang over its column, is half white."""
    return word.box.x1 - (word.box.height / 2 if word.text.endswith(_MARKS) else 0.0)


def _rows(bands: Sequence[_Band], xs: Sequence[float]) -> tuple[list[_Band], list[_Band]]:
    """Part the table's rows from what is printed below it, which keeps to no columns."""
    for index, band in enumerate(bands):
        crossing = [word for word in band.words if any(word.box.x0 + 2 < x < word.box.x1 - 2 for x in xs)]
        if 2 * len(crossing) > len(band.words):
            return list(bands[:index]), list(bands[index:])
    return list(bands), []


def _lines(bands: Sequence[_Band], page: Page) -> tuple[Passage, ...]:
    return read_lines((word for band in bands for word in band.words), page.number)


def _table(
    page: Page,
    xs: Sequence[float],
    rows: Sequence[_Band],
    around: tuple[tuple[Passage, ...], tuple[Passage, ...]],
) -> DrawnTable:
    between = [(above.bottom + below.top) / 2 for above, below in pairwise(rows)]
    ys = (rows[0].top - 2.0, *between, rows[-1].bottom + 2.0)
    regions = tuple(Region(row, column, 1, 1) for row in range(len(rows)) for column in range(len(xs) - 1))
    lattice = Lattice(tuple(xs), ys, regions)
    filling = fill(lattice, [word for row in rows for word in row.words])
    cells = []
    for region, words in filling.words.items():
        part = outline_on(page.number, lattice.outline(region))
        cells.append(DrawnCell(region, read_lines(words, page.number), part))
    return DrawnTable(page.number, page.height, lattice, tuple(cells), *around)

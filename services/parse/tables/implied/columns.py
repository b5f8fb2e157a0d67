"""Columns of indicator rows: a stretch of print for each head, white between them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from services.parse.tables.implied.header import Head
from shared.contracts.pages import Word

_NARROWEST_WHITE_POINTS = 0.9
_MARKS = ("，", "。", "、", "；", "：", "！", "？", "）", "》", "】", "”", "’")


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its edges; a label beside the rows has no head."""

    head: Head | None
    x0: float
    x1: float

    def holds(self, word: Word) -> bool:
        return self.x0 <= word.box.centre <= self.x1


@dataclass(slots=True)
class _Run:
    """Print without white in it: where it is, its words, and the heads among it."""

    x0: float
    x1: float
    words: list[Word] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)

    def takes(self, other: "_Run") -> None:
        self.x0, self.x1 = min(self.x0, other.x0), max(self.x1, other.x1)
        self.words += other.words
        self.heads += other.heads


def find_columns(heads: Sequence[Head], pages: Sequence[Sequence[Word]]) -> list[Column] | None:
    """
    Give each head its column; None where print runs together or nobody can tell whose it is.

    What stands left of all heads is the label beside the rows.
    """
    runs = _runs(heads, [word for words in pages for word in words])
    if any(len(run.heads) > 1 for run in runs):
        return None
    whole = _merged(runs, pages)
    if whole is None:
        return None
    edges = [whole[0].x0 - 2.0, *[(a.x1 + b.x0) / 2 for a, b in pairwise(whole)], whole[-1].x1 + 2.0]
    return [
        Column(run.heads[0] if run.heads else None, left, right)
        for run, left, right in zip(whole, edges, edges[1:], strict=False)
    ]


def _runs(heads: Sequence[Head], words: Iterable[Word]) -> list[_Run]:
    pieces = [_Run(head.block.x0, head.block.x1, [], [head]) for head in heads]
    pieces += [_Run(word.box.x0, ink_end(word), [word]) for word in words]
    runs: list[_Run] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        if runs and piece.x0 - runs[-1].x1 < _NARROWEST_WHITE_POINTS:
            runs[-1].takes(piece)
        else:
            runs.append(piece)
    return runs


def ink_end(word: Word) -> float:
    """Find where a word ends in ink: a full-width mark, which may hang over its column, is half white."""
    return word.box.x1 - (word.box.height / 2 if word.text.endswith(_MARKS) else 0.0)


def _merged(runs: Sequence[_Run], pages: Sequence[Sequence[Word]]) -> list[_Run] | None:
    """Give print without a head to the head beside it, if only one of the two can be meant."""
    first = next(index for index, run in enumerate(runs) if run.heads)
    label, headed = list(runs[:first]), [run for run in runs if run.heads]
    if label and not headed[0].words:
        headed[0].takes(label.pop())
    for loose in (run for run in runs[first:] if not run.heads):
        owner = _owner(loose, headed, pages)
        if owner is None:
            return None
        owner.takes(loose)
    for run in label[1:]:
        label[0].takes(run)
    return [*label[:1], *headed]


def _owner(loose: _Run, headed: Sequence[_Run], pages: Sequence[Sequence[Word]]) -> _Run | None:
    """Find the head that print is of: one with nothing else below it, else the only one that can be."""
    before = [run for run in headed if run.x1 <= loose.x0][-1:]
    after = [run for run in headed if run.x0 >= loose.x1][:1]
    blank = [run for run in (*before, *after) if not run.words]
    owners = blank or [run for run in (*before, *after) if not _conflict(loose, run, pages)]
    return owners[0] if len(owners) == 1 else None


def _conflict(one: _Run, other: _Run, pages: Sequence[Sequence[Word]]) -> bool:
    """Two texts side by side at one height are of two columns."""
    mine, theirs = {id(word) for word in one.words}, {id(word) for word in other.words}
    for words in pages:
        left = [word for word in words if id(word) in mine]
        right = [word for word in words if id(word) in theirs]
        if any(abs(a.box.middle - b.box.middle) < 0.3 * a.box.height for a in left for b in right):
            return True
    return False

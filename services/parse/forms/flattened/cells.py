"""The goal and the indicators of a project, when their lines stand one below the other."""

from collections.abc import Sequence
from itertools import accumulate

from services.parse.forms.blanks import without_stray_blanks
from services.parse.forms.serialised.grammar import is_serialised
from services.parse.forms.serialised.words import HEAD, MARKER, SEPARATORS
from services.parse.passage import Passage, join_lines

_SIGNS_ALONE = "。；;，,、 "


def split_cells(lines: Sequence[Passage]) -> tuple[Passage, Passage]:
    """
    Part the lines of a project into its goal and its indicators.

    The indicators begin at the first line that opens with an indicator's number and level. Text
    layers sometimes keep the two cells the other way round: then the goal begins in the line
    after the last value. Indicators that begin amid a line have run into the goal: the whole is
    left to their grammar, which doubts it.
    """
    squeezed = [line for line in map(_squeezed, lines) if line]
    whole = join_lines(squeezed)
    starts = _starts(squeezed)
    heads = [match for match in HEAD.finditer(whole.text) if MARKER.search(whole.text, match.end())]
    head = next((match for match in heads if match.start() in starts), None)
    if head is None:
        return (Passage(), whole) if is_serialised(whole.text) else (whole, Passage())
    if head.start() > 0:
        return whole[: head.start()].strip(), whole[head.start() :]
    end = _end_of_indicators(whole.text, starts)
    return _goal_below(squeezed, starts, end), whole[:end]


def _squeezed(line: Passage) -> Passage:
    return without_stray_blanks(line).strip()


def _starts(lines: Sequence[Passage]) -> list[int]:
    """Say at which character of the joined lines each of them begins."""
    joined = accumulate(lines, lambda before, line: join_lines((before, line)))
    return [len(before) - len(line) for before, line in zip(joined, lines, strict=True)]


def _end_of_indicators(text: str, starts: Sequence[int]) -> int:
    """Find the line after the last value: it equals the one before it, or a full stop ends it."""
    markers = list(MARKER.finditer(text))
    begin = markers[-1].end()
    value = text[begin:].strip(_SIGNS_ALONE + SEPARATORS)
    before = text[markers[-2].end() : markers[-1].start()] if len(markers) > 1 else ""
    expected = before.strip(_SIGNS_ALONE + SEPARATORS)
    if value == expected:
        return len(text)
    below = [start for start in starts if start > begin]
    ends = [start for start in below if text[begin:start].strip(_SIGNS_ALONE + SEPARATORS) == expected]
    ends += [start for start in below if text[start - 1] == "。"]
    return next((end for end in ends if text[end:].strip(_SIGNS_ALONE)), len(text))


def _goal_below(lines: Sequence[Passage], starts: Sequence[int], end: int) -> Passage:
    """Join the lines of a goal; a full stop alone in its line is the last value's."""
    own = [
        line for line, start in zip(lines, starts, strict=True) if start >= end and line.strip(_SIGNS_ALONE)
    ]
    return join_lines(own)

"""Where each indicator begins and ends in a cell that holds all of them."""

import re
from dataclasses import dataclass

from services.parse.forms.serialised.words import (
    CUT_HEAD,
    HEAD,
    LEVEL2,
    MARKER,
    TERMINATORS,
    begins_level_word,
)
from services.parse.passage import Passage


@dataclass(frozen=True, slots=True)
class Item:
    """One indicator, still in one piece: ``levels`` under the record's names, ``body`` what follows them."""

    place: Passage
    number: Passage
    levels: dict[str, Passage]
    body: Passage
    is_last: bool
    is_open: bool
    """Whether the cell ends in it without the sign that ends its other indicators: it may be cut off."""


@dataclass(frozen=True, slots=True)
class Items:
    """The indicators of a cell, and what stands before the first and of one begun at its end."""

    before: Passage
    items: tuple[Item, ...]
    after: Passage


def cut_into_items(cell: Passage) -> Items:
    """Find the indicators of a cell by their heads; what belongs to none is kept apart."""
    end = _end_of_items(cell)
    heads = _whole_heads(list(HEAD.finditer(cell.text, 0, end)), cell.text)
    starts = _starts(heads, cell.text)
    ends = [*starts, end][1:]
    closers = {cell.text[start - 1] for start in starts[1:]}.intersection(TERMINATORS) or {"。"}
    is_open = end == len(cell) and cell.text[-1:] not in closers
    items = tuple(
        _item(cell, head, start=start, end=stop, is_last=stop == end, is_open=is_open and stop == end)
        for head, start, stop in zip(heads, starts, ends, strict=True)
    )
    return Items(before=cell[: starts[0] if starts else end], items=items, after=cell[end:])


def _end_of_items(cell: Passage) -> int:
    """Find where an indicator begins of which the cell keeps hardly anything; it follows a value."""
    match = CUT_HEAD.search(cell.text)
    if not match or not begins_level_word(match["word"] or ""):
        return len(cell)
    above = [head.end() for head in HEAD.finditer(cell.text, 0, match.start())]
    has_value = not above or MARKER.search(cell.text, above[-1], match.start())
    return match.start() if has_value else len(cell)


def _whole_heads(heads: list[re.Match[str]], text: str) -> list[re.Match[str]]:
    """
    Leave out a head at the beginning of a cell that may be the rest of one.

    Without a number it is a whole one if a second level stands behind it, or if the cell's others
    have neither numbers nor second levels: 成本指标 alone may have been 14-成本指标. Beside no others
    codes and values of the whole period tell, which are printed with second levels.
    """
    if not heads or heads[0]["number"] or not _are_whole_longer(heads, text):
        return heads
    return heads if _has_level2(heads[0], text) else heads[1:]


def _are_whole_longer(heads: list[re.Match[str]], text: str) -> bool:
    if len(heads) > 1:
        return any(head["number"] or _has_level2(head, text) for head in heads[1:])
    has_second_levels = heads[0]["code"] or any(marker["period"] for marker in MARKER.finditer(text))
    return bool(has_second_levels) and not LEVEL2.match(text, heads[0].end())


def _has_level2(head: re.Match[str], text: str) -> bool:
    second = LEVEL2.match(text, head.end())
    return bool(second and (second["code"] or second["code_unknown"]))


def _starts(heads: list[re.Match[str]], text: str) -> list[int]:
    """Begin each item at its number, of which only the digits count that go on with the numbering."""
    starts: list[int] = []
    expected = 1
    for head in heads:
        number = head["number"] or ""
        glued = head.start() > 0 and text[head.start() - 1] not in TERMINATORS
        if glued and number.endswith(str(expected)):
            number = str(expected)
        starts.append(head.end("number") - len(number) if number else head.start())
        expected = int(number) + 1 if number else expected + 1
    return starts


def _item(cell: Passage, head: re.Match[str], *, start: int, end: int, is_last: bool, is_open: bool) -> Item:
    number = cell[start : head.end("number")] if head["number"] else Passage()
    levels = {
        "level1_code": _first_group(cell, head, "code", "code_unknown"),
        "level1": _first_group(cell, head, "coded", "unknown", "plain"),
    }
    body_start = head.end()
    second = LEVEL2.match(cell.text, head.end(), end)
    if second and _is_level2(second, code=levels["level1_code"].text, text=cell.text, end=end):
        levels["level2_code"] = _first_group(cell, second, "code", "code_unknown")
        levels["level2"] = _first_group(cell, second, "word", "unknown", "plain")
        body_start = second.end()
    return Item(
        place=cell[start:end],
        number=number,
        levels={name: passage for name, passage in levels.items() if passage},
        body=cell[body_start:end],
        is_last=is_last,
        is_open=is_open,
    )


def _is_level2(second: re.Match[str], *, code: str, text: str, end: int) -> bool:
    """Tell a second level from a name that looks like one: only the former has a name behind it."""
    if second["code"]:
        return True
    has_name = not MARKER.match(text, second.end(), end)
    if second["code_unknown"]:
        return bool(code) and second["code_unknown"].startswith(code) and has_name
    return has_name


def _first_group(cell: Passage, match: re.Match[str], *names: str) -> Passage:
    name = next((name for name in names if match[name]), None)
    return cell[match.start(name) : match.end(name)] if name else Passage()

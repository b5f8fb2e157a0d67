"""
Declared rules about marks, applied to what an engine has read in a cell.

Engines know characters; what a mark can be beside its neighbours they do not. Each rule is
about signs of writing only, holds for any document, and leaves what was read in ``read_as``.
No rule touches a letter, a figure outside an amount, or a Chinese character, except where a
code is written (``1-产出``).
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.ocr.recogniser import LineReading

_HAN: Final = "\u3400-\u9fff"
_PAIRS: Final = {"(": ")", "（": "）"}
_STRAIGHT: Final = '"'
_QUOTATION_MARKS: Final = (_STRAIGHT, "“", "”")
_FIGURE_SLIPS: Final = str.maketrans("OoＯlI|", "000111")
_MARK_SLIPS: Final = str.maketrans("，、。．·", ",,...")
_GROUPED: Final = re.compile(r"-?\d{1,3}(,\d{3})*(\.\d{1,6})?")
_AMOUNT_LIKE: Final = re.compile(r"-?[\dOoＯlI|][\dOoＯlI|,.，。．·、 ]*[\dOoＯlI|]")
_POINT_READ_AS_COMMA: Final = re.compile(r"(-?\d{1,3}(?:,\d{3})*),(\d{2})")


@dataclass(frozen=True, slots=True)
class Repair:
    """One line after the rules, and before; ``is_doubtful`` where its content may have changed."""

    reading: LineReading
    read_as: str | None = None
    is_doubtful: bool = False


def repair_cell(readings: Sequence[LineReading]) -> list[Repair]:
    """Apply every rule to the lines of one cell."""
    before = [reading.text for reading in readings]
    if len(before) == 1 and (amount := repair_amount(before[0])) != before[0]:
        return [_repaired(readings[0], amount, is_doubtful=True)]
    texts = list(before)
    for rule in LINE_RULES:
        texts = [rule(text) for text in texts]
    texts = stop_at_line_end(texts)
    texts = pair_quotation_marks(pair_brackets(texts))
    return [
        _repaired(reading, text, is_doubtful=False) for reading, text in zip(readings, texts, strict=True)
    ]


def _repaired(reading: LineReading, text: str, *, is_doubtful: bool) -> Repair:
    if text == reading.text:
        return Repair(reading)
    return Repair(replace(reading, text=text), reading.text, is_doubtful)


def repair_amount(text: str) -> str:
    """
    Read a cell of money: figures with a point and thousands parted by commas, and nothing else.

    A mark of another shape between figures is one of the two; letters that look like figures
    are figures; where the last comma has two figures behind it, it is the point.
    """
    if not _AMOUNT_LIKE.fullmatch(text) or not any(character.isdigit() for character in text):
        return text
    if not any(mark in text for mark in ",.，。．·、"):
        return text
    figures = text.translate(_FIGURE_SLIPS).translate(_MARK_SLIPS)
    if pointless := _POINT_READ_AS_COMMA.fullmatch(figures):
        figures = ".".join(pointless.groups())
    return figures if len(figures) == len(text) and _GROUPED.fullmatch(figures.replace(" ", "")) else text


def dash_in_code(text: str) -> str:
    """``1一产出`` is a code and its name: between a figure and a level a dash stands, not a one."""
    return re.sub(r"(?<=\d)[一—－–](?=(?:产出|效益|满意|成本)(?:指标)?)", "-", text)


def comma_between_words(text: str) -> str:
    """A point between two Chinese characters is a comma whose tail was lost."""
    return re.sub(rf"(?<=[{_HAN}])[.．](?=[{_HAN}])", "，", text)


def stop_at_line_end(texts: Sequence[str]) -> list[str]:
    """A point behind a Chinese character is a full stop where the cell ends, a comma where a line does."""
    ends = [_stop(text, "，") for text in texts[:-1]]
    return [*ends, *(_stop(text, "。") for text in texts[-1:])]


def _stop(text: str, mark: str) -> str:
    return re.sub(rf"(?<=[{_HAN}])[.．]$", mark, text)


def pair_brackets(texts: Sequence[str]) -> list[str]:
    """A closing bracket is as wide as the one it closes, also lines below."""
    characters = [list(text) for text in texts]
    opened: list[str] = []
    for line in characters:
        for position, character in enumerate(line):
            if character in _PAIRS:
                opened.append(character)
            elif character in _PAIRS.values() and opened:
                line[position] = _PAIRS[opened.pop()]
    return ["".join(line) for line in characters]


def pair_quotation_marks(texts: Sequence[str]) -> list[str]:
    """
    Both marks of a quotation are of one kind: where one is straight, so is the other, also lines below.

    Engines take straight marks for curly ones, hardly ever the reverse. Where the marks of a cell
    are not all paired nothing is done.
    """
    characters = [list(text) for text in texts]
    marks = [(line, at) for line in characters for at, each in enumerate(line) if each in _QUOTATION_MARKS]
    for pair in zip(marks[::2], marks[1::2], strict=True) if len(marks) % 2 == 0 else ():
        if any(line[at] == _STRAIGHT for line, at in pair):
            for line, at in pair:
                line[at] = _STRAIGHT
    return ["".join(line) for line in characters]


LINE_RULES: Final[tuple[Callable[[str], str], ...]] = (dash_in_code, comma_between_words)

"""What stands in a value without being the value: explanations in brackets, labels, years, ordinals."""

import re
from typing import Final

from shared.values.units import is_known_unit, is_power

OPAQUE: Final = "\0"
"""Stands for a character that belongs to no number, operator or unit."""

_BRACKETS: Final = re.compile(r"\(([^()]*)\)")
_UNCLOSED: Final = re.compile(r"\([^()]*$")
_LABEL: Final = re.compile(r"(?:^|(?<=[;。,、\n]))\s*\(?([0-9]{1,2})(?:[、:)]\s*|\.\s*(?![0-9\s]))")
_CIRCLED: Final = re.compile("[①-⑳]")
_CHOICE: Final = re.compile(r"或者?(?=\s*(?:达到|不[低少高超]|[≥≤<>=0-9]))")
_NO_VALUE: Final = re.compile(
    r"(?<![0-9.])(?:19|20)[0-9]{2}(?:\s*[-~/至]\s*(?:19|20)[0-9]{2})?\s*年度?(?!以|内|及|$)"
    r"|第\s*[0-9]+|前\s*[0-9]+\s*(?=个?(?:季度|月))"
    r"|[0-9]+\s*[*:]\s*[0-9]+|[0-9]+\s*(?=\*)|(?<=\*)\s*[0-9.]+%?"
    r"|[A-Za-z]+[0-9]*[+-][0-9.]+"
)


def offers_choice(folded: str) -> bool:
    """Say whether a value has alternatives (``100%，或者达到95%以上且…``): none of them is promised."""
    return _CHOICE.search(folded) is not None


def hide_explanations(folded: str) -> str:
    """
    Blank out what explains a value, character for character.

    A unit in brackets stays (``13459.00(平方米)``), an explanation or formula goes
    (``98%(修复次数/报修次数*100%)``), also one whose bracket is never closed. Years, ordinals,
    ratios such as 1:20 and the factors of a formula become opaque.
    """
    if "(" in folded:
        folded = _hide_brackets(folded)
    if ":" in folded or "、" in folded or "." in folded or ")" in folded:
        folded = _hide_labels(folded)
    folded = _CIRCLED.sub(" ", folded)
    return _NO_VALUE.sub(_opaque, folded)


def _hide_brackets(folded: str) -> str:
    if folded.startswith("(") and folded.find(")") == len(folded) - 1:
        return f" {folded[1:-1]} "
    previous = ""
    while previous != folded:
        previous, folded = folded, _BRACKETS.sub(_hide_unless_unit, folded)
    return _UNCLOSED.sub(_blank, folded)


def _hide_unless_unit(found: re.Match[str]) -> str:
    inside = found[1].replace("\1", "（").replace("\2", "）")  # 台（套）, a unit with brackets of its own
    if is_known_unit(inside) or is_power(inside):
        return f"\1{inside}\2"
    return _blank(found)


def _hide_labels(folded: str) -> str:
    """Hide ``1、`` and ``2:`` before values: beyond doubt before words, or where they count 1, 2, 3."""
    labels = list(_LABEL.finditer(folded))
    counting = len(labels) > 1 and [int(label[1]) for label in labels] == list(range(1, len(labels) + 1))
    for label in labels:
        if counting or not folded[label.end() : label.end() + 1].isdecimal():
            folded = folded[: label.start()] + _blank(label) + folded[label.end() :]
    return folded


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _opaque(found: re.Match[str]) -> str:
    return OPAQUE * len(found[0])

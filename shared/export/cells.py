"""Texts as cells of a spreadsheet, in which nothing is calculated."""

import re
from typing import Final

_FORMULA: Final = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?%?")


def safe_cell(text: str) -> str:
    """
    Keep a spreadsheet from calculating what a document says: such a text gets an apostrophe.

    Numbers are left alone, so that negative amounts stay numbers.
    """
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text

"""Cuts the code off a project name that a form prints in the same cell."""

import re

from services.parse.passage import Passage

_CODE_AND_NAME = re.compile(
    r"[\[【]?\s*(?P<code>\d(?:[0-9A-Za-z\s]{10,30})[0-9A-Za-z])\s*[\]】]?\s*[-—－–_]?\s*(?P<name>\D.*)",
    re.DOTALL,
)
_SHORT_CODE_AND_NAME = re.compile(r"(?P<code>\d{6,11})\s*[-—－–_]\s*(?P<name>[\u4e00-\u9fff].*)", re.DOTALL)


def split_code(cell: Passage) -> tuple[Passage, Passage]:
    """
    Give code and name; the code is empty where the cell holds only a name.

    Codes of the budget system have a dozen characters or more, and line wraps run through
    them; a shorter one is set off by a dash. A year or a number that begins a name is shorter still.
    """
    match = _CODE_AND_NAME.fullmatch(cell.text) or _SHORT_CODE_AND_NAME.fullmatch(cell.text)
    if match is None:
        return Passage(), cell
    return _slice(cell, match, "code"), _slice(cell, match, "name")


def _slice(cell: Passage, match: re.Match[str], group: str) -> Passage:
    return cell[match.start(group) : match.end(group)].strip()

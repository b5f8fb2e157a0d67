"""Cuts a project's term (2026-01-01 至 2026-12-31) into its start and its end."""

import re
from typing import Final

from services.parse.passage import Passage

_DATE: Final = (
    r"20\d\d\s*(?:年\s*(?:度|(?:1[0-2]|0?[1-9])\s*月\s*(?:(?:3[01]|[12]\d|0?[1-9])\s*[日号])?(?:[初底末])?)?"
    r"|[-./](?:1[0-2]|0?[1-9])(?:[-./](?:3[01]|[12]\d|0?[1-9]))?)?"
)
_TERM: Final = re.compile(
    rf"\s*[自从]?\s*(?P<start>{_DATE})\s*(?:[-—–－~～至到]|——|--)+\s*(?P<end>{_DATE})\s*止?\s*(?:[(（].*[)）])?\s*"
)


def split_term(term: Passage) -> dict[str, Passage]:
    """Give start and end; nothing of a term that names a length (3年) or only one of them."""
    match = _TERM.fullmatch(term.text)
    if match is None:
        return {}
    return {name: term[match.start(name) : match.end(name)].strip() for name in ("start", "end")}

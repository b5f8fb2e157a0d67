"""Offices as they are printed, with a code before the name or without: ``320_省审计厅``, ``[292]信访局``."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

# Digits that touch the name belong to it (301医院, 12345热线); only a mark or many digits set a code apart.
_CODED: Final = re.compile(
    r"\s*(?:"
    r"[\[［【〔(（]\s*(?P<bracketed>[0-9]{2,15})\s*[\]］】〕)）]\s*[_＿\-－—–]?"
    r"|(?P<marked>[0-9]{2,15})\s*[_＿\-－—–]"
    r"|(?P<long>[0-9]{6,15})\s+"
    r")\s*(?P<name>.*[^\W\d_].*)",
    re.DOTALL,
)


class Office(NamedTuple):
    """The name of an office, and the code that is printed before it."""

    name: str
    code: str | None


@lru_cache(maxsize=16_384)
def read_office(printed: str) -> Office:
    """Take code and name apart."""
    found = _CODED.fullmatch(printed)
    if not found:
        return Office(printed, None)
    return Office(found["name"].strip(), found["bracketed"] or found["marked"] or found["long"])

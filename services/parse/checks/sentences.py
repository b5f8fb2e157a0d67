"""Whether a text begins and ends as sentences do."""

from typing import Final

_ENDS: Final = "。！？!?.；;…"
_CLOSING: Final = "”’\"')）】》」"
_GOES_ON: Final = "，,、：:（(“‘《【「-—"
_NEVER_FIRST: Final = "，,、。；;：:！？）)”’》】」"


def ends_sentence(text: str) -> bool:
    """Say whether a text ends with a mark, perhaps inside a closing bracket or quotation mark."""
    return text.rstrip(_CLOSING)[-1:] in tuple(_ENDS) or text[-1:] in tuple(_CLOSING)


def ends_clause(text: str) -> bool:
    """Say whether a text ends with a semicolon, after which more may follow or not."""
    return text[-1:] in (";", "；")


def breaks_off(text: str) -> bool:
    """Say whether a text ends with a mark after which more must follow."""
    return text[-1:] in tuple(_GOES_ON)


def begins_amid(text: str) -> bool:
    """Say whether a text begins with a mark that no line of Chinese can begin with."""
    return text[:1] in tuple(_NEVER_FIRST)

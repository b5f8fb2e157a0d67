"""Whether the text layer of a page can be believed to be what is seen on it."""

import re
from collections.abc import Sequence
from typing import Final

import pypdfium2 as pdfium

from services.ingest.hidden_text import hidden_characters

_FEW_CHARACTERS: Final = 8  # what a scanner or a stamp adds to a picture: a page number
_STRANGE_SHARE: Final = 0.3
_FAMILIAR: Final = re.compile(
    "[ -~\u00b0-\u00b7\u00d7\u2000-\u206f\u2100-\u27bf\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]"
)
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_JUDGED_HAN: Final = 40
_COMMON_HAN_SHARE: Final = 0.6  # of real text nine in ten characters are among the 3755 commonest
_HIDDEN_SHARE: Final = 0.5  # over a picture: what is seen besides is a page number or a stamp
_HIDDEN_SHARE_OF_PRINT: Final = 0.1  # of a page that is printed otherwise: no record may say what is not seen


def distrusts(page: pdfium.PdfPage, *, is_picture: bool) -> str | None:
    """
    Say why the text of a page is not believed, None where it is; ``no_text`` where there is none.

    A text layer is hidden where much of it cannot be seen: it is what some other engine has read,
    or what somebody put there. It is garbled where its characters are of no
    alphabet that an office prints, or Chinese ones that no text consists of.
    """
    characters = text_inside(page)
    if len(characters) <= _FEW_CHARACTERS:
        return "no_text"
    if is_garbled(characters):
        return "garbled_text"
    least = (_HIDDEN_SHARE if is_picture else _HIDDEN_SHARE_OF_PRINT) * len(characters)
    hidden = hidden_characters(page, is_picture=is_picture)
    return "hidden_text_layer" if hidden > max(_FEW_CHARACTERS, least) else None


def text_inside(page: pdfium.PdfPage) -> str:
    """Give the characters that lie on the page, without blanks; what lies beside it nobody sees."""
    left, bottom, right, top = page.get_cropbox()
    text = page.get_textpage().get_text_bounded(left=left, bottom=bottom, right=right, top=top)
    return "".join(text.split())


def is_garbled(characters: str) -> bool:
    """Say whether text is not what is seen: fonts that do not say which characters they draw."""
    strange = len(characters) - len(_FAMILIAR.findall(characters))
    if strange > _STRANGE_SHARE * len(characters):
        return True
    han = _HAN.findall(characters)
    return len(han) >= _JUDGED_HAN and _common(han) < _COMMON_HAN_SHARE * len(han)


def _common(han: Sequence[str]) -> int:
    """Count the characters of the first level of GB 2312."""
    return sum(
        len(code) == 2 and 0xB0 <= code[0] <= 0xD7
        for code in (character.encode("gb2312", errors="ignore") for character in han)
    )

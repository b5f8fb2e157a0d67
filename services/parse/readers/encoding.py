"""The characters of a plain text file, whatever encoding an office saved it in."""

import codecs
import unicodedata
from typing import Final

from shared.contracts.errors import EmptyFile, UnknownEncoding

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LAYOUT_CONTROLS: Final = frozenset("\t\n\r\f\v\x1a")
_LEAST_COMMON_SHARE: Final = 0.9  # of the characters of a text that was decoded by guess
_MOST_CONTROLS: Final = 0.01
_JUDGED_CHARACTERS: Final = 20_000


def decode_text(content: bytes) -> str:
    """
    Decode UTF-8, GB18030 or UTF-16, with or without a byte order mark, judging by content only.

    A last character cut in two (an interrupted download) is left out.
    """
    text = _decode_marked(content) or _decode_guessed(content)
    if text is None:
        raise UnknownEncoding()
    text = text.replace("\ufeff", "")
    if not text.strip():
        raise EmptyFile()
    return text


def _decode_marked(content: bytes) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            text = _decode(content[len(mark) :], encoding)
            return text if text is not None and _is_text(text) else None
    return None


def _decode_guessed(content: bytes) -> str | None:
    text = _decode(content, "utf-8")
    if text is not None and _is_text(text):
        return text
    for encoding in ("utf-16-le", "utf-16-be", "gb18030"):
        text = _decode(content, encoding)
        if text and _is_text(text) and _is_chinese(text):
            return text
    return None


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(content, final=False)
    except UnicodeDecodeError:
        return None


def _is_text(text: str) -> bool:
    """Tell text from binary data; a PDF's text may have a control character in place of a hyphen."""
    judged = text[:_JUDGED_CHARACTERS]
    controls = sum(character < " " and character not in _LAYOUT_CONTROLS for character in judged)
    return "\0" not in judged and controls <= _MOST_CONTROLS * len(judged)


def _is_chinese(text: str) -> bool:
    """Tell text from bytes that merely happen to decode: those give rare characters."""
    judged = text[:_JUDGED_CHARACTERS]
    return sum(map(_is_common, judged)) >= _LEAST_COMMON_SHARE * len(judged)


def _is_common(character: str) -> bool:
    if character.isascii() or unicodedata.category(character)[0] in "PSZ":
        return True
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True

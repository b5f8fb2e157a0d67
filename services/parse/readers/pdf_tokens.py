"""The operators of a PDF content stream and their operands."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Generic, TypeVar

from pdfminer.psparser import LIT, PSLiteral

_NUMBER_PATTERN = rb"""[+-]?(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?![^\x00\t\n\f\r ()<>\[\]{}/%'"A-Za-z])"""

# One alternative for each kind of token, the most frequent first; ``lastindex`` says which.
# Possessive quantifiers (``++``) keep hostile streams from making it look back and forth.
_TOKEN = re.compile(
    rb"""[\x00\t\n\f\r ]*+(?:
      (%b)
    | ([A-Za-z'"][^\x00\t\n\f\r ()<>\[\]{}/%%]*+)
    | <([0-9A-Fa-f\x00\t\n\f\r ]*+)>
    | \(((?:[^()\\]++|\\.)*+)\)
    | (\[|<<)
    | (\]|>>)
    | /([^\x00\t\n\f\r ()<>\[\]{}/%%]*+)
    | (\()
    | (%%[^\r\n]*+|[{}<>)]|[^\x00\t\n\f\r ()<>\[\]{}/%%]++)
    )"""
    % _NUMBER_PATTERN,
    re.VERBOSE | re.DOTALL,
)
_NUMBER, _KEYWORD, _HEX, _STRING, _OPEN, _CLOSE, _NAME, _NESTED, _NOTHING = range(1, 10)

# A whole operation of numbers, strings, names and arrays: its text, the numbers it begins with, a
# string behind them, what else there is before its operator, and that. Nearly all operations are such.
_SIMPLE = re.compile(
    rb"""[\x00\t\n\f\r ]*+(
      ((?:%b[\t\n\f\r ]*+)*+)
      (?:\(((?:[^()\\]++|\\.)*+)\)[\x00\t\n\f\r ]*+)?+
      ((?:(?:
          %b
        | <[0-9A-Fa-f\x00\t\n\f\r ]*+>
        | \((?:[^()\\]++|\\.)*+\)
        | /[^\x00\t\n\f\r ()<>\[\]{}/%%]*+
        | [\[\]]
        )[\x00\t\n\f\r ]*+)*+)
      (?!(?:ID|true|false|null)(?:[\x00\t\n\f\r ()<>\[\]{}/%%]|$))
      ([A-Za-z'"][^\x00\t\n\f\r ()<>\[\]{}/%%]*+)
    )"""
    % (_NUMBER_PATTERN, _NUMBER_PATTERN),
    re.VERBOSE | re.DOTALL,
)

_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b""}
_PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_IMAGE_END = re.compile(rb"[\x00\t\n\f\r ]EI(?=[\x00\t\n\f\r ]|$)")
_WORDS: dict[bytes, object] = {b"true": True, b"false": False, b"null": None}
_MOST_OPERANDS = 20_000
_MOST_KNOWN = 10_000

Operation = tuple[bytes, list[Any]]
_Step = TypeVar("_Step")


class OperationReader(Generic[_Step]):
    """
    Reads content streams operator by operator; what makes no sense is passed over.

    pdfminer reads streams byte by byte in Python, which takes most of its time on a page of
    text. Programs print the same few operations over and over, on one page and on the next: each is
    understood once, and what ``prepare`` makes of it given again as the same object. An inline image
    is given as its operator ``BI``, without its data.
    """

    def __init__(self, prepare: Callable[[bytes, list[Any]], _Step]) -> None:
        self._prepare = prepare
        self._known: dict[bytes, _Step] = {}

    def read(self, stream: bytes) -> Iterator[_Step]:
        known, place = self._known, 0
        while place < len(stream):
            if simple := _SIMPLE.match(stream, place):
                place = simple.end()
                yield known.get(simple[1]) or self._understand(simple)
            else:
                operation, place = _read_operation(stream, place)
                if operation:
                    yield self._prepare(*operation)

    def _understand(self, simple: re.Match[bytes]) -> _Step:
        text, numbers, string, others, word = simple.groups()
        operands: list[Any] = list(map(float, numbers.split()))
        if string is not None:
            operands.append(_literal(string))
        step = self._prepare(*((others and _read_operation(text, 0)[0]) or (word, operands)))
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[text] = step
        return step


def _read_operation(stream: bytes, place: int) -> tuple[Operation | None, int]:
    """Read the operation that begins here token by token, and say where it ends."""
    operands: list[Any] = []
    outer: list[list[Any]] = []
    while token := _TOKEN.match(stream, place):
        kind, place = token.lastindex or _NOTHING, token.end()
        if kind == _KEYWORD and token[kind] not in _WORDS:
            word = token[kind]
            if word == b"ID":
                word, place = b"BI", _after_image(stream, place)
            return (word, outer[0] if outer else operands), place
        if kind == _OPEN:
            outer.append(operands)
            operands = []
        elif kind == _CLOSE:
            operands = _closed(operands, outer, is_array=token[kind] == b"]")
        elif kind == _NESTED:
            text, place = _nested_string(stream, place)
            operands.append(text)
        elif kind < _NESTED and len(operands) < _MOST_OPERANDS:
            operands.append(_READ[kind](token[kind]))
    return None, len(stream)


def _hexadecimal(text: bytes) -> bytes:
    digits = text if text.isalnum() else bytes(code for code in text if code > 32)
    return bytes.fromhex((digits + b"0" if len(digits) % 2 else digits).decode("ascii"))


def _literal(text: bytes) -> bytes:
    return unescape(text) if b"\\" in text else text


def _name(text: bytes) -> PSLiteral:
    name = _HEX_IN_NAME.sub(lambda found: bytes([int(found[1], 16)]), text)
    return LIT(name.decode("utf-8", "surrogateescape"))


def _closed(inner: list[Any], outer: list[list[Any]], *, is_array: bool) -> list[Any]:
    if not outer:
        return inner
    operands = outer.pop()
    if is_array:
        operands.append(inner)
    else:
        names = [getattr(name, "name", None) for name in inner[::2]]
        operands.append(dict(zip(names, inner[1::2], strict=False)))
    return operands


def unescape(text: bytes) -> bytes:
    """Undo the backslashes of a literal string."""
    parts = _ESCAPE.split(text)
    parts[1::2] = map(_unescaped, parts[1::2])
    return b"".join(parts)


@cache
def _unescaped(mark: bytes) -> bytes:
    if mark[0] in b"01234567":
        return bytes([int(mark, 8) & 255])
    return b"" if mark == b"\r\n" else _ESCAPED.get(mark, mark)


def _nested_string(stream: bytes, start: int) -> tuple[bytes, int]:
    """Read a string that holds parentheses, from behind its first one."""
    depth = 1
    for mark in _PARENTHESIS.finditer(stream, start):
        if mark[0] == b"(":
            depth += 1
        elif mark[0] == b")":
            depth -= 1
        if not depth:
            return unescape(stream[start : mark.start()]), mark.end()
    return b"", len(stream)


def _after_image(stream: bytes, start: int) -> int:
    end = _IMAGE_END.search(stream, start)
    return end.end() if end else len(stream)


# By kind of token; a number is read by the quickest way there is.
_READ: dict[int, Callable[[bytes], Any]] = {
    _NUMBER: float,
    _KEYWORD: _WORDS.__getitem__,
    _HEX: _hexadecimal,
    _STRING: _literal,
    _NAME: _name,
}

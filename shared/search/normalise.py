"""
The normal form in which texts and queries are compared, and the way back to what is printed.

Width, case, look-alike signs and blanks are folded away (``signs``). Numbers are fenced,
``≥␂95␃%``, so that one index of characters serves both readings of ``95``: without its fences
it is a run of digits, found in 950 too; with them it is the number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from shared.search.signs import FOLDS, NUMBER_CLOSES, NUMBER_OPENS

# Applied to folded text. Numbers keep their dots (95.5, and section numbers such as 1.2.3) and lose the
# commas between thousands; a full-width comma stands between two numbers and never joins them.
_PIECE: Final = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)*|[0-9]+(?:\.[0-9]+)*)"
    r"|(?P<at_least>> ?=)|(?P<at_most>< ?=)|(?P<comma>,)|(?P<blank> +)"
)
_SHORTENED: Final = {"at_least": "≥", "at_most": "≤", "comma": "，", "blank": ""}
_FENCED_OPERATOR: Final = re.compile(f"[≥≤><=]{NUMBER_OPENS}")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A normal form whose every character knows which printed characters ``[start, end)`` it came from."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def occurrences(self, pattern: str) -> Iterator[tuple[int, int]]:
        """Yield where ``pattern``, itself in normal form, stands in the printed text."""
        at = self.text.find(pattern) if pattern else -1
        while at >= 0:
            last = at + len(pattern) - 1
            yield self.starts[at], max(self.ends[last], self.starts[at])
            at = self.text.find(pattern, at + 1)


def normalise(text: str) -> str:
    """Fold ``text`` for comparing; the result of folding twice is that of folding once, fences apart."""
    return _PIECE.sub(_rewritten, text.translate(FOLDS))


def normalise_with_places(text: str) -> Normalised:
    """Fold ``text`` like ``normalise``, which is quicker, but remember where each character was printed."""
    folded: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        for part in FOLDS[ord(character)]:
            folded.append(part)
            origin.append(place)
    pieces = list(_pieces("".join(folded), origin))
    return Normalised(
        "".join(piece for piece, _, _ in pieces),
        tuple(start for _, start, _ in pieces),
        tuple(end for _, _, end in pieces),
    )


def contained_patterns(word: str, *, closed: bool) -> tuple[str, ...]:
    """
    Say which strings, any of them, a text's normal form must contain to contain ``word``.

    A number at the edge of a bare word is open: ``95`` is found in 950, because people also
    type parts of numbers. ``closed`` (quoted) numbers, and those after an operator, are whole.
    A dot at the edge may be a decimal point or a full stop, hence more than one pattern.
    """
    normal = normalise(word)
    if closed or _FENCED_OPERATOR.search(normal):
        return (normal,) if normal else ()
    beginnings = _open_beginnings(normal)
    patterns = dict.fromkeys(ending for start in beginnings for ending in _open_endings(start))
    return tuple(pattern for pattern in patterns if pattern)


def _rewritten(match: re.Match[str]) -> str:
    if match.lastgroup == "number":
        return f"{NUMBER_OPENS}{match.group().replace(',', '')}{NUMBER_CLOSES}"
    return _SHORTENED[match.lastgroup or ""]


def _pieces(folded: str, origin: list[int]) -> Iterator[tuple[str, int, int]]:
    """Yield each character of the normal form with the printed range that it stands for."""
    done = 0
    for match in _PIECE.finditer(folded):
        yield from _unchanged(folded, origin, range(done, match.start()))
        yield from _piece(match, origin)
        done = match.end()
    yield from _unchanged(folded, origin, range(done, len(folded)))


def _unchanged(folded: str, origin: list[int], places: range) -> Iterator[tuple[str, int, int]]:
    return ((folded[place], origin[place], origin[place] + 1) for place in places)


def _piece(match: re.Match[str], origin: list[int]) -> Iterator[tuple[str, int, int]]:
    first, last = origin[match.start()], origin[match.end() - 1] + 1
    if match.lastgroup != "number":
        yield from ((character, first, last) for character in _SHORTENED[match.lastgroup or ""])
        return
    yield NUMBER_OPENS, first, first
    for place, digit in enumerate(match.group(), start=match.start()):
        if digit != ",":
            yield digit, origin[place], origin[place] + 1
    yield NUMBER_CLOSES, last, last


def _open_beginnings(normal: str) -> tuple[str, ...]:
    if normal.startswith(NUMBER_OPENS):
        return (normal[1:],)
    if normal.startswith("." + NUMBER_OPENS):
        return (normal, "." + normal[2:])
    return (normal,)


def _open_endings(normal: str) -> tuple[str, ...]:
    if normal.endswith(NUMBER_CLOSES):
        return (normal[:-1],)
    if normal.endswith(NUMBER_CLOSES + "."):
        return (normal, normal[:-2] + ".")
    return (normal,)

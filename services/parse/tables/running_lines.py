"""Lines that are printed in the margin of every page: an office's name, a file's title."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from services.parse.forms.titles import is_title
from services.parse.tables.lines import group_into_lines
from shared.contracts.pages import Page, Word

_MARGIN_SHARE = 0.1
_SAME_PLACE_POINTS = 2.0
_FEWEST_PAGES = 2

_Line = tuple[str, int]


def without_running_lines(pages: Sequence[Page]) -> list[Page]:
    """
    Leave out the lines that all pages print at the same height in their margins.

    Ruled tables part them from their rows; without rules they would be read as one. The title of
    a form is printed again above each of them, and stays.
    """
    counts = Counter(line for page in pages for line in {_named(words) for words in _in_margins(page)})
    running = {line for line, count in counts.items() if count == len(pages) >= _FEWEST_PAGES}
    return [_without(page, running) for page in pages] if running else list(pages)


def _in_margins(page: Page) -> list[list[Word]]:
    margin = _MARGIN_SHARE * page.height
    return [
        line
        for line in group_into_lines(page.words)
        if (line[0].box.bottom < margin or line[0].box.top > page.height - margin)
        and not is_title("".join(word.text for word in line))
    ]


def _named(words: Sequence[Word]) -> _Line:
    return "".join(word.text for word in words), round(words[0].box.top / _SAME_PLACE_POINTS)


def _without(page: Page, running: set[_Line]) -> Page:
    words = {id(word) for line in _in_margins(page) if _named(line) in running for word in line}
    return replace(page, words=tuple(word for word in page.words if id(word) not in words))

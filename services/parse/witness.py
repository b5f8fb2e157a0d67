"""Remembers of the pages that stream by what is needed when they are gone."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final

from services.parse.absence import promises_in_prose
from services.parse.empty_remarks import says_empty
from services.parse.forms.titles import is_title
from services.parse.passage import Passage
from services.parse.tables.lines import read_lines
from shared.contracts.pages import Page

_COVER_PAGES: Final = 2
_ENTRY: Final = re.compile(
    r"(?:附?[表件]\s*\d+|[一二三四五六七八九十]+、|\d+[.．、]|[（(][一二三四五六七八九十\d]+[)）]).*表"
)


_BESIDE_A_TITLE: Final = re.compile(
    r"[(（]?\s*20\d\d\s*年?度?\s*[)）]?|.*(?:单位|部门|日期|编号)\s*[:：].*"
    r"|[(（].*元[)）]|[—\-\s\d]+|第\s*\d+\s*页.*"
)


@dataclass(frozen=True, slots=True)
class TitleSeen:
    """
    A line that is the title of a performance table.

    ``is_empty`` where nothing follows on its page but a remark that there is nothing to fill in.
    """

    page: int
    text: str
    is_empty: bool = False


@dataclass(slots=True)
class Witness:
    """``pages`` are without words and rules, so that a long document does not fill the memory."""

    pages: list[Page] = field(default_factory=list)
    cover: list[Passage] = field(default_factory=list)
    prose_pages: list[int] = field(default_factory=list)
    titles: list[TitleSeen] = field(default_factory=list)

    def watch(self, pages: Iterable[Page], recognised: Mapping[int, Page]) -> Iterator[Page]:
        """Let the pages pass that can be read; recognised ones stand in for what is printed."""
        for printed in pages:
            page = recognised.get(printed.number, printed)
            self._remember(page)
            if page.source != "none":
                yield page

    def _remember(self, page: Page) -> None:
        self.pages.append(replace(page, words=(), rules=()))
        if page.number <= _COVER_PAGES:
            self.cover.extend(read_lines(page.words, page.number))
        text = "".join(word.text for word in page.words)
        if promises_in_prose(text):
            self.prose_pages.append(page.number)
        if "绩效" in text:
            lines = [line.text.strip() for line in read_lines(page.words, page.number)]
            self.titles.extend(_titles(page.number, lines))


def _titles(page: int, lines: Sequence[str]) -> Iterator[TitleSeen]:
    """List the titles; two tables numbered on neighbouring lines are entries of a list of contents."""
    numbered = [bool(_ENTRY.match(line)) for line in lines]
    for index, line in enumerate(lines):
        is_entry = numbered[index] and any(
            numbered[max(0, index - 1) : index] + numbered[index + 1 : index + 2]
        )
        if is_title(line) and not is_entry:
            yield TitleSeen(page, line, _is_left_empty(lines[index + 1 :]))


def _is_left_empty(below: Sequence[str]) -> bool:
    """Say whether a remark follows a title on its page, and nothing but what stands beside titles."""
    printed = [line for line in takewhile(lambda line: not is_title(line), below) if line]
    told = [line for line in printed if not _BESIDE_A_TITLE.fullmatch(line)]
    return bool(told) and all(map(says_empty, told))

"""Says why a document has no tables, or which of its pages nobody has read yet."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from services.parse.explanation import Explanation
from services.parse.forms.titles import is_title
from services.parse.readings import DocumentReading
from shared.contracts.pages import Page
from shared.contracts.records import Finding

_PROMISE: Final = re.compile(
    r"(?:[≥≧≤≦<>＜＞]|不低于|不少于|不高于|不超过|达到?|完成)\s*[0-9０-９]|[0-9０-９]\s*[%％]"
)
_DISTRUSTED: Final = {
    "garbled_text": "文字层有乱码",
    "garbled_text_layer": "文字层有乱码",
    "hidden_text_layer": "文字层是隐藏的，与所见未必一致",
}


def promises_in_prose(text: str) -> bool:
    """Say whether running text speaks of performance goals in figures."""
    return "绩效目标" in text and bool(_PROMISE.search(text[text.index("绩效目标") :]))


def explain_absence(
    reading: DocumentReading,
    pages: Sequence[Page],
    prose_pages: Sequence[int],
    left_empty: Sequence[tuple[int, str]] = (),
) -> Iterator[Finding]:
    """
    Report pages that wait to be recognised or are not believed, and a document without tables.

    Of a document with waiting pages it is not yet known whether it has tables. ``left_empty``
    are the pages and titles of tables that a remark says to be empty.
    """
    waiting = [page for page in pages if page.source == "none" and not page.engine]
    yield from _waiting(waiting)
    yield from (_unreadable(page) for page in pages if page.source == "none" and page.engine)
    yield from (_distrusted(page) for page in pages if page.reason in _DISTRUSTED)
    yield from (_left_empty(page, title) for page, title in left_empty)
    if reading.tables or reading.findings or waiting:
        return
    unread = [each for each in reading.explanations if _is_missed(each, [page for page, _ in left_empty])]
    if unread or not left_empty:
        yield _no_table(unread)
    if prose_pages and not unread:
        where = name_pages(prose_pages)
        message = f"第 {where} 页的绩效目标只写在文字里，没有列成指标"
        yield Finding(code="prose_only", severity="info", message=message, page=prose_pages[0])


def _is_missed(explanation: Explanation, empty_pages: Sequence[int]) -> bool:
    return is_title(explanation.title.text) and explanation.first_page not in empty_pages


def _left_empty(page: int, title: str) -> Finding:
    message = f"第 {page} 页“{title}”注明没有内容，是空表"
    return Finding(code="empty_form", severity="info", message=message, page=page, found=title)


def _no_table(unread: Sequence[Explanation]) -> Finding:
    """Say whether there is no such table, or one that was not understood."""
    if not unread:
        return Finding(code="no_table", severity="info", message="文件中没有绩效目标表")
    title, page = unread[0].title.text, unread[0].first_page
    message = f"第 {page} 页有“{title}”，但表中没有认得的指标表头，未读出内容"
    return Finding(code="no_table", severity="doubt", message=message, page=page, found=title)


def _waiting(pages: Sequence[Page]) -> Iterator[Finding]:
    if pages:
        numbers = [page.number for page in pages]
        message = f"第 {name_pages(numbers)} 页没有可用的文字层，等待文字识别"
        yield Finding(code="waiting_for_ocr", severity="info", message=message, page=numbers[0])


def _unreadable(page: Page) -> Finding:
    message = f"第 {page.number} 页未能识别（{page.reason}）"
    return Finding(
        code="page_unreadable", severity="error", message=message, page=page.number, found=page.reason
    )


def _distrusted(page: Page) -> Finding:
    message = f"第 {page.number} 页{_DISTRUSTED[page.reason]}"
    return Finding(code="text_layer_distrusted", severity="doubt", message=message, page=page.number)


def name_pages(numbers: Sequence[int]) -> str:
    """Write page numbers briefly: 1–3、7."""
    runs = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    parts = ([number for _, number in run] for _, run in runs)
    return "、".join(f"{part[0]}–{part[-1]}" if len(part) > 1 else str(part[0]) for part in parts)

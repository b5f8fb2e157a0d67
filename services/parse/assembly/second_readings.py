"""What a second reader made of the same figures: both readings are told, neither is chosen."""

from collections.abc import Iterable, Iterator

from shared.contracts.pages import Box, Page
from shared.contracts.records import Finding, PageBox


def find_disagreements(pages: Iterable[Page]) -> Iterator[Finding]:
    """Report each stretch that two readers read differently, where it lies on the page that was read."""
    for page in pages:
        for each in page.disagreements:
            yield Finding(
                code="reading_disagrees",
                severity="doubt",
                message=f"第 {page.number} 页“{each.first}”另读作“{each.second}”，请对照原文",
                page=page.number,
                box=_on_page(each.box, page.number),
                expected=each.second,
                found=each.first,
            )


def _on_page(box: Box, number: int) -> PageBox:
    return PageBox(page=number, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)

"""Draw a long dense table, character by character: ``python -m benchmarks.parse.made_up PAGES >table.pdf``"""

import sys
from collections.abc import Iterator
from io import BytesIO
from itertools import count, pairwise

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

_FONT = "STSong-Light"
_EM_POINTS = 7
_ROW_POINTS = 23
_ROWS_ON_A_PAGE = 22
_TOP = 545
_EDGES = (30, 60, 220, 290, 360, 560, 640, 812)
_HEADS = ("序号", "项目名称", "一级指标", "二级指标", "三级指标", "指标值", "绩效目标")


def table_pdf(pages: int) -> bytes:
    """Draw one table over some pages, its head on the first: 2,200 characters on each page."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    out = BytesIO()
    canvas = Canvas(out, pagesize=landscape(A4))
    rows = _rows()
    for _ in range(pages):
        canvas.setFont(_FONT, _EM_POINTS)
        for place in range(_ROWS_ON_A_PAGE):
            _draw_row(canvas, _TOP - _ROW_POINTS * place, next(rows))
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _rows() -> Iterator[tuple[str, ...]]:
    yield _HEADS
    for number in count(1):
        yield (
            str(number),
            f"第{number}号排水管网改造与日常维护工程专项补助",
            "产出指标",
            "数量指标",
            f"改造完成并验收合格的老旧管网长度（第{number}标段）",
            f"≥{number % 97 + 3}公里",
            "保障汛期城区主次干道排水畅通，消除积水隐患，群众出行安全便利，居民满意度持续提升",
        )


def _draw_row(canvas: Canvas, top: float, texts: tuple[str, ...]) -> None:
    for text, (left, right) in zip(texts, pairwise(_EDGES), strict=True):
        canvas.rect(left, top - _ROW_POINTS, right - left, _ROW_POINTS)
        x, baseline = left + 3, top - 9
        for character in text:
            canvas.drawString(x, baseline, character)
            x += canvas.stringWidth(character)
            if x + _EM_POINTS > right:
                x, baseline = left + 3, baseline - _EM_POINTS - 2


if __name__ == "__main__":
    sys.stdout.buffer.write(table_pdf(int(sys.argv[1])))

"""Paper, type and tables for samples: a thin layer over reportlab."""

from collections.abc import Sequence
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

FONT = "samples"
_MARGIN_POINTS = 40


def load_font() -> Path:
    """Register the Chinese typeface that comes from the registry as a package, and say where it lies."""
    package = find_spec("zhplot")
    if package is None or package.origin is None:
        raise SystemExit("样例字体缺失 / The sample typeface is missing: run `make setup`.")
    path = Path(package.origin).parent / "fonts" / "NotoSansSC-Regular.ttf"
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(FONT, str(path)))
    return path


def _style(name: str, **options: object) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=FONT, fontSize=8, leading=11, wordWrap="CJK", **options)


BODY = _style("body")
CENTRED = _style("centred", alignment=TA_CENTER)
FIGURE = _style("figure", alignment=TA_RIGHT)
INDENTED = _style("indented", firstLineIndent=16)
TITLE = ParagraphStyle("title", fontName=FONT, fontSize=15, leading=22, alignment=TA_CENTER)


def text(content: str, style: ParagraphStyle = BODY) -> Paragraph:
    """Set a cell or a line."""
    return Paragraph(escape(content), style)


def ruled(
    rows: Sequence[Sequence[Flowable]],
    widths: Sequence[float],
    *spans: tuple[int, int, int, int],
    first_long_column: int = 99,
) -> Table:
    """
    Draw a ruled table that may break inside a row; ``spans`` are (column, row) pairs of merged cells.

    Long texts begin at their cell's top: centred ones would be drawn over its edges where a
    row is broken.
    """
    table = Table([list(row) for row in rows], colWidths=list(widths), splitInRow=1)
    style = [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    style += [
        ("VALIGN", (column, 0), (column, -1), "TOP") for column in range(first_long_column, len(widths))
    ]
    style += [("SPAN", (span[0], span[1]), (span[2], span[3])) for span in spans]
    table.setStyle(TableStyle(style))
    return table


def line(left: str, right: str, width: float) -> Table:
    """Set two pieces of text at both ends of one line, without rules."""
    return Table([[text(left), text(right, FIGURE)]], colWidths=[width / 2, width / 2])


def gap(points: float = 6) -> Spacer:
    """Leave white space."""
    return Spacer(1, points)


def print_pdf(story: Sequence[Flowable], *, wide: bool) -> bytes:
    """Print a story; the same story gives the same bytes."""
    paper = BytesIO()
    SimpleDocTemplate(
        paper,
        pagesize=landscape(A4) if wide else A4,
        leftMargin=_MARGIN_POINTS,
        rightMargin=_MARGIN_POINTS,
        topMargin=_MARGIN_POINTS,
        bottomMargin=_MARGIN_POINTS,
        invariant=1,
        title="jixiao sample",
    ).build(list(story))
    return paper.getvalue()

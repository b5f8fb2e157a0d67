"""PDF files written by hand, one content stream for each page."""

from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 600, 800
_CHINESE = "STSong-Light"


def pdf(*contents: str, entries: str = "", form: str = "") -> bytes:
    """
    Write a PDF whose pages draw ``contents`` with Helvetica as /F.

    ``entries`` go into each page's dictionary; ``form`` is the content of a form named /X.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{' '.join(_refs(len(contents)))}]"
        f" /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << /F 3 0 R >> /XObject << /X 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _stream(form, f"/Type /XObject /Subtype /Form /BBox [0 0 {WIDTH} {HEIGHT}]"),
    ]
    for index, content in enumerate(contents):
        objects.append(f"<< /Type /Page /Parent 2 0 R /Contents {6 + 2 * index} 0 R {entries} >>")
        objects.append(_stream(content))
    return _file(objects)


def _refs(count: int) -> list[str]:
    return [f"{5 + 2 * index} 0 R" for index in range(count)]


def _stream(content: str, entries: str = "") -> str:
    return f"<< /Length {len(content)} {entries} >>\nstream\n{content}\nendstream"


def _file(objects: list[str]) -> bytes:
    out = BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1"))
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    out.writelines(f"{place:010} 00000 n \n".encode() for place in places)
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def show(text: str, x: float, y: float, *, size: float = 10, more: str = "") -> str:
    """Write the operators that show a text at a place."""
    return f"\nBT {more} /F {size} Tf {x} {y} Td ({text}) Tj ET\n"


def chinese_pdf(*pages: list[str], ruled: bool = False) -> bytes:
    """Write a PDF with lines of Chinese text, and with a few rules on each page if wanted."""
    pdfmetrics.registerFont(UnicodeCIDFont(_CHINESE))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    for lines in pages:
        canvas.setFont(_CHINESE, 10)
        for index, line in enumerate(lines):
            canvas.drawString(50, HEIGHT - 50 - 20 * index, line)
        for y in range(100, 600, 100) if ruled else ():
            canvas.line(50, y, 500, y)
        canvas.showPage()
    canvas.save()
    return out.getvalue()

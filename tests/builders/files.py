"""Files in a few bytes, each of its kind."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def pdf(*pages: str, picture: bool = False, password: str | None = None) -> bytes:
    """Draw a PDF with a line of text on each page; ``picture`` lays each over a full-page picture."""
    target = BytesIO()
    encryption = StandardEncryption(password) if password else None
    canvas = Canvas(target, pagesize=(300, 300), encrypt=encryption, invariant=1)
    for text in pages:
        if picture:
            canvas.drawImage(ImageReader(Image.new("L", (60, 60), 200)), 0, 0, 300, 300)
        canvas.drawString(20, 200, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def package(names: Sequence[str]) -> bytes:
    """Pack empty members under these names."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in names:
            archive.writestr(name, b"")
    return target.getvalue()


def open_document(kind: str) -> bytes:
    """Pack the first member of an Open Document, which says what it is."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<content/>")
    return target.getvalue()

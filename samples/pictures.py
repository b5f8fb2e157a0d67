"""Scans of samples: pages as pictures, without a text layer."""

from io import BytesIO

import pypdfium2
from PIL import Image

_DPI = 150


def scanned(pdf: bytes) -> bytes:
    """Turn a sample into a grey scan of itself; the same bytes each time."""
    document = pypdfium2.PdfDocument(pdf)
    pictures: list[Image.Image] = [page.render(scale=_DPI / 72).to_pil().convert("L") for page in document]
    paper = BytesIO()
    pictures[0].save(
        paper,
        "PDF",
        resolution=_DPI,
        save_all=True,
        append_images=pictures[1:],
        creationDate=None,
        modDate=None,
    )
    return paper.getvalue()

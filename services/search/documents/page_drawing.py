"""Draw a page of a PDF as it is shown: runs in a process that can be killed."""

import base64
import io
from typing import Final

import pypdfium2
from PIL import Image

from shared.contracts.errors import DamagedDocument, EncryptedDocument

MOST_PIXELS: Final = 16_000_000  # a page of poster size is drawn coarser rather than not at all
_COMPRESSION: Final = 4  # of 9: a tenth larger than the usual 6, in two thirds of the time
_PASSWORD_ERROR: Final = 4  # FPDF_ERR_PASSWORD


def draw_pdf_page(content: bytes, page: int, pixels_per_point: float) -> str | None:
    """
    Draw page ``page`` (from 1) as PNG in base64; None where the document has no such page.

    Base64, because a child answers in JSON.
    """
    document = _open(content)
    try:
        if not 1 <= page <= len(document):
            return None
        try:
            sheet = document[page - 1]
            width, height = sheet.get_size()
            finest = (MOST_PIXELS / max(width * height, 1.0)) ** 0.5
            picture = sheet.render(scale=min(pixels_per_point, finest)).to_pil()
        except pypdfium2.PdfiumError as error:
            raise DamagedDocument(detail=str(error)) from error
        return base64.b64encode(_as_png(picture.convert("RGB"))).decode()
    finally:
        document.close()


def _as_png(picture: Image.Image) -> bytes:
    """Write it without loss; most pages are grey, and then take half the bytes and half the time."""
    red, green, blue = picture.split()
    is_grey = red.tobytes() == green.tobytes() == blue.tobytes()
    written = io.BytesIO()
    (red if is_grey else picture).save(written, "PNG", compress_level=_COMPRESSION)
    return written.getvalue()


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_ERROR:
            raise EncryptedDocument from error
        raise DamagedDocument(detail=str(error)) from error

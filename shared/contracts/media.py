"""What several services must agree on about kinds of file."""

from typing import Final

PDF: Final = "application/pdf"
TEXT: Final = "text/plain"
IMAGE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/tiff", "image/bmp", "image/webp"})
"""Pictures that are documents as they are: every frame is a scanned page."""

HTML: Final = "text/html"
XLS: Final = "application/vnd.ms-excel"
XLSB: Final = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFD: Final = "application/ofd"

SPREADSHEETS: Final = frozenset({XLS, XLSB, XLSX, ODS})

LAID_OUT_TYPES: Final = frozenset({TEXT, HTML, DOCX, OFD}) | SPREADSHEETS
"""Files without pages of their own: parse lays them out, and leaves the pages for search to show."""

MAX_PICTURE_PIXELS: Final = 60_000_000
"""The largest picture that is unpacked: twice a sheet of A3 at 600 dpi would be more."""

"""What several services must agree on about kinds of file."""

from typing import Final

PDF: Final = "application/pdf"
TEXT: Final = "text/plain"
IMAGE_TYPES: Final = frozenset({"image/png", "image/jpeg", "image/tiff", "image/bmp", "image/webp"})
"""Pictures that are documents as they are: every frame is a scanned page."""

MAX_PICTURE_PIXELS: Final = 60_000_000
"""The largest picture that is unpacked: twice a sheet of A3 at 600 dpi would be more."""

"""Draw one picture of an image file as it is shown: runs in a process that can be killed."""

import base64
import io
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from shared.contracts.errors import DamagedDocument, PictureTooLarge
from shared.contracts.media import MAX_PICTURE_PIXELS

_LONG_SIDE_POINTS: Final = 842


def draw_image_page(content: bytes, page: int, pixels_per_point: float) -> str | None:
    """
    Draw picture ``page`` (from 1) as PNG in base64, as large as a sheet of A4; None where there is none.

    Cameras note which way up they were held: it is turned so, as it was to be read.
    """
    Image.MAX_IMAGE_PIXELS = MAX_PICTURE_PIXELS
    try:
        with Image.open(io.BytesIO(content)) as image:
            if not 1 <= page <= getattr(image, "n_frames", 1):
                return None
            image.seek(page - 1)
            shown = ImageOps.exif_transpose(image).convert("RGB")
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(pixels="?", limit=MAX_PICTURE_PIXELS) from error
    except (UnidentifiedImageError, OSError, EOFError, ValueError, SyntaxError) as error:
        raise DamagedDocument(detail=type(error).__name__) from error
    longest = round(_LONG_SIDE_POINTS * pixels_per_point)
    shown.thumbnail((longest, longest))
    drawn = io.BytesIO()
    shown.save(drawn, "PNG")
    return base64.b64encode(drawn.getvalue()).decode()

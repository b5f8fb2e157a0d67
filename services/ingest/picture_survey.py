"""How many pictures an image file holds."""

import warnings
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from shared.contracts.errors import DamagedDocument, PictureTooLarge
from shared.contracts.media import MAX_PICTURE_PIXELS


def count_pictures(content: bytes) -> int:
    """Count the frames of a file from its headers: nothing is unpacked, so that a bomb does no harm."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _count(content)
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(pixels="?", limit=MAX_PICTURE_PIXELS) from error
    except (UnidentifiedImageError, OSError, EOFError, ValueError, SyntaxError, KeyError) as error:
        raise DamagedDocument(detail=type(error).__name__) from error


def _count(content: bytes) -> int:
    with Image.open(BytesIO(content)) as image:
        pixels = image.width * image.height
        if pixels > MAX_PICTURE_PIXELS:
            raise PictureTooLarge(pixels=pixels, limit=MAX_PICTURE_PIXELS)
        return int(getattr(image, "n_frames", 1))

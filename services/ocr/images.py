"""Pictures that were uploaded as such: photographs, faxes and scans without a PDF around them."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from services.ocr.picture import Picture, Pixels, without_stamps
from shared.contracts.errors import DamagedDocument, PictureTooLarge
from shared.contracts.media import MAX_PICTURE_PIXELS

_LONG_SIDE_POINTS = 842.0
_LONGEST_SHEET_POINTS = 1700.0  # A2
_LEAST_DPI = 100  # cameras and screens say 72 or 96 and mean nothing by it


def picture_of_image(content: bytes, number: int) -> Picture:
    """
    Open one picture (``number`` from 1) of a file of several.

    A picture that does not say its resolution, or says one that no scanner has, is taken for
    a sheet of A4. Cameras note which way up they were held: the page as shown is turned so.
    """
    colours = _colours(content, number)
    rows, columns = colours.pixels.shape[:2]
    points = 72 / colours.dpi if colours.dpi else _LONG_SIDE_POINTS / max(rows, columns)
    return Picture(without_stamps(colours.pixels), (points, 0.0, 0.0, points, 0.0, 0.0), 72 / points)


@dataclass(frozen=True, slots=True)
class _Colours:
    pixels: Pixels
    dpi: float | None


def _colours(content: bytes, number: int) -> _Colours:
    Image.MAX_IMAGE_PIXELS = MAX_PICTURE_PIXELS
    try:
        with Image.open(BytesIO(content)) as image:
            image.seek(number - 1)
            if image.width * image.height > MAX_PICTURE_PIXELS:
                raise PictureTooLarge(pixels=image.width * image.height, limit=MAX_PICTURE_PIXELS)
            shown = ImageOps.exif_transpose(image)
            return _Colours(np.array(shown.convert("RGB")), _resolution(image))
    except Image.DecompressionBombError as error:
        raise PictureTooLarge(pixels="?", limit=MAX_PICTURE_PIXELS) from error
    except (UnidentifiedImageError, OSError, EOFError, ValueError, SyntaxError) as error:
        raise DamagedDocument(detail=f"{type(error).__name__}") from error


def _resolution(image: Image.Image) -> float | None:
    stated = image.info.get("dpi")
    dpi = float(stated[0]) if isinstance(stated, tuple) else 0.0
    if dpi < _LEAST_DPI or max(image.size) / dpi * 72 > _LONGEST_SHEET_POINTS:
        return None
    return dpi

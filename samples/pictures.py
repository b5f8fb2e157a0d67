"""Scans of samples: pages as pictures without a text layer, with what paper and scanners do to them."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

from samples.binding import Compression, bound
from samples.typefaces import set_in

_RED = (205, 45, 40)
_FAR_DEGREES = 2.5  # the scan is then larger than the paper: nothing is cut off
_INK_OR_PAPER = [0] * 176 + [255] * 80  # as office scanners are set: thin strokes are kept


@dataclass(frozen=True, slots=True)
class Scanner:
    """
    How a page is scanned.

    ``skew_degrees`` turns it anticlockwise, ``quarters`` lays it on its side (clockwise);
    ``noise`` is the spread of grey levels, ``dust`` the number of specks on a page;
    ``bits`` 1 gives black and white, 8 grey; a ``seal`` needs colour and is printed in red.
    Without a ``typeface`` the page is printed in its own.
    """

    dpi: int = 150
    skew_degrees: float = 0.0
    quarters: int = 0
    noise: float = 0.0
    dust: int = 0
    seal: bool = False
    bits: int = 8
    seed: int = 0
    compression: Compression = "jpeg"
    typeface: Path | None = None


def scanned(pdf: bytes, scanner: Scanner = Scanner()) -> bytes:
    """Turn a sample into a scan of itself; the same bytes each time."""
    pages = set_in(scanner.typeface, pdf, scanner.dpi) if scanner.typeface else drawn(pdf, scanner.dpi)
    pictures = [_scan(picture, scanner, number) for number, picture in enumerate(pages)]
    return bound(pictures, dpi=scanner.dpi, compression=scanner.compression)


def drawn(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Draw each page of a PDF."""
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]


def _scan(page: Image.Image, scanner: Scanner, number: int) -> Image.Image:
    random = Random(f"{scanner.seed} {number}")
    if scanner.seal:
        page = _sealed(page, random)
    far = abs(scanner.skew_degrees) > _FAR_DEGREES
    page = page.rotate(scanner.skew_degrees, Image.Resampling.BICUBIC, expand=far, fillcolor="white")
    page = page.rotate(-90 * scanner.quarters, expand=True)
    if not scanner.seal:
        page = page.convert("L")
    page = _noisy(_dusty(page, scanner.dust, random), scanner, random)
    return page.convert("L").point(_INK_OR_PAPER, "1") if scanner.bits == 1 else page


def _sealed(page: Image.Image, random: Random) -> Image.Image:
    """Press a round red seal over some of the print; ink darkens what is below it."""
    layer = Image.new("RGB", page.size, "white")
    radius = page.height // 9
    x, y = random.randint(radius, page.width - radius), random.randint(radius, page.height // 2)
    pen = ImageDraw.Draw(layer)
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_RED, width=max(3, radius // 14))
    pen.regular_polygon((x, y, radius // 3), 5, fill=_RED)
    darker = np.minimum(np.asarray(page), np.asarray(layer))
    return Image.fromarray(darker)


def _dusty(page: Image.Image, specks: int, random: Random) -> Image.Image:
    pen = ImageDraw.Draw(page)
    for _ in range(specks):
        x, y = random.randrange(page.width), random.randrange(page.height)
        pen.ellipse(
            (x, y, x + random.randint(0, 2), y + random.randint(0, 2)),
            fill=0 if page.mode == "L" else "black",
        )
    return page


def _noisy(page: Image.Image, scanner: Scanner, random: Random) -> Image.Image:
    if not scanner.noise:
        return page
    dice = np.random.default_rng(random.randrange(2**32))
    soft = np.asarray(page.filter(ImageFilter.GaussianBlur(0.4)), dtype=np.float32)
    grainy = soft + dice.normal(0.0, scanner.noise, soft.shape)
    return Image.fromarray(np.clip(grainy, 0, 255).astype(np.uint8))

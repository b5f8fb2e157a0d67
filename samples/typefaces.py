"""The same page set in another typeface: samples are printed in one only."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
from PIL import Image, ImageDraw, ImageFont

_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
_SIMPLIFIED = 2  # place of 简体 in the collections of Noto


def installed_typefaces() -> list[Path]:
    """List the Chinese typefaces of this machine; CI has those that come with the browser."""
    return sorted(path for folder in _FOLDERS if folder.is_dir() for path in folder.rglob("Noto*CJK-*.ttc"))


def set_in(typeface: Path, pdf: bytes, dpi: int) -> list[Image.Image]:
    """Draw each page with every character where it stands, and the rulings."""
    with pdfplumber.open(BytesIO(pdf)) as document:
        return [_drawn(page, typeface, dpi / 72) for page in document.pages]


def _drawn(page: Any, typeface: Path, scale: float) -> Image.Image:
    paper = Image.new("RGB", (round(page.width * scale), round(page.height * scale)), "white")
    pen = ImageDraw.Draw(paper)
    for ruling in (*page.lines, *page.rects):
        box = [ruling[side] * scale for side in ("x0", "top", "x1", "bottom")]
        pen.line(box, fill="black", width=max(1, round(0.6 * scale)))
    fonts: dict[int, ImageFont.FreeTypeFont] = {}
    for character in page.chars:
        size = round(character["size"] * scale)
        font = fonts.setdefault(size, ImageFont.truetype(str(typeface), size, index=_SIMPLIFIED))
        place = character["x0"] * scale, (page.height - character["matrix"][5]) * scale
        pen.text(place, character["text"], font=font, fill="black", anchor="ls")
    return paper

"""Binds pictures of pages into a PDF, each compressed as scanners do."""

from collections.abc import Sequence
from io import BytesIO
from typing import Literal

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, NumberObject, StreamObject

Compression = Literal["jpeg", "jpeg2000", "fax"]
_POINTS_PER_INCH = 72


def bound(pictures: Sequence[Image.Image], *, dpi: int, compression: Compression = "jpeg") -> bytes:
    """Give a PDF without a text layer; ``fax`` (CCITT group 4) is black and white."""
    paper = BytesIO()
    if compression == "jpeg2000":
        _jpeg2000(pictures, dpi).write(paper)
        return paper.getvalue()
    if compression == "fax":
        pictures = [picture.convert("1", dither=Image.Dither.NONE) for picture in pictures]
    pictures[0].save(
        paper,
        "PDF",
        resolution=dpi,
        save_all=True,
        append_images=pictures[1:],
        creationDate=None,
        modDate=None,
    )
    return paper.getvalue()


def _jpeg2000(pictures: Sequence[Image.Image], dpi: int) -> PdfWriter:
    writer = PdfWriter()
    for picture in pictures:
        width, height = (side / dpi * _POINTS_PER_INCH for side in picture.size)
        page = writer.add_blank_page(width, height)
        drawing = DecodedStreamObject()
        drawing.set_data(f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode())
        page[NameObject("/Contents")] = writer._add_object(drawing)
        pictured = writer._add_object(_picture(picture))
        page[NameObject("/Resources")] = _named("/XObject", _named("/P", pictured))
    return writer


def _named(name: str, value: object) -> DictionaryObject:
    return DictionaryObject({NameObject(name): value})


def _picture(picture: Image.Image) -> StreamObject:
    content = BytesIO()
    picture.save(content, "JPEG2000", quality_mode="dB", quality_layers=[42])
    stream = StreamObject()
    stream.set_data(content.getvalue())
    facts = {"/Type": "/XObject", "/Subtype": "/Image", "/Filter": "/JPXDecode"}
    stream.update({NameObject(name): NameObject(value) for name, value in facts.items()})
    stream[NameObject("/Width")], stream[NameObject("/Height")] = map(NumberObject, picture.size)
    return stream

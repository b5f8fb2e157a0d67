"""A page of invisible words as PDF, in a font without glyphs: nothing is drawn, everything can be found."""

from collections.abc import Iterable
from typing import Final

from shared.contracts.pages import Page, Word, apply

_DESCENT: Final = 0.12  # of a word's height, below the baseline
_HIGH_BYTES: Final = range(256)


def glyphless_page(page: Page) -> bytes:
    """Write the words of a page at their places on the page as shown."""
    width, height = page.shown_size
    content = b"BT /F 1 Tf 3 Tr\n" + b"".join(_shown(word, page, height) for word in page.words) + b"ET"
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:.2f} {height:.2f}] /Contents 4 0 R"
            " /Resources << /Font << /F 5 0 R >> >> >>".encode(),
            _stream(content),
            b"<< /Type /Font /Subtype /Type0 /BaseFont /Glyphless /Encoding /Identity-H"
            b" /DescendantFonts [6 0 R] /ToUnicode 8 0 R >>",
            b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Glyphless /DW 1000 /FontDescriptor 7 0 R"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
            b"<< /Type /FontDescriptor /FontName /Glyphless /Flags 5 /FontBBox [0 -120 1000 880]"
            b" /Ascent 880 /Descent -120 /CapHeight 880 /ItalicAngle 0 /StemV 80 >>",
            _stream(_same_code_map()),
        ]
    )


def _shown(word: Word, page: Page, height: float) -> bytes:
    """Stretch a word over its box, turned as the page was when it was read."""
    text = "".join(character for character in word.text if ord(character) <= 0xFFFF)
    if not text:
        return b""
    box = word.box
    baseline = box.bottom - _DESCENT * box.height
    x, y = apply(page.to_shown, box.x0, baseline)
    end_x, end_y = apply(page.to_shown, box.x1, baseline)
    top_x, top_y = apply(page.to_shown, box.x0, baseline - box.height)
    matrix = (
        (end_x - x) / len(text),
        (y - end_y) / len(text),
        top_x - x,
        y - top_y,
        x,
        height - y,
    )
    placed = " ".join(f"{number:.4f}" for number in matrix)
    return f"{placed} Tm <{text.encode('utf-16-be').hex()}> Tj\n".encode()


def _same_code_map() -> bytes:
    """Say that each code is its own character; a range must not pass a high byte, a block 100 ranges."""
    ranges = [f"<{high:02x}00> <{high:02x}ff> <{high:02x}00>" for high in _HIGH_BYTES]
    blocks = [ranges[start : start + 100] for start in range(0, len(ranges), 100)]
    body = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    head = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def"
    space = "1 begincodespacerange <0000> <ffff> endcodespacerange"
    return f"{head}\n{space}\n{body}\nendcmap end end".encode()


def _stream(content: bytes) -> bytes:
    return f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _file(objects: Iterable[bytes]) -> bytes:
    written, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    count = len(places) + 1
    return (
        written
        + f"xref\n0 {count}\n0000000000 65535 f \n".encode()
        + table
        + f"trailer << /Size {count} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n".encode()
    )

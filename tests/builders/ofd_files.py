"""OFD files written by hand: lines of text and rectangles, in millimetres."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

_SPACE = 'xmlns:ofd="http://www.ofdspec.org"'
_SIZE = 4


def text(words: str, x: float, y: float, *, more: str = "", delta: str | None = None) -> str:
    """Write a text of which the first character's upper left corner is at a place."""
    steps = delta or f"g {max(len(words) - 1, 1)} {_SIZE}"
    return (
        f'<ofd:TextObject Boundary="{x} {y} 200 {_SIZE}" Size="{_SIZE}" {more}>'
        f'<ofd:TextCode X="0" Y="{_SIZE * 0.88}" DeltaX="{steps}">{escape(words)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def box(x: float, y: float, width: float, height: float) -> str:
    """Draw the outline of a rectangle."""
    path = f"M 0 0 L {width} 0 L {width} {height} L 0 {height} C"
    return (
        f'<ofd:PathObject Boundary="{x} {y} {width} {height}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def table(rows: list[list[str]], widths: list[float], *, top: float = 30.0) -> str:
    """Draw a table of one line a row, each cell with its own frame."""
    drawn = ""
    for number, row in enumerate(rows):
        left = 10.0
        for words, width in zip(row, widths, strict=True):
            drawn += box(left, top + 8 * number, width, 8)
            drawn += text(words, left + 1, top + 8 * number + 2) if words else ""
            left += width
    return drawn


def ofd(*pages: str, template: str = "") -> bytes:
    """Put pages into a package; ``template`` is drawn below each of them."""
    members = {
        "OFD.xml": f"<ofd:OFD {_SPACE}><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:OFD>",
        "Doc_0/Document.xml": (
            f"<ofd:Document {_SPACE}><ofd:CommonData>"
            "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            '<ofd:TemplatePage ID="9" BaseLoc="T.xml"/></ofd:CommonData><ofd:Pages>'
            + "".join(f'<ofd:Page ID="{n}" BaseLoc="P{n}.xml"/>' for n in range(len(pages)))
            + "</ofd:Pages></ofd:Document>"
        ),
        "Doc_0/T.xml": _page(template),
    }
    for number, content in enumerate(pages):
        members[f"Doc_0/P{number}.xml"] = _page('<ofd:Template TemplateID="9"/>', content)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def _page(*parts: str) -> str:
    before, content = parts if len(parts) == 2 else ("", parts[0])
    return (
        f"<ofd:Page {_SPACE}>{before}<ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
    )

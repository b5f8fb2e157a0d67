"""Carries out the operators of a PDF page: pdfminer's interpreter, quicker and aware of clipping."""

from collections.abc import Callable, Sequence
from copy import copy
from typing import Any, TypeVar

from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.utils import Matrix

from services.parse.readers.pdf_drawing import DrawingDevice, bounds
from services.parse.readers.pdf_runs import Clip
from services.parse.readers.pdf_sheet import Sheet
from services.parse.readers.pdf_tokens import OperationReader

_State = TypeVar("_State", PDFTextState, PDFGraphicState)
_DEEPEST_FORM = 24
_LETTER = (0.0, 0.0, 612.0, 792.0)
_METHODS = {"*": "_a", '"': "_w", "'": "_q"}
# These take as many operands as the colour space in force has parts.
_OF_COLOUR = frozenset({b"SC", b"SCN", b"sc", b"scn"})

_Step = tuple[Callable[..., None], Sequence[Any]]
"""What carries out an operation, and what to call it with."""


class PageInterpreter(PDFPageInterpreter):
    """
    Draws a page on a device that knows what is clipped.

    Table programs print the whole text of a cell on both pages that it stands on, and clip
    each to its part: without clipping the text would be read twice.
    """

    device: DrawingDevice

    def __init__(self, resources: Any, device: DrawingDevice) -> None:
        super().__init__(resources, device)
        self._first_clip: Clip = None
        self._clips: list[Clip] = []
        self._depth = 0
        self._operators: dict[bytes, tuple[Callable[..., None], int]] = {}
        self._operations = OperationReader(self._prepare)

    def draw(self, page: PDFPage) -> Sheet:
        """
        Draw a page turned as it says, with the corner of what is visible as origin.

        pdfminer measures from the corner of the media box, even where the crop box hides it.
        """
        left, bottom, right, top = visible_box(page)
        width, height = right - left, top - bottom
        match page.rotate % 360:
            case 90:
                matrix, sheet = (0, -1, 1, 0, -bottom, right), Sheet(0, 0, height, width)
            case 180:
                matrix, sheet = (-1, 0, 0, -1, right, top), Sheet(0, 0, width, height)
            case 270:
                matrix, sheet = (0, 1, -1, 0, top, -left), Sheet(0, 0, height, width)
            case _:
                matrix, sheet = (1, 0, 0, 1, -left, -bottom), Sheet(0, 0, width, height)
        self.render_contents(page.resources, page.contents, ctm=matrix)
        return sheet

    def subinterp(self) -> "PageInterpreter":
        """Make the interpreter of a form that this page draws."""
        inner = super().subinterp()
        assert isinstance(inner, PageInterpreter)  # noqa: S101  # pdfminer makes its own class anew
        inner._first_clip = self.device.clip
        inner._depth = self._depth + 1
        return inner

    def init_state(self, ctm: Matrix) -> None:
        super().init_state(ctm)
        self._clips = []
        self.device.clip = self._first_clip

    def get_current_state(self) -> tuple[Matrix, PDFTextState, PDFGraphicState]:
        """Copy the state as it is; pdfminer sets up a fresh one first, for each of many thousands."""
        return self.ctm, _copied(self.textstate), _copied(self.graphicstate)

    def do_q(self) -> None:
        super().do_q()
        self._clips.append(self.device.clip)

    def do_Q(self) -> None:
        super().do_Q()
        if self._clips:
            self.device.clip = self._clips.pop()

    def do_W(self) -> None:
        """Let nothing be seen outside the current path's bounds."""
        self.device.narrow_clip(bounds(self.curpath, self.ctm))

    def do_W_a(self) -> None:
        self.do_W()

    def do_TJ(self, seq: Any) -> None:
        """Show text; pdfminer copies the graphic state for each of many thousand operators."""
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)

    def do_F(self) -> None:
        """Fill as ``f`` does: pdfminer leaves the obsolete name out."""
        self.do_f()

    def do_BI(self) -> None:
        """Take in an inline image, which the token reader has passed over."""
        self.device.render_image("", None)

    def do_Do(self, xobjid_arg: Any) -> None:
        """Draw a form or picture, and go on where the page was."""
        if self._depth > _DEEPEST_FORM:
            return
        clip = self.device.clip
        super().do_Do(xobjid_arg)
        self.device.set_ctm(self.ctm)
        self.device.clip = clip

    def execute(self, streams: Sequence[object]) -> None:
        """Carry out the operators of some streams, which are one to the page."""
        content = b"\n".join(map(self._decode, self._not_running(streams)))
        for method, operands in self._operations.read(content):
            method(*operands)

    def _decode(self, stream: PDFStream) -> bytes:
        """
        Decode a stream; what a page holds is not kept, for it is drawn once.

        pdfminer keeps with every stream what it was decoded to, until the document is closed.
        """
        return (stream if self._depth else copy(stream)).get_data()

    def _not_running(self, streams: Sequence[object]) -> list[PDFStream]:
        """Leave out what is being drawn already: a form that draws itself would never end."""
        self.stream_ids.clear()
        found = [stream_value(stream) for stream in streams]
        found = [stream for stream in found if stream.objid not in self.parent_stream_ids]
        self.stream_ids.update(stream.objid for stream in found if stream.objid is not None)
        return found

    def _prepare(self, word: bytes, operands: list[Any]) -> _Step:
        """Find out once how to carry out an operation, which a document may repeat a thousand times."""
        method, count = self._operators.get(word) or self._find(word)
        if word in _OF_COLOUR:
            return self._set_colour, (method, operands)
        return (method, operands[len(operands) - count :]) if len(operands) >= count else (_pass_over, ())

    def _set_colour(self, method: Callable[..., None], operands: list[Any]) -> None:
        self.argstack = operands
        method()

    def _find(self, word: bytes) -> tuple[Callable[..., None], int]:
        """Find what carries out an operator, and how many operands that takes."""
        name = "".join(_METHODS.get(letter, letter) for letter in word.decode("latin-1"))
        method = getattr(self, f"do_{name}", None)
        found = (method, method.__code__.co_argcount - 1) if method else (_pass_over, 0)
        self._operators[word] = found
        return found


def _pass_over() -> None:
    """Do nothing: some programs write operators of their own."""


def _copied(state: _State) -> _State:
    copied = object.__new__(type(state))
    copied.__dict__.update(state.__dict__)
    return copied


def visible_box(page: PDFPage) -> tuple[float, float, float, float]:
    """Find what of the paper is shown; boxes that make no sense are passed over."""
    media, crop = _in_order(page.mediabox), _in_order(page.cropbox)
    both = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    for box in (both, media):
        if box[2] - box[0] >= 1 and box[3] - box[1] >= 1:
            return box
    return _LETTER


def _in_order(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

"""The row of an OCR table that names its columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.parse.forms.blanks import without_stray_blanks
from services.parse.forms.heads.band import AMOUNTS
from services.parse.forms.heads.labels import LONGEST_LABEL, column_field
from services.parse.passage import Passage

_TEXTS: Final = ("goal", "indicators")


@dataclass(frozen=True, slots=True)
class OcrHead:
    """Where the names stand (``first``), and the columns of money and of text behind them."""

    first: int
    amounts: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(("project", *self.amounts, *self.texts))


def read_ocr_head(cells: Sequence[Passage]) -> OcrHead | None:
    """
    Read a row as the head of a list of projects; None if it is another row.

    A head between the names and the first column of money that OCR has garbled is the total's:
    a list has no column of money in front of it.
    """
    fields = [_field(cell) for cell in cells]
    if "project" not in fields or not set(_TEXTS) & set(fields):
        return None
    first = fields.index("project")
    behind = fields[first + 1 :]
    if "total" not in behind and behind[0] is None:
        behind[0] = "total"
    amounts = tuple(field for field in behind if field in AMOUNTS)
    texts = tuple(field for field in behind if field in _TEXTS)
    is_list = bool(amounts) and tuple(behind) == (*amounts, *texts)
    return OcrHead(first, amounts, texts) if is_list else None


def _field(cell: Passage) -> str | None:
    text = without_stray_blanks(cell).text
    return column_field(text) if text and len(text) <= LONGEST_LABEL else None

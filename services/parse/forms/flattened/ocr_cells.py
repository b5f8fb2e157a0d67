"""Which cell of an OCR row stands in which column, when blank cells are missing from it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from services.parse.forms.blanks import without_stray_blanks
from services.parse.forms.serialised.words import HEAD, MARKER
from services.parse.passage import Passage
from services.parse.readings import Doubt
from shared.values.amounts import read_amount

_NEARLY_AMOUNT: Final = re.compile(r"\D{0,2}?(?P<amount>-?\d[\d,，]*(?:\.\d+)?)\D{0,2}")


@dataclass(frozen=True, slots=True)
class Columns:
    """
    The columns of a table behind the names: money in printed order, then text.

    ``blank`` are columns of money in which the table has no amount at all, as its full rows say.
    """

    amounts: tuple[str, ...]
    texts: tuple[str, ...]
    blank: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of a row by column; ``is_inferred`` when a column of money had to be chosen."""

    amounts: dict[str, Passage]
    goal: Passage
    indicators: Passage
    is_inferred: bool = False
    doubts: tuple[Doubt, ...] = ()


def place_cells(cells: Sequence[Passage], columns: Columns) -> RowCells | None:
    """
    Give the cells behind a name to their columns; None when there are too many of them.

    Text stands at the end of a row, money at its beginning: what is missing in between are
    blank cells.
    """
    texts, money = _texts(cells, columns)
    if len(money) > len(columns.amounts):
        return None
    ways = _ways(money, columns)
    cleaned = {column: _clean(cell) for column, cell in ways[0].items()}
    return RowCells(
        amounts={
            column: cleaned[column][0] if column in cleaned else Passage() for column in columns.amounts
        },
        goal=texts.get("goal", Passage()),
        indicators=texts.get("indicators", Passage()),
        is_inferred=len(ways) > 1,
        doubts=tuple(doubt for _, doubts in cleaned.values() for doubt in doubts),
    )


def is_amount(cell: Passage) -> bool:
    """Say whether a cell holds an amount, be it with a sign or two that OCR has added."""
    return bool(_NEARLY_AMOUNT.fullmatch(without_stray_blanks(cell).text))


def _texts(cells: Sequence[Passage], columns: Columns) -> tuple[dict[str, Passage], Sequence[Passage]]:
    """Take the text cells off the end of a row; what is left is money."""
    is_full = len(cells) == len(columns.amounts) + len(columns.texts)
    count = 0
    while count < len(columns.texts) and count < len(cells) and (is_full or not is_amount(cells[-1 - count])):
        count += 1
    taken = dict(zip(columns.texts[-count:] if count else (), cells[len(cells) - count :], strict=True))
    return _parted(taken), cells[: len(cells) - count]


def _parted(texts: dict[str, Passage]) -> dict[str, Passage]:
    """Part goal and indicators that stand in one cell, the other one being blank or missing."""
    goal, indicators = texts.get("goal", Passage()).strip(), texts.get("indicators", Passage()).strip()
    if goal and indicators:
        return {"goal": goal, "indicators": indicators}
    both = goal or indicators
    squeezed = without_stray_blanks(both)
    head = HEAD.search(squeezed.text)
    if not head or not MARKER.search(squeezed.text, head.end()):
        return {"goal": goal, "indicators": indicators}
    before = squeezed[: head.start()]
    if head["number"] != "1" or MARKER.search(before.text):
        return {"goal": Passage(), "indicators": both}
    return {"goal": before, "indicators": squeezed[head.start() :]}


def _ways(money: Sequence[Passage], columns: Columns) -> list[dict[str, Passage]]:
    """
    List the ways in which amounts may stand in the columns, the leftmost first.

    Ways that differ only in where blank cells stand are the same; one that fills a column in
    which the table has nothing is no way, unless there is no other.
    """
    ways = [
        {column: cell for column, cell in zip(chosen, money, strict=True) if cell.strip()}
        for chosen in combinations(columns.amounts, len(money))
    ]
    of_total = [way for way in ways if columns.amounts[0] in way] or ways
    fitting = [way for way in of_total if not columns.blank.intersection(way)] or of_total
    return [
        way for number, way in enumerate(fitting) if way.keys() not in [w.keys() for w in fitting[:number]]
    ]


def _clean(cell: Passage) -> tuple[Passage, tuple[Doubt, ...]]:
    """Cut an amount out of the signs that OCR has put beside it, and say so."""
    squeezed = without_stray_blanks(cell).strip()
    match = _NEARLY_AMOUNT.fullmatch(squeezed.text)
    if read_amount(squeezed.text) is not None or not match:
        return squeezed, ()
    amount = squeezed[match.start("amount") : match.end("amount")]
    doubt = Doubt(
        code="garbled_text",
        severity="doubt",
        message=f"金额识别为“{cell.text.strip()}”，读作{amount.text}",
        place=squeezed,
        expected=amount.text,
        found=cell.text.strip(),
    )
    return amount, (doubt,)

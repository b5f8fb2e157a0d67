"""
Layouts drawn as text, each with what must be read of it, printed as PDF, web page, workbook or Word document.

A file of ``tests/documents/layouts`` says in its first lines as what it is printed and how, and what is
to be found about the document. Below follow its tables: the lines above, the cells (``^`` belongs to the
cell above, ``<`` to the one on its left, ``¶`` breaks a line, ``»`` lets a text run over the next cell,
``#0.95%`` is a number shown as a share and ``#1200`` one shown as money), the lines below, or markup as it
is; and last the answers, a project on each line that begins with ``=``, its indicators on those that
begin with ``-``.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from samples.workbooks import Placed
from shared.contracts.media import DOCX, HTML
from tests.builders.invented_words import Answer
from tests.builders.printed_tables import Habits, Printed, Sheet, print_tables
from tests.builders.workbooks import MONEY, PERCENT, Number, docx, drawn, html, xlsx

LAYOUTS: Final = Path(__file__).parents[1] / "documents" / "layouts"
MEDIA: Final = {
    "pdf": "application/pdf",
    "html": HTML,
    "docx": DOCX,
    "text": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_WIDEST_CELL: Final = 16
_LONG_TEXT: Final = 20


@dataclass(slots=True)
class DrawnTable:
    above: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    head_rows: tuple[int, int] = (0, 0)

    @property
    def flat(self) -> str:
        """The drawing for media whose cells break their lines themselves."""
        return "\n".join(self.rows).replace("¶", "")


@dataclass(slots=True)
class Layout:
    """
    ``facts`` are what is said of the whole document: its year, kind, form, a finding.

    ``weighs`` says as what it counts when layouts are scored: a known form, an unknown one, no table.
    """

    weighs: str = ""
    open_faults: dict[str, str] = field(default_factory=dict)
    """What is still read wrongly, by medium: whoever mends it takes the line ``open MEDIUM …`` out."""
    media: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    habits: dict[str, object] = field(default_factory=dict)
    tables: list[DrawnTable] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def content(self, medium: str) -> bytes:
        """Print the layout in one of its media."""
        return {"pdf": _pdf, "html": _html, "xlsx": _xlsx, "docx": _docx, "text": _text}[medium](self)


def every_layout() -> Iterator[tuple[str, str]]:
    """Name each layout with each medium that it is printed in."""
    for path in sorted(LAYOUTS.glob("*.txt")):
        yield from ((path.stem, medium) for medium in read_layout(path.stem).media)


def read_layout(name: str) -> Layout:
    layout = Layout()
    blocks = (LAYOUTS / f"{name}.txt").read_text(encoding="utf-8").split("\n\n")
    for lines in filter(None, (block.strip("\n").splitlines() for block in blocks)):
        if lines[0].startswith("media "):
            _read_facts(layout, lines)
        elif lines[0].startswith("="):
            layout.answers = list(_answers(lines))
        else:
            layout.tables.append(_table(lines))
    return layout


def _read_facts(layout: Layout, lines: Sequence[str]) -> None:
    for line in lines:
        key, value = line.split(" ", 1)
        if key == "media":
            layout.media = value.split()
        elif key == "weighs":
            layout.weighs = value
        elif key == "open":
            medium, fault = value.split(" ", 1)
            layout.open_faults[medium] = fault
        elif key == "print":
            habit, how = value.split(" ", 1)
            layout.habits[habit] = _habit(how)
        else:
            layout.facts[key] = value


def _habit(text: str) -> object:
    if text in ("True", "False"):
        return text == "True"
    return float(text) if re.fullmatch(r"[\d.]+", text) else text


def _table(lines: Sequence[str]) -> DrawnTable:
    table = DrawnTable()
    for line in lines:
        if line.startswith("|"):
            table.rows.append(line)
            continue
        if line.startswith("<"):
            table.markup.append(line)
            continue
        key, text = line.split(" ", 1)
        if key == "head":
            first, last = map(int, text.split())
            table.head_rows = (first, last)
        else:
            (table.above if key == "above" else table.below).append(text)
    return table


def _answers(lines: Sequence[str]) -> Iterator[Answer]:
    answer: Answer | None = None
    for line in lines:
        printed = json.loads(line[2:])
        if line.startswith("- ") and answer is not None:
            answer.indicators.append(printed)
            continue
        if answer is not None:
            yield answer
        answer = Answer(printed["fields"], printed["amounts"])
    if answer is not None:
        yield answer


def _pdf(layout: Layout) -> bytes:
    return print_tables([_sheet(table) for table in layout.tables], Habits(**layout.habits))


def _sheet(table: DrawnTable) -> Sheet:
    if not table.rows:
        return Sheet((), (), tuple(table.above), tuple(table.below))
    cells = drawn("\n".join(table.rows))
    columns = max(cell.column + cell.column_span for cell in cells)
    widths = [4] * columns
    for cell in cells:
        if cell.column_span == 1 and not _runs_over(cell):
            widths[cell.column] = max(widths[cell.column], min(len(str(cell.text)), _WIDEST_CELL) + 1)
    printed = tuple(
        Printed(
            cell.row,
            cell.column,
            str(cell.text).replace("¶", "\n").lstrip("»"),
            cell.row_span,
            cell.column_span,
            align="left" if len(str(cell.text)) > _LONG_TEXT or _runs_over(cell) else "centre",
            runs_over=_runs_over(cell),
        )
        for cell in cells
    )
    return Sheet(printed, tuple(widths), tuple(table.above), tuple(table.below), table.head_rows)


def _runs_over(cell: Placed) -> bool:
    return str(cell.text).startswith("»")


def _html(layout: Layout) -> bytes:
    parts = []
    for table in layout.tables:
        if table.markup:
            parts.append("\n".join(table.markup))
            continue
        found = re.search(r"<table.*</table>", html(table.flat), re.DOTALL)
        above, below = ("".join(f"<p>{line}</p>" for line in lines) for lines in (table.above, table.below))
        parts.append(f"{above}{found and found[0]}{below}")
    return f"<html><body>{''.join(parts)}</body></html>".encode()


def _xlsx(layout: Layout) -> bytes:
    sheets = {}
    for number, table in enumerate(layout.tables, start=1):
        columns = table.rows[0].count("|") - 1 if table.rows else 1
        above = [f"| {' | '.join([line, *['<'] * (columns - 1)])} |" for line in table.above]
        sheets[f"表{number}"] = [
            [_number(text.strip()) for text in line.strip("|").split("|")]
            for line in (*above, *table.flat.splitlines())
        ]
    return xlsx(sheets)


def _docx(layout: Layout) -> bytes:
    (table,) = layout.tables
    return docx(table.flat, before=table.above)


def _number(text: str) -> str | Number:
    if not text.startswith("#"):
        return text
    is_share = text.endswith("%")
    return Number(float(text.strip("#%")), PERCENT if is_share else MONEY)


def _text(layout: Layout) -> bytes:
    lines = []
    for table in layout.tables:
        rows = (
            "\t".join(cell.strip() for cell in row.strip("|").split("|")) for row in table.flat.splitlines()
        )
        lines += [*table.above, *rows, *table.below]
    return re.sub(r"(?<=\t)[<^](?=\t|$)|^\^(?=\t)", "", "\n".join(lines), flags=re.MULTILINE).encode()

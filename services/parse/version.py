"""
Which parser read a document, and which documents a newer one may read otherwise.

The version is semantic: the first number changes when a field's meaning does, the second when
the same bytes may give another reading, the third when they may only where a fault was mended.
Whoever changes what is read adds a line to ``CHANGES`` and shows the difference with
``jixiao reparse --dry-run`` before it is published.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from shared.contracts.media import DOCX, HTML, ODS, OFD, SPREADSHEETS
from shared.contracts.pages import Page
from shared.contracts.records import Document


@dataclass(frozen=True, slots=True)
class Change:
    """
    What a version reads otherwise than the one before.

    ``forms`` are names of the registry; ``NO_TABLE`` stands for documents in which no table was
    read, ``EVERYTHING`` for all documents.
    """

    version: str
    forms: frozenset[str]


EVERYTHING: Final = "*"
NO_TABLE: Final = "no_table"

CHANGES: Final = (
    Change("1.0.0", frozenset({EVERYTHING})),
    # Terms of projects, long-term sections, second levels sideways, monitoring, heads that OCR got
    # wrong, levels on rows of their own, rows that count the columns.
    Change(
        "1.1.0",
        frozenset(
            {
                "self_evaluation",
                "monitoring",
                "transfer_block",
                "period_block",
                "activity_block",
                "flat_block",
            }
            | {"weighted_block", "levelled_block", "goal_list", "general", NO_TABLE}
            | {"typed_list", "explained_list", "levelled_list", "flat_list"}
        ),
    ),
    # Page ends in every form: headers repeated within one, cells cut in frames that are closed.
    Change("1.2.0", frozenset({EVERYTHING})),
    # Values with 万 in their brackets, units of money in more places, columns of units for all values
    # of a row, names over two columns, signatures, tables that do not speak of performance.
    # Blocks and levelled tables whose rules are left out; labels beside whole pages; cells halved by
    # a page's end.
    Change("1.3.0", frozenset({EVERYTHING})),
    # Values in a column for each year, years in titles of projects; evaluations without scores, totals
    # of scores, tables said to be empty, signs of notes, sections under lines of their own; labels of
    # which a page's end leaves one row on either page; rows without rules on pages that name no
    # indicator; words of seals; quarters, levels over the whole width, remarks below tables without rules;
    # opinions, grades and lists of costs below indicators, weights of levels, offices headed 单位, values
    # headed 绩效标准 or by years alone, second levels over the whole width, goals below the indicators,
    # projects named by a row above their indicators, money of several years side by side, rows over the
    # whole width in tables without sides, 总目标值 beside the year's, scores of projects in lists; tables
    # without rules before pages of other things without rules; columns that each page sets anew, tables
    # of a block that say nothing of their own, grades below scores, heads in two languages, names of levels
    # among the indicators, levels in both halves of a header, 类别, 内容 and 标准 below 绩效指标, 目标 before
    # levels, units of values below their heads, lists of money that ask for goals;
    # values and projects below heads of unknown words, lists of departments, levels behind the names,
    # indices of another kind, a project's goal or money in a table of its own, levels over levels;
    # rows below notes, signatures and the like in tables without rules, or beside a label; 绩效指标 over the
    # names beside a column of values, 指标 below 产出指标, values headed 要求, departments named above
    # 部门绩效目标表; without rules: projects below heads of unknown words, 年度绩效目标表 above a header,
    # long lines left of all heads, levels in tables of which only some heads are found;
    # hidden rows and columns of sheets; indicators of tables without rules whose heads are not certain,
    # and before tables of money without rules; 年初目标 beside 全年实际, values between signs and units,
    # 绩效目标 over indicators, exports that repeat their project in every row, short codes before names.
    Change("1.4.0", frozenset({EVERYTHING})),
)

PARSER_VERSION: Final = CHANGES[-1].version


def is_affected(document: Document) -> bool:
    """Say whether this parser may read a document otherwise than the one that read it."""
    forms = {table.form for table in document.tables} or {NO_TABLE}
    later = [change for change in CHANGES if _numbers(change.version) > _numbers(document.parser_version)]
    return any(EVERYTHING in change.forms or change.forms & forms for change in later)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdigit() else 0 for part in [*text.split("."), "0", "0"][:3])


_READERS: Final = {
    "application/pdf": ("pdfplumber", "pdfminer.six", "pypdfium2"),
    **dict.fromkeys(SPREADSHEETS, ("python-calamine", "lxml")),
    ODS: ("lxml",),
    **dict.fromkeys((HTML, DOCX, OFD), ("lxml",)),
}
"""The libraries behind the readers of each kind of file; plain text needs none."""


def reader_versions(media_type: str, pages: Iterable[Page]) -> dict[str, str]:
    """Name the engines that read a file with their versions, for the record."""
    engines = sorted({page.engine for page in pages if page.engine})
    recognised = {"ocr": "; ".join(engines)} if engines else {}
    return {**{name: version(name) for name in _READERS.get(media_type, ())}, **recognised}

"""What stands around a table: title, department, unit of money, fiscal year, and whom it is about."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from services.parse.forms.heads.band import AMOUNTS, Band
from services.parse.forms.heads.key_values import AMOUNTS as AMOUNT_LABELS
from services.parse.forms.heads.key_values import Head
from services.parse.forms.note_signs import without_note_signs
from services.parse.forms.text_heading import read_heading
from services.parse.forms.titles import as_title, find_title, project_in_title, scope_of
from services.parse.passage import Passage
from services.parse.readings import Doubt
from shared.contracts.records import Scope

_MONEY: Final = re.compile(
    r"(?:[(（]\s*(?:单位\s*[:：])?|单位\s*[:：])\s*(?P<unit>(?:人民币)?(?:亿|万|千|百)?元)\s*(?:[)）]|$)"
)
_ONLY_A_YEAR: Final = re.compile(r"\s*[(（]?\s*20\d\d\s*[(（]?\s*年\s*度?\s*[)）]?\s*")
_DIGIT: Final = re.compile(r"\d")
_YEAR: Final = re.compile(r"(?<![\d-])(?P<digits>20\d\d)\s*[(（]?\s*(?P<word>年)")


@dataclass(frozen=True, slots=True)
class Setting:
    """Passages as printed; empty where nothing is."""

    title: Passage
    scope: Scope
    department: Passage
    amount_unit: Passage
    year: Passage
    project: Passage = Passage()
    doubts: tuple[Doubt, ...] = ()


def read_setting(lines: Sequence[Passage], head: Head, band: Band | None) -> Setting:
    """Read the lines above a table and, where they say nothing, its head and its column heads."""
    title = find_title(lines)
    heading = read_heading(lines)
    labels = ("department", "whole_department") if head.value("name") else ("whole_department", "department")
    department = heading.department or next((value for name in labels if (value := head.value(name))), None)
    return Setting(
        title=title,
        scope=scope_of(title),
        department=without_note_signs(department or Passage()),
        amount_unit=heading.amount_unit or _unit_in(_money_labels(head, band)) or _sole_unit(head.others),
        year=_year(title, lines) or _labelled_year(head),
        project=heading.project,
        doubts=heading.doubts,
    )


def _unit_in(labels: Iterable[Passage]) -> Passage:
    for label in labels:
        if match := _MONEY.search(label.text):
            return label[match.start("unit") : match.end("unit")]
    return Passage()


def _sole_unit(others: Iterable[Passage]) -> Passage:
    """Take the unit behind words that are no known label (经费来源（万元）), if there is but one."""
    units = [unit for other in others if not _DIGIT.search(other.text) and (unit := _unit_in([other]))]
    return units[0] if len({unit.text for unit in units}) == 1 else Passage()


def _money_labels(head: Head, band: Band | None) -> Iterator[Passage]:
    is_money = {id(label): label.field == "funds" or label.field in AMOUNT_LABELS for label in head.labels}
    yield from (label.text for label in sorted(head.labels, key=lambda label: not is_money[id(label)]))
    for column in band.columns if band else ():
        if column.field in AMOUNTS:
            yield from (column.head, column.parent)


def _year(title: Passage, lines: Sequence[Passage]) -> Passage:
    """
    Find the year that the table states, in its title, between title and table, or in a line of its own.

    A year within a project's name that the title repeats is the project's, not the table's.
    """
    own = title[len(project_in_title(title)) :] if project_in_title(title) else title
    below = lines[_position(title, lines) + 1 :] if title else lines[-3:]
    alone = [line for line in reversed(lines) if _ONLY_A_YEAR.fullmatch(line.text)]
    for line in (own, *below, *alone):
        if match := _YEAR.search(line.text):
            return line[slice(*match.span("digits"))] + line[slice(*match.span("word"))]
    return Passage()


def _labelled_year(head: Head) -> Passage:
    """Give the year with its label (预算年度：2026): alone it might be any number."""
    found = next((label for label in head.labels if label.field == "year" and label.value), None)
    return found.text.strip(":： ") + Passage("：", (None,)) + found.value if found else Passage()


def _position(title: Passage, lines: Sequence[Passage]) -> int:
    return max(index for index, line in enumerate(lines) if as_title(line) == title)

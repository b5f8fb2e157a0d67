"""The five seeds, as the text they are, against what a person checked."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from services.parse.forms.flattened.text_document import read_text_document
from services.parse.readings import IndicatorReading, ProjectReading, TableReading, TotalReading
from shared.values.amounts import read_amount
from tests.builders.text_tables import amounts, doubts, kinds, projects

KINDS = {"total": "grand_total", "unit": "unit_total", "project": "project"}
COLUMNS = ("total", "fiscal", "special_account", "other")
FIELDS = {  # of the record, and as the truth calls them
    "sequence_printed": "seq",
    "level1_code": "l1_code",
    "level1": "l1",
    "level2_code": "l2_code",
    "level2": "l2",
    "name": "name",
    "period_target": "period_value",
    "annual_target": "annual_value",
}


def seed(documents: Path, number: str) -> TableReading:
    (path,) = (documents / "seeds").glob(f"{number}_*.txt")
    (table,) = read_text_document(path.read_bytes())[1].tables
    return table


def truth(documents: Path, number: str) -> dict[str, Any]:
    return json.loads((documents / "truth" / "seeds" / f"{number}.json").read_text("utf-8"))


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_every_row_name_and_amount_is_exact(documents: Path, number: str) -> None:
    table, expected = seed(documents, number), truth(documents, number)

    found_rows = [(*row, *money(member)) for row, member in zip(kinds(table), table.members, strict=True)]
    expected_rows = [
        (KINDS[row["kind"]], "".join(row["name_raw"].split()), *(row[column] for column in COLUMNS))
        for row in expected["rows"]
    ]
    assert not mismatches(found_rows, expected_rows)
    assert table.title.text == expected["title"]
    assert table.department.text == expected["department"]


@pytest.mark.parametrize("number", ["000", "001", "003"])
def test_every_goal_is_exact_as_printed(documents: Path, number: str) -> None:
    goals = [
        (project.fields["name"].text, project.fields["goal"].text)
        for project in projects(seed(documents, number))
    ]

    expected = [
        ("".join(row["name_raw"].split()), "".join(row["goal_raw"].split()))
        for row in truth(documents, number)["rows"]
        if row["kind"] == "project"
    ]
    assert not mismatches(goals, expected)


@pytest.mark.parametrize(("number", "count"), [("000", 129), ("001", 43), ("003", 404)])
def test_every_indicator_is_exact_in_every_field(documents: Path, number: str, count: int) -> None:
    found = [
        (project.fields["name"].text, *fields_of(indicator))
        for project in projects(seed(documents, number))
        for indicator in project.indicators
    ]

    expected = [
        (
            "".join(row["name_raw"].split()),
            *(str(item[key]) if item[key] else None for key in FIELDS.values()),
        )
        for row in truth(documents, number)["rows"]
        for item in row["indicators"]
    ]
    assert not mismatches(found, expected)
    assert len(found) == count


@pytest.mark.parametrize(
    ("number", "units", "project_count", "indicator_count", "damaged"),
    [
        ("000", 2, 32, 129, 0),
        ("001", 1, 9, 43, 0),
        ("002", 2, 62, 261, 3),
        ("003", 4, 71, 404, 1),
        ("004", 1, 28, 183, 0),
    ],
)
def test_nothing_is_lost_and_nothing_invented(
    documents: Path, number: str, units: int, project_count: int, indicator_count: int, damaged: int
) -> None:
    table = seed(documents, number)

    found = Counter(kind for kind, _ in kinds(table))
    assert found == {"grand_total": 1, "unit_total": units, "project": project_count}
    assert sum(len(project.indicators) for project in projects(table)) == indicator_count
    assert doubts(table).count("indicator_damaged") == damaged


def test_irregular_clauses_of_002_are_noted_one_by_one(documents: Path) -> None:
    indicators = [each for project in projects(seed(documents, "002")) for each in project.indicators]

    noted = Counter(doubt.code for indicator in indicators for doubt in indicator.doubts)
    assert noted["annual_missing"] == 9
    assert noted["duplicate_clause"] == 8  # six repeated, one melted into the next, one garbled
    assert noted["numbering_gap"] == 6


def test_periods_and_years_of_002_and_004_differ_only_where_they_are_printed_so(documents: Path) -> None:
    different = {
        (fields_of(indicator)[-2], fields_of(indicator)[-1])
        for number in ("002", "004")
        for project in projects(seed(documents, number))
        for indicator in project.indicators
        if "annual_missing" not in {doubt.code for doubt in indicator.doubts}
        if fields_of(indicator)[-2] != fields_of(indicator)[-1]
    }

    assert different == {("≤5次", "≦5次"), ("无", "1份"), (None, "1份")}


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_field_stands_on_the_paper_where_it_says(documents: Path, number: str) -> None:
    (path,) = (documents / "seeds").glob(f"{number}_*.txt")
    pages, reading = read_text_document(path.read_bytes())
    printed = {
        (page.number, left, word.box.top): character
        for page in pages
        for word in page.words
        for character, left in zip(word.text, word.edges, strict=False)
    }

    for project in projects(reading.tables[0]):
        for indicator in project.indicators:
            for field in indicator.fields.values():
                found = "".join(printed[p.page, p.x0, p.top] for p in field.places if p is not None)
                assert found == field.text.replace(" ", "")


def fields_of(indicator: IndicatorReading) -> tuple[str | None, ...]:
    return tuple(indicator.fields[name].text if name in indicator.fields else None for name in FIELDS)


def money(member: ProjectReading | TotalReading) -> list[float | None]:
    read = {column: read_amount(text) for column, text in amounts(member).items()}
    return [float(read[column] or "nan") if column in read else None for column in COLUMNS]


def mismatches(found: list[Any], expected: list[Any]) -> str:
    """Print what was read and what should have been, for each that differs."""
    pairs = zip(found, expected, strict=False)
    wrong = [f"read {one}\n     {other}" for one, other in pairs if one != other]
    if len(found) != len(expected):
        wrong.append(f"read {len(found)} instead of {len(expected)}")
    return "\n".join(wrong)

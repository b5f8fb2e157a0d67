"""Records as rows that a spreadsheet opens."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.spreadsheet import COLUMNS, safe_cell, write_records
from shared.contracts.flattening import records_of
from shared.contracts.records import Document
from tests.builders.records import indicator, project, table, target


def records(*indicators):
    document = Document(
        document_id="d" * 64,
        file_name="a.pdf",
        media_type="application/pdf",
        size_bytes=1,
        parser_version="1",
        reader_versions={},
        pages=(),
        tables=(table(project("经费", "10.00", indicators=indicators)),),
    )
    return records_of(document)


def rows(*indicators):
    text = io.StringIO()
    count = write_records(records(*indicators), text)
    found = list(csv.DictReader(io.StringIO(text.getvalue().removeprefix("\ufeff"))))
    assert len(found) == count
    return found


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "＝1+1", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_calculate_is_shown_instead(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12.50", "+3", "≥95%", "满意度", "", "0", "-5%"])
def test_what_is_no_formula_is_left_alone(text):
    assert safe_cell(text) == text


@given(st.from_regex(r"[=+\-@＝＋－＠\t\r\n]\w*", fullmatch=True).filter(lambda text: not text[1:].isdigit()))
def test_nothing_that_begins_like_a_formula_stays_one(text):
    assert safe_cell(text) == f"'{text}"


def test_an_archive_without_records_gives_the_headings():
    assert rows() == []


def test_each_record_is_a_row_with_its_target_and_its_money():
    (row,) = rows(indicator("满意度", None, annual_target=target("≥95%", "%", lower="95")))

    assert (row["name"], row["annual_target"], row["amount_total"]) == ("满意度", "≥95%", "10.00")
    assert (row["annual_operator"], row["annual_lower"], row["annual_unit"]) == ("ge", "95", "%")


def test_a_cell_with_line_breaks_and_quotes_stays_one_cell():
    (row,) = rows(indicator('他说"好"\n是', None))

    assert row["name"] == '他说"好"\n是'


def test_no_column_comes_twice():
    assert len(set(COLUMNS)) == len(COLUMNS)

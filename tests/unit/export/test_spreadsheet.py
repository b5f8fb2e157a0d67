"""Records as rows that a spreadsheet opens."""

import csv
import io
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from shared.contracts.flattening import records_of
from shared.contracts.records import Document
from shared.export import ExportFormat, write_chunks
from shared.export.cells import safe_cell
from shared.export.columns import COLUMNS, HEADINGS
from shared.export.workbook import LONGEST_TEXT
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


def written(shape, *indicators, **more):
    return b"".join(write_chunks(records(*indicators), shape, **more))


def rows(*indicators, **more):
    text = written(ExportFormat.csv, *indicators, **more).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheets(*indicators):
    return load_workbook(io.BytesIO(written(ExportFormat.xlsx, *indicators)))


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "+cmd", "-2+3", "@SUM(A1)", "＝1+1", "\t=1", "\r=1"])
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


def test_every_column_has_a_name_for_people():
    assert set(HEADINGS) == set(COLUMNS)


def test_a_row_says_where_it_is_from():
    (row,) = rows(indicator("满意度", None), site="http://archive")

    assert (row["document_id"], row["file_name"], row["page"], row["parser_version"]) == (
        "d" * 64,
        "a.pdf",
        "1",
        "1",
    )
    assert row["link"] == f"http://archive/documents/{row['document_id']}/records/{row['record_id']}?page=1"


def test_a_line_is_a_whole_record_and_where_it_is_shown():
    line = json.loads(written(ExportFormat.jsonl, indicator("满意度", None), site="http://archive"))

    place = f"documents/{line['document_id']}/records/{line['record_id']}?page=1"
    assert (line["name"], line["link"]) == ("满意度", f"http://archive/{place}")
    assert "link" not in json.loads(written(ExportFormat.jsonl, indicator("满意度", None)))


def test_a_workbook_holds_texts_as_texts_and_numbers_as_numbers():
    sheet = sheets(indicator("=1+1", None), indicator("\x07<&>\r\n", None, weight="12.5")).active
    columns = {cell.value: cell.column for cell in sheet[1]}

    assert [sheet.cell(row, columns["name"]).value for row in (2, 3)] == ["=1+1", "�<&>\r\n"]
    assert sheet.cell(2, columns["name"]).data_type == "s"
    assert (sheet.cell(3, columns["weight"]).value, sheet.cell(2, columns["page"]).value) == (12.5, 1)
    assert sheet.cell(2, columns["document_id"]).value == "d" * 64


def test_what_looks_like_an_escape_of_the_format_is_kept_as_it_is():
    package = zipfile.ZipFile(io.BytesIO(written(ExportFormat.xlsx, indicator("_x000D_", None))))

    assert "_x005F_x000D_" in package.read("xl/worksheets/sheet1.xml").decode()


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    sheet = sheets(indicator("长" * (LONGEST_TEXT + 1), None)).active
    text = sheet.cell(2, COLUMNS.index("name") + 1).value

    assert len(text) == LONGEST_TEXT
    assert text.endswith("（已截断）")


def test_rows_that_a_sheet_cannot_hold_go_to_the_next(monkeypatch):
    monkeypatch.setattr("shared.export.workbook.MOST_ROWS", 4)
    book = sheets(*(indicator(f"指标{number}", None) for number in range(7)))

    assert [sheet.max_row for sheet in book] == [4, 4, 2]
    assert [sheet.cell(1, 1).value for sheet in book] == ["record_id"] * 3


def test_an_empty_workbook_opens():
    assert sheets().active.max_row == 1


def test_rows_leave_while_the_next_ones_are_not_yet_read():
    def endless():
        while True:
            yield from records(indicator("满意度", None))

    for shape in ExportFormat:
        chunks = write_chunks(endless(), shape)
        assert sum(len(next(chunks)) for _ in range(3)) > 0

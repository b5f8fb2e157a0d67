"""What must be true of every record of a real document."""

from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

from services.parse.assembly.amounts import COLUMNS
from services.parse.document import read_document
from services.parse.readers.pdf import read_pages
from services.parse.readers.text import read_text_pages
from shared.contracts.flattening import records_of
from shared.values.amounts import read_amount

TEXTS = ["seeds/000_e693f9f3c7101de7.txt", "seeds/003_f4ea0fb75d9f66a1.txt"]
PDFS = [
    "rendered/001.digital.song.pdf",
    "rendered/001.digital.hei.pdf",
    "rendered/001.borderless.song.pdf",
    "rendered/001.form.song.pdf",
    "real/beijing_xinfang_2026.pdf",
    "real/central_xinfang_2026.pdf",
    "real/changchun_xinfang_2026.pdf",
    "real/guangzhou_zsj_xiangmu_2026.pdf",
    "real/guangzhou_zsj_zhengti_2026.pdf",
    "real/yantai_xinfang_2026.pdf",
]
TARGETS = ("annual_target", "period_target", "actual")


@cache
def read(path: Path, name: str = "a file"):
    media_type = "application/pdf" if path.suffix == ".pdf" else "text/plain"
    return read_document(path.read_bytes(), file_name=name, media_type=media_type)


@cache
def printed_lines(path: Path):
    """All characters of a document with their middles, by page."""
    content = path.read_bytes()
    pages = read_pages(content) if path.suffix == ".pdf" else read_text_pages(content)
    found = defaultdict(list)
    for page in pages:
        for word in page.words:
            for character, left, right in zip(word.text, word.edges, word.edges[1:], strict=False):
                found[page.number].append((word.box.middle, (left + right) / 2, character))
    return found


def inside(path: Path, boxes):
    """The characters whose middles lie in the boxes, in reading order."""
    text = ""
    for box in boxes:
        in_box = [
            (x, character)
            for middle, x, character in printed_lines(path)[box.page]
            if box.top <= middle <= box.bottom and box.x0 <= x <= box.x1
        ]
        text += "".join(character for _, character in sorted(in_box))
    return "".join(text.split())


def fields_of(part):
    for name, boxes in part.boxes.items():
        value = getattr(part, name, None)
        text = value.text if name in TARGETS and value else value
        if isinstance(text, str):
            yield name, "".join(text.split()), boxes


@pytest.mark.parametrize("file", [*TEXTS, *PDFS])
def test_the_words_inside_the_boxes_of_a_field_are_the_field(documents, file):
    path = documents / file
    wrong = []
    for table in read(path).tables:
        for project in table.projects:
            for part in (project, *project.indicators):
                for name, text, boxes in fields_of(part):
                    if name not in ("weight", "score") and inside(path, boxes) != text:
                        wrong.append((project.name, name, text, inside(path, boxes)))

    assert wrong == []


@pytest.mark.parametrize("file", [*TEXTS, *PDFS])
def test_the_figures_inside_the_boxes_of_an_amount_are_the_amount(documents, file):
    path = documents / file
    rows = [row for table in read(path).tables for row in (*table.projects, *table.totals)]
    compared = 0
    for row in rows:
        for column in COLUMNS:
            if column in row.boxes and getattr(row.amounts, column):
                assert read_amount(inside(path, row.boxes[column])) == getattr(row.amounts, column), row.name
                compared += 1

    assert compared > 0


@pytest.mark.parametrize("file", [*TEXTS, *PDFS])
def test_every_field_that_was_read_says_where_it_is_printed(documents, file):
    for record in records_of(read(documents / file)):
        printed = {"name", "level1", "level2", *TARGETS}
        read_fields = {field for field in printed if getattr(record, field)}

        assert read_fields <= record.boxes.keys(), record.record_id


@pytest.mark.parametrize("file", [*TEXTS, *PDFS])
def test_no_two_records_share_an_id(documents, file):
    ids = [record.record_id for record in records_of(read(documents / file))]

    assert len(set(ids)) == len(ids) > 0


@pytest.mark.parametrize("file", [TEXTS[0], PDFS[0]])
def test_the_same_bytes_give_the_same_document_whatever_they_are_called(documents, file):
    path = documents / file
    again = read.__wrapped__(path, "2019年北京市.pdf")

    assert again.model_copy(update={"file_name": "a file"}) == read(path)


def test_the_project_that_was_lost_is_reported_with_its_amount(documents):
    found = [finding for finding in read(documents / TEXTS[1]).findings if finding.code == "rows_missing"]

    assert len(found) == 1
    assert "716.35" in found[0].message


@pytest.mark.parametrize(("seed", "damaged"), [("002", 3), ("003", 1)])
def test_every_damaged_indicator_is_flagged_and_none_is_invented(documents, seed, damaged):
    document = read(next((documents / "seeds").glob(f"{seed}_*")))

    assert [finding.code for finding in document.findings].count("indicator_damaged") == damaged


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("beijing_caizheng_2026_no_table.pdf", "no_table"),
        ("beijing_junmin_2026_empty_forms.pdf", "empty_form"),
        ("yulin_xinfang_scan.pdf", "waiting_for_ocr"),
    ],
)
def test_an_empty_result_says_why(documents, file, code):
    document = read(documents / "real" / file)

    assert list(records_of(document)) == []
    assert code in {finding.code for finding in document.findings}

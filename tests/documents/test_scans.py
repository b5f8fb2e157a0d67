"""Real scans are read as a person reads them; the lines were typed from pictures of the pages."""

import json
from pathlib import Path

import pytest

from services.ingest.survey import survey_content
from services.ocr.engines.installed import installed_engines
from services.ocr.recognition import recognise_page
from services.parse.document import read_document
from services.parse.tables.lines import group_into_lines
from tests.builders.scans import folded

LEAST_LINES = 0.98
TRUTHS = list((Path(__file__).parent / "truth").glob("*_scan.json"))

pytestmark = pytest.mark.skipif(not installed_engines("rapidocr"), reason="RapidOCR is not installed")


@pytest.mark.parametrize("answer", TRUTHS, ids=lambda path: path.stem)
def test_typed_lines_are_read(answer, documents):
    truth = json.loads(answer.read_text())
    content = (documents / "real" / f"{answer.stem}.pdf").read_bytes()
    lines, missing = 0, []
    for number, printed in truth["printed"].items():
        page = recognise_page(content, int(number), "no_text_layer", threads=2)
        read = folded("".join(word.text for line in group_into_lines(page.words) for word in line))
        lines += len(printed)
        missing += [line for line in printed if folded(line) not in read]

    assert len(missing) <= (1 - LEAST_LINES) * lines, missing


def test_a_sealed_form_is_read_cell_by_cell(documents):
    path = documents / "real" / "changsha_caizheng_2024_scan.pdf"
    content = path.read_bytes()
    recognised = {5: recognise_page(content, 5, "no_text_layer", threads=2)}

    document = read_document(
        content, file_name=path.name, media_type="application/pdf", recognised=recognised
    )

    (project,) = document.tables[0].projects
    assert (project.amounts.central, project.amounts.local, project.amounts.total) == ("29231", "17132", None)
    assert len(project.indicators) == 7
    assert all(each.boxes["name"] for each in project.indicators)


def test_what_nobody_sees_is_not_read_but_kept_as_a_second_reading(documents):
    content = (documents / "hostile" / "docling_invisible_text_layer.pdf").read_bytes()

    survey = survey_content(content, file_name="hidden.pdf", page_limit=9)
    page = recognise_page(content, 1, survey.scanned_pages[1], threads=2)

    assert page.reason == "hidden_text_layer"
    assert "".join(word.text for word in page.words) == "Visibleheadingline"
    assert "Invisible OCR text layer" in page.distrusted_text

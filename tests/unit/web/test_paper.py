import pytest

from services.search.documents.surroundings import (
    find_surroundings,
    findings_of,
    table_lines,
    unexplained_codes,
)
from services.search.papers.paper import page_sheet, record_sheets
from shared.contracts.flattening import records_of
from shared.contracts.records import Finding, PageBox, PageSummary
from tests.builders.records import grand_total, table, unit_total
from tests.builders.web import document_of, indicator_at, placed, project_of, street_lights


def test_the_name_and_the_target_lie_on_top_of_everything_else() -> None:
    document = street_lights()
    project = document.tables[0].projects[0]

    (sheet,) = record_sheets(document, project.indicators[0], project)

    assert [(mark.field, mark.rank) for mark in sheet.marks] == [
        ("project-name", "third"),
        ("project-goal", "third"),
        ("name", "first"),
        ("annual_target", "first"),
    ]


def test_a_mark_covers_the_printed_box() -> None:
    document = street_lights()
    indicator = document.tables[0].projects[0].indicators[0]

    (sheet,) = record_sheets(document, indicator, None)

    mark, (box,) = sheet.marks[0], indicator.boxes["name"]
    assert mark.x < box.x0
    assert mark.y < box.top
    assert mark.x + mark.width > box.x1
    assert mark.y + mark.height > box.bottom


@pytest.mark.parametrize(
    ("rotation", "upright", "turning"),
    [
        (90, (842, 595), "translate(842 0) rotate(90)"),
        (180, (595, 842), "translate(595 842) rotate(180)"),
        (270, (842, 595), "translate(0 595) rotate(270)"),
    ],
)
def test_paper_that_lies_on_its_side_is_shown_upright(rotation, upright, turning) -> None:
    scan = PageSummary(
        number=1, width=595, height=842, source="ocr", reason="no_text_layer", rotation=rotation
    )
    document = street_lights().model_copy(update={"pages": (scan,)})

    sheet = page_sheet(document, 1)

    assert (sheet.upright, sheet.turning) == (upright, turning)


def test_an_indicator_that_goes_on_over_a_page_is_shown_on_both() -> None:
    boxes = {"name": (*placed(1), *placed(2, top=40))}
    document = document_of(project_of("绿化经费", indicator_at("成活率", None, boxes=boxes)))

    sheets = record_sheets(document, document.tables[0].projects[0].indicators[0], None)

    assert [(sheet.number, len(sheet.marks)) for sheet in sheets] == [(1, 1), (2, 1)]


def test_an_indicator_without_boxes_is_shown_on_its_page_unmarked() -> None:
    document = document_of(project_of("绿化经费", indicator_at("成活率", None, boxes={}, page=2)))

    (sheet,) = record_sheets(document, document.tables[0].projects[0].indicators[0], None)

    assert (sheet.number, sheet.marks) == (2, ())


def test_a_whole_page_links_each_indicator_and_marks_what_was_noticed() -> None:
    noticed = Finding(
        code="sum_mismatch", severity="error", message="合计不符。", page=1,
        box=PageBox(page=1, x0=10, top=10, x1=60, bottom=20),
    )  # fmt: skip
    document = street_lights().model_copy(update={"findings": (noticed,)})

    sheet = page_sheet(document, 1)

    assert sheet is not None
    assert [mark.label for mark in sheet.marks if mark.rank == "doubt"] == ["合计不符。"]
    assert {mark.href for mark in sheet.marks if mark.href} == {
        "/records/r-路灯维修及时率#cell",
        "/records/r-亮灯率#cell",
        "/records/r-市民满意度#cell",
    }


def test_a_page_that_the_document_does_not_have_is_none() -> None:
    assert page_sheet(street_lights(), 3) is None


def test_a_record_is_found_with_the_project_around_it() -> None:
    around = find_surroundings(street_lights(), "r-亮灯率")

    assert around is not None
    assert [indicator.name for indicator in around.project.indicators] == ["路灯维修及时率", "亮灯率"]
    assert find_surroundings(street_lights(), "r-别的") is None


def test_a_code_is_only_shown_bare_where_no_sentence_explains_it() -> None:
    document = street_lights()
    record = next(record for record in records_of(document) if record.findings)

    assert unexplained_codes(record, findings_of(document, record)) == []
    assert unexplained_codes(record, []) == ["level_blank"]


def test_a_sum_stands_above_the_projects_that_it_sums() -> None:
    projects = [
        project_of("甲", budget_unit="一所"),
        project_of("乙", budget_unit="二所"),
        project_of("丙", budget_unit="二所"),
    ]
    sums = (unit_total("二所", "2"), unit_total("一所", "1"), grand_total("3"), unit_total("三所", "0"))

    lines = table_lines(table(*projects, totals=sums))

    names = [(total or project).name for total, project in lines if total or project]  # type: ignore[union-attr]
    assert names == ["合计", "一所", "甲", "二所", "乙", "丙", "三所"]

"""More than two documents side by side, and units to compare where a document as a whole has no other."""

from pathlib import Path

import pytest

from tests.builders.web import WebArchive, document_of, indicator_at, project_of, promise

UNIT = "云州市路灯管理所"


@pytest.fixture
def archive(tmp_path: Path) -> WebArchive:
    return WebArchive(tmp_path)


def budget(archive, year, target, *extra, department="云州市城市管理局"):
    lit = indicator_at("亮灯率", promise(target)).model_copy(update={"record_id": f"r-{year}-{department}"})
    project = project_of(f"{year}年路灯养护经费", lit, *extra, budget_unit=UNIT)
    return archive.add(
        document_of(project, name=f"{department}{year}.pdf", fiscal_year=year, department=department)
    )


def side_by_side(archive, documents, path="/compare/all"):
    return archive.client.get(path, {"document": [one.document_id for one in documents], "unit": UNIT})


def test_years_stand_side_by_side_in_their_order_and_rows_that_differ_are_marked(archive):
    only_here = indicator_at("投诉处理率", promise("100%"))
    documents = [
        budget(archive, 2026, "≥98%", only_here),
        budget(archive, 2024, "≥95%"),
        budget(archive, 2025, "≥95%"),
    ]

    table = side_by_side(archive, documents, "/api/compare/all.csv").text.splitlines()
    page = side_by_side(archive, documents).text

    assert [head.split(" ")[-1][:4] for head in table[0].split(",")[2:]] == ["2024", "2025", "2026"]
    assert table[1:] == ["2026年路灯养护经费,亮灯率,≥95%,≥95%,≥98%", "2026年路灯养护经费,投诉处理率,,,100%"]
    assert page.count('<tr class="changed">') == 1


def test_one_document_alone_is_no_comparison(archive):
    document = budget(archive, 2026, "≥98%")

    assert side_by_side(archive, [document, document]).status_code == 400


def test_a_comparison_of_two_leads_to_all_of_them(archive):
    documents = [budget(archive, year, "≥95%") for year in (2024, 2025, 2026)]

    page = archive.client.get("/compare", {"document": documents[0].document_id, "unit": UNIT}).text

    assert "/compare/all?document=" in page


def test_a_document_without_another_of_its_department_offers_its_units(archive):
    document = budget(archive, 2025, "≥95%")
    budget(archive, 2026, "≥98%", department="云州市住房和城乡建设局")

    page = archive.client.get("/compare", {"document": document.document_id}).text

    assert f"/compare?document={document.document_id}&amp;unit=" in page

"""The page of a record: what is near it, what it answers, and addresses that last."""

import re
from pathlib import Path

import pytest

from shared.contracts.artifacts import RECOGNISED, SURVEY, Survey, recognised_part
from shared.contracts.ledger import Source
from shared.contracts.pages import Box, Page, Word
from shared.contracts.records import Amounts, Finding, PageBox, PageSummary, Total
from tests.builders.records import table
from tests.builders.web import WebArchive, document_of, indicator_at, project_of, promise, street_lights

CELL = PageBox(page=1, x0=10, top=50, x1=60, bottom=60)


@pytest.fixture
def archive(tmp_path: Path) -> WebArchive:
    built = WebArchive(tmp_path)
    built.add(street_lights())
    return built


def permanent(archive: WebArchive, record_id: str) -> str:
    page = archive.client.get(f"/records/{record_id}").text
    return re.search(r'id="permanent" href="http://archive([^"]+)"', page)[1].replace("&amp;", "&")


def test_what_answers_the_query_is_marked_on_the_record(archive: WebArchive) -> None:
    page = archive.client.get("/records/r-亮灯率", {"q": "亮灯"}).text

    assert '<h1 data-field="name"><mark>亮灯</mark>率</h1>' in page


def test_a_record_that_does_not_answer_leads_back_to_the_answers(archive: WebArchive) -> None:
    page = archive.client.get("/records/r-亮灯率", {"q": "维修"}).text

    assert re.search(r'<a href="/\?q=[^"]+">返回结果</a>', page)


def test_a_citation_names_document_page_hash_day_and_parser(archive: WebArchive) -> None:
    page = archive.client.get("/records/r-亮灯率").text

    cited = re.search(r'<textarea id="citation"[^>]*>([^<]+)', page)[1]
    assert street_lights().document_id in cited
    assert re.search(r"第1页.*读取于 \d{4}-\d\d-\d\d；解析版本 0\.1\.0；http://archive/documents/", cited)


def test_a_permanent_link_survives_the_loss_of_the_index(archive: WebArchive) -> None:
    link = permanent(archive, "r-亮灯率")
    archive.index.remove(street_lights().document_id)

    assert archive.client.get(link).status_code == 200
    assert "亮灯率" in archive.client.get(link).text


def test_a_permanent_link_to_what_a_newer_parser_reads_otherwise_leads_to_the_page(
    archive: WebArchive,
) -> None:
    link = permanent(archive, "r-亮灯率")
    archive.add(document_of(project_of("另一种读法"), name=street_lights().file_name))

    answer = archive.client.get(link)

    assert answer.status_code == 404
    assert f"/documents/{street_lights().document_id}/pages/1" in answer.text


def test_a_document_whose_place_another_took_says_so_and_can_still_be_cited(archive: WebArchive) -> None:
    old, new = street_lights(), document_of(project_of("新版"), name="新.pdf")
    link = permanent(archive, "r-亮灯率")
    archive.add(new)
    source = Source(bucket="inbox", key=old.file_name, document_id=new.document_id)
    archive.ledger.record_source(source, file_name=old.file_name, size_bytes=1)
    archive.index.remove(old.document_id)
    archive.ledger.set_state(old.document_id, "superseded", records=0)

    cited = archive.client.get(link)

    assert cited.status_code == 200
    assert "已有新版本" in cited.text
    assert f'href="/documents/{new.document_id}"' in cited.text


def test_a_document_replaced_twice_leads_to_the_newest(archive: WebArchive) -> None:
    old, newer, newest = (
        street_lights(),
        *(document_of(project_of(name), name=name) for name in ("新", "最新")),
    )
    link = permanent(archive, "r-亮灯率")
    for new, before in ((newer, old), (newest, newer)):
        archive.add(new)
        source = Source(bucket="inbox", key=old.file_name, document_id=new.document_id)
        archive.ledger.record_source(source, file_name=old.file_name, size_bytes=1)
        archive.ledger.set_state(before.document_id, "superseded", records=0)

    cited = archive.client.get(link)

    assert cited.status_code == 200
    assert f'href="/documents/{newest.document_id}"' in cited.text


def test_a_document_that_was_removed_cannot_be_opened_any_more(archive: WebArchive) -> None:
    link = permanent(archive, "r-亮灯率")
    archive.ledger.set_state(street_lights().document_id, "removed")

    assert archive.client.get(link).status_code == 404


def test_the_rows_around_show_the_sums_and_what_is_wrong_with_them(archive: WebArchive) -> None:
    projects = [project_of(f"项目{number}", budget_unit="路灯所") for number in range(9)]
    here = project_of("要看的项目", indicator_at("亮灯率", promise("≥95%")), budget_unit="路灯所")
    total = Total(
        kind="unit_total", name="路灯所", amounts=Amounts(total="999"), page=1, boxes={"total": (CELL,)}
    )
    wrong = Finding(code="sum_mismatch", severity="error", message="相差 7", page=1, box=CELL)
    archive.add(
        document_of(name="长表.pdf", tables=(table(*projects, here, totals=(total,)),), findings=(wrong,))
    )

    rows = archive.client.get("/records/r-亮灯率").text
    rows = rows[rows.index('class="rows-around"') :]

    assert "相差 7" in rows
    assert all(name in rows for name in ("项目7", "项目8", "要看的项目"))
    assert "项目3" not in rows


def test_a_scan_is_shown_beside_its_reading_where_that_is_switched_on(archive: WebArchive) -> None:
    scan = archive.add(
        document_of(
            project_of("经费", indicator_at("清扫率", promise("≥95%"), record_id="s")),
            name="扫描.pdf",
            pages=(PageSummary(number=1, width=842, height=595, source="ocr", reason="no_text_layer"),),
        )
    )
    survey = Survey(
        document_id=scan.document_id,
        file_name=scan.file_name,
        media_type=scan.media_type,
        size_bytes=1,
        page_count=1,
        scanned_pages={1: "no_text_layer"},
    )
    SURVEY.save(archive.store, scan.document_id, survey)
    words = (Word("清扫率", Box(10, 10, 60, 22), (10.0,) * 4, 0.6),)
    page = Page(1, 842, 595, "ocr", "no_text_layer", words, engine="engine 1")
    RECOGNISED.save(archive.store, scan.document_id, page, recognised_part(1, "engine 1"))

    off = archive.client.get("/records/s").text
    on = archive.client.get("/records/s", {"words": "true"}).text
    beside = archive.client.get(f"/documents/{scan.document_id}/pages/1", {"words": "true"}).text

    assert 'aria-checked="false"' in off
    assert "recognised" not in off
    assert '<rect x="10" y="10" width="50" height="12" class="unsure"/>' in on.replace('.0"', '"')
    assert '<mark class="unsure" title="把握 60%">清扫率</mark>' in beside

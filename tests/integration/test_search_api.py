"""The search service over HTTP, on ports in memory and the real ledger."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.search.health import Pulse
from shared.contracts.errors import DamagedDocument, DependencyUnavailable
from shared.contracts.ledger import QuarantineEntry, Source
from shared.contracts.search import FACETS
from shared.runtime.database import now
from shared.runtime.search_index import TantivyIndex
from tests.builders.web import (
    PICTURE,
    WebArchive,
    document_of,
    indicator_at,
    project_of,
    promise,
    street_lights,
    text_page,
)

PARAMETERS = ("after", "size", "sort", "passed", "trail", "page", *FACETS)
typed = st.text(max_size=30) | st.sampled_from(
    [
        '"',
        "((((",
        "指标:",
        "年:abc",
        "≥",
        "满意度≥",
        "-",
        "OR",
        "\0",
        "\ud7ff",
        "%00",
        "a" * 2000,
        "金额:>",
        "年:..",
        "*",
        "'; --",
    ]
)


@pytest.fixture
def archive(tmp_path: Path) -> WebArchive:
    built = WebArchive(tmp_path)
    built.add(street_lights())
    return built


def test_a_search_answers_with_an_exact_total_facets_and_highlights(archive: WebArchive) -> None:
    answer = archive.client.get("/api/search", {"q": "率", "size": 1}).json()

    assert answer["total"] == 2
    assert answer["hits"][0]["record"]["name"] == "路灯维修及时率"
    assert answer["hits"][0]["highlights"]["name"] == [{"start": 6, "end": 7}]
    assert answer["facets"]["department"]["values"] == [{"value": "云州市城市管理局", "count": 2}]


def test_the_cursor_leads_to_every_hit_once(archive: WebArchive) -> None:
    met, after = [], None
    while True:
        answer = archive.client.get("/api/search", {"size": 1} | ({"after": after} if after else {})).json()
        met += [hit["record"]["record_id"] for hit in answer["hits"]]
        after = answer["next"]
        if after is None:
            break

    assert met == ["r-路灯维修及时率", "r-亮灯率", "r-市民满意度"]


def test_values_of_one_facet_are_alternatives(archive: WebArchive) -> None:
    archive.add(document_of(project_of("甲", indicator_at("成活率", None)), name="乙.pdf", fiscal_year=2024))

    both = archive.client.get("/api/search", [("year", "2024"), ("year", "2025")]).json()
    one = archive.client.get("/api/search", [("year", "2024")]).json()

    assert (both["total"], one["total"]) == (4, 1)
    assert {value["value"]: value["count"] for value in one["facets"]["year"]["values"]} == {
        "2025": 3,
        "2024": 1,
    }


def test_a_query_that_cannot_be_understood_is_told_where(archive: WebArchive) -> None:
    response = archive.client.get("/api/search", {"q": '路灯 "亮'})

    assert response.status_code == 400
    assert response.json() == {
        "code": "query_not_understood",
        "message_zh": "引号没有闭合，请补上另一半引号。",
        "message_en": "The quotation mark is not closed.",
        "start": 3,
        "end": 5,
    }


def test_a_wrong_value_of_a_list_is_told_by_the_lists_name(archive: WebArchive) -> None:
    problem = archive.client.get("/api/search?facets=colour").json()

    assert problem["message_zh"] == "参数无效：facets。"
    assert problem["message_en"].startswith("Invalid parameter: facets (Input should be 'place', ")


@pytest.mark.parametrize("wrong", ["size=-1", "size=many", "sort=upwards", "colour=red", f"q={'a' * 1001}"])
def test_a_wrong_parameter_is_a_problem_with_a_code(archive: WebArchive, wrong: str) -> None:
    response = archive.client.get(f"/api/search?{wrong}")

    assert (response.status_code, response.json()["code"]) == (400, "invalid_parameter")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/records/nothing", "record_not_found"),
        (f"/api/documents/{'0' * 64}", "document_not_found"),
        ("/api/documents/..%2F..%2Fetc", "not_found"),
        ("/api/documents/short/original", "document_not_found"),
        (f"/api/documents/{'0' * 64}/pages/1.png", "document_not_found"),
        ("/api/elsewhere", "not_found"),
    ],
)
def test_what_is_not_there_is_told_with_a_code(archive: WebArchive, path: str, code: str) -> None:
    response = archive.client.get(path)

    assert (response.status_code, response.json()["code"]) == (404, code)


def test_a_record_and_its_document_are_given_whole(archive: WebArchive) -> None:
    document = street_lights()

    assert archive.client.get("/api/records/r-亮灯率").json()["annual_target"]["text"] == "≥98%"
    assert archive.client.get(f"/api/documents/{document.document_id}").json() == document.model_dump(
        mode="json"
    )


def test_a_document_that_was_not_read_says_so(archive: WebArchive) -> None:
    unread = document_of(name="未读.pdf")
    archive.receive(unread)

    response = archive.client.get(f"/api/documents/{unread.document_id}")

    assert (response.status_code, response.json()["code"]) == (404, "reading_not_found")


def test_originals_are_downloads_and_never_pages_of_ours(tmp_path: Path) -> None:
    archive = WebArchive(tmp_path)
    page = archive.add(
        document_of(name='目标 "1".html', media_type="text/html"), b"<script>alert(1)</script>"
    )

    response = archive.client.get(f"/api/documents/{page.document_id}/original")

    assert response.content == b"<script>alert(1)</script>"
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"].startswith(
        "attachment; filename*=UTF-8''%E7%9B%AE%E6%A0%87%20%221"
    )
    assert response.headers["x-content-type-options"] == "nosniff"


def test_a_page_is_drawn_once_and_not_sent_to_a_browser_that_has_it(archive: WebArchive) -> None:
    path = f"/api/documents/{street_lights().document_id}/pages/1.png"

    first = archive.client.get(path)
    again = archive.client.get(path, headers={"If-None-Match": first.headers["etag"]})

    assert (first.content, first.headers["content-type"]) == (PICTURE, "image/png")
    assert (again.status_code, again.content) == (304, b"")
    assert archive.renderer.drawn == 1


@pytest.mark.parametrize("page", ["3.png", "0.png", "1.svg", "1.gif", "x.png"])
def test_a_page_that_cannot_be_had_is_no_picture(archive: WebArchive, page: str) -> None:
    response = archive.client.get(f"/api/documents/{street_lights().document_id}/pages/{page}")

    assert response.status_code in {400, 404}
    assert set(response.json()) == {"code", "message_zh", "message_en", "start", "end"}


def test_a_document_that_cannot_be_drawn_is_told_with_advice(archive: WebArchive) -> None:
    archive.renderer.failure = DamagedDocument(detail="xref")

    response = archive.client.get(f"/api/documents/{street_lights().document_id}/pages/1.png")

    assert (response.status_code, response.json()["code"]) == (422, "damaged")
    assert "xref" in response.json()["message_zh"]


def test_plain_text_is_shown_as_drawn_lines(tmp_path: Path) -> None:
    archive = WebArchive(tmp_path)
    document = archive.add(document_of(name="目标表.txt", media_type="text/plain"), b"...")
    archive.save_page(document, text_page("路灯维修及时率 ≥95%"))

    picture = archive.client.get(f"/api/documents/{document.document_id}/pages/1.svg")

    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "路灯维修及时率 ≥95%" in picture.text
    assert archive.client.get(f"/api/documents/{document.document_id}/pages/2.svg").status_code == 404


def test_a_kind_that_has_no_pages_is_told(tmp_path: Path) -> None:
    archive = WebArchive(tmp_path)
    sheet = archive.add(document_of(name="表.rtf", media_type="application/rtf"))

    response = archive.client.get(f"/api/documents/{sheet.document_id}/pages/1.png")

    assert (response.status_code, response.json()["code"]) == (415, "page_not_drawable")


def test_documents_are_listed_page_by_page_with_their_state(archive: WebArchive) -> None:
    archive.receive(document_of(name="未读.pdf"))

    first = archive.client.get("/api/documents", {"size": 1}).json()
    second = archive.client.get("/api/documents", {"size": 1, "offset": first["next"]}).json()

    states = {entry["file_name"]: entry["state"] for entry in first["documents"] + second["documents"]}
    assert states == {"城管局2025年绩效目标表.pdf": "indexed", "未读.pdf": "received"}
    assert second["next"] is None
    assert archive.client.get("/api/documents", {"state": "indexed"}).json()["documents"][0]["records"] == 3


def test_status_counts_documents_and_records(archive: WebArchive) -> None:
    assert archive.client.get("/api/status").json() == {
        "documents": {"indexed": 1},
        "records": 3,
        "quarantined": 0,
    }
    assert archive.client.get("/health").json() == {"status": "ok", "missing": []}


def test_health_names_what_cannot_be_reached_and_the_service_still_answers(archive: WebArchive) -> None:
    def gone() -> None:
        raise DependencyUnavailable("ledger")

    archive.app.state.pulse = Pulse({"ledger": gone})

    answer = archive.client.get("/health")

    assert (answer.status_code, answer.json()) == (200, {"status": "degraded", "missing": ["ledger"]})


def test_what_is_quarantined_is_shown_with_code_and_advice(archive: WebArchive) -> None:
    archive.ledger.put_quarantine(quarantined("截断.pdf"))

    assert archive.client.get("/api/quarantine").json()[0]["code"] == "truncated"
    shown = archive.client.get("/documents").text
    assert "截断.pdf" in shown
    assert "请重新下载" in shown


def quarantined(file_name: str) -> QuarantineEntry:
    return QuarantineEntry(
        entry_id="q-1",
        bucket="inbox",
        key=file_name,
        file_name=file_name,
        stage="ingest",
        code="truncated",
        advice="文件不完整，请重新下载。",
        event_type="DocumentUploaded",
        event={},
        quarantined_at=now(),
    )


def test_the_interface_is_described_without_the_pages_for_people(archive: WebArchive) -> None:
    described = archive.client.get("/openapi.json").json()

    for_programs = ("/health", "/feed", "/api/")
    assert {"/health", "/feed", "/api/search", "/api/export", "/api/suggest"} < set(described["paths"])
    assert [path for path in described["paths"] if not path.startswith(for_programs)] == []
    named = {parameter["name"] for parameter in described["paths"]["/api/search"]["get"]["parameters"]}
    assert set(FACETS) < named


@pytest.mark.parametrize(
    "path", ["/", "/?q=", "/?q=率", "/documents", "/records/r-亮灯率?q=率", "/api/search", "/elsewhere"]
)
def test_nothing_is_loaded_from_elsewhere_and_nothing_runs_inline(archive: WebArchive, path: str) -> None:
    response = archive.client.get(path)

    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "style=" not in response.text
    assert not set(re.findall(r"https?://[^/\"]*", response.text)) - {"http://archive"}


def test_a_search_page_shows_hits_facets_and_the_way_on(archive: WebArchive) -> None:
    page = archive.client.get("/", {"q": "亮灯率"}).text

    assert "<mark>亮灯率</mark>" in page
    assert "≥98%" in page
    assert "1,234.50 万元" in page
    assert 'href="/records/r-亮灯率?q=%E4%BA%AE%E7%81%AF%E7%8E%87#cell"' in page
    assert "云州市城市管理局" in page


def test_a_query_error_is_explained_with_the_place_marked(archive: WebArchive) -> None:
    response = archive.client.get("/", {"q": '路灯 "亮'})

    assert response.status_code == 400
    assert '路灯 <mark class="wrong">&#34;亮</mark>' in response.text
    assert "引号没有闭合，请补上另一半引号。" in response.text


def test_a_cursor_of_another_question_leads_to_the_first_page(tmp_path: Path) -> None:
    archive = WebArchive(tmp_path, index=TantivyIndex(tmp_path / "index"))
    archive.add(street_lights())

    response = archive.client.get("/", {"q": "率", "after": "mangled", "passed": "20"})

    assert (response.status_code, response.headers["location"]) == (303, "/?q=%E7%8E%87")


def test_no_answer_suggests_what_to_loosen(archive: WebArchive) -> None:
    page = archive.client.get("/", {"q": "亮灯率", "year": "1999"}).text

    assert "没有找到" in page
    assert "去掉全部筛选" in page


def test_a_hit_page_shows_cells_fields_neighbours_and_a_citation(archive: WebArchive) -> None:
    page = archive.client.get("/records/r-亮灯率", {"q": "率"}).text

    assert page.count('class="mark first"') == 2
    assert 'id="cell"' in page
    assert "路灯维修及时率" in page
    assert "2 / 2" in page
    assert "上一条</a>" in page
    assert street_lights().document_id in page
    assert f"http://archive/documents/{street_lights().document_id}/records/r-亮灯率?page=1" in page


def test_a_finding_is_told_in_its_own_words(archive: WebArchive) -> None:
    assert "二级指标一栏空白。" in archive.client.get("/records/r-市民满意度").text
    assert "二级指标一栏空白。" in archive.client.get(f"/documents/{street_lights().document_id}").text


def test_whatever_a_document_prints_is_text(tmp_path: Path) -> None:
    hostile = '"><script>alert(1)</script>'
    archive = WebArchive(tmp_path)
    named = indicator_at(hostile, promise(hostile), record_id="r-1", explanation=hostile, note=hostile)
    document = archive.add(
        document_of(
            project_of(hostile, named, budget_unit=hostile, goal=hostile),
            name=f"{hostile}.pdf",
            department=hostile,
            city=hostile,
        )
    )

    identity = document.document_id
    paths = ["/", "/?q=", f"/?q={hostile}", "/records/r-1?q=", "/documents", "/facets/city"]
    for path in [*paths, f"/documents/{identity}", f"/documents/{identity}/pages/1"]:
        assert "<script>alert" not in archive.client.get(path).text


def test_an_indicator_whose_name_was_lost_can_still_be_opened(tmp_path: Path) -> None:
    archive = WebArchive(tmp_path)
    archive.add(document_of(project_of("甲", indicator_at("", promise("90%"), record_id="lost"))))

    assert re.search(
        r'href="/records/lost[^>]*>\s*<span class="blank">指标名称未能读出', archive.client.get("/?q=").text
    )
    assert "指标名称未能读出" in archive.client.get("/records/lost").text


def test_a_withdrawn_document_is_not_there_any_more(archive: WebArchive) -> None:
    document = street_lights()
    archive.index.remove(document.document_id)
    archive.ledger.set_state(document.document_id, "removed")

    for path in (
        f"/documents/{document.document_id}",
        f"/api/documents/{document.document_id}/original",
        "/records/r-亮灯率",
    ):
        assert archive.client.get(path).status_code == 404


def test_the_same_file_from_two_places_is_shown_with_both(archive: WebArchive) -> None:
    document = street_lights()
    archive.ledger.record_source(
        Source(bucket="inbox", key="副本/同一份.pdf", document_id=document.document_id),
        file_name="同一份.pdf",
        media_type="application/pdf",
        size_bytes=1,
    )

    assert "副本/同一份.pdf" in archive.client.get(f"/documents/{document.document_id}").text


@pytest.fixture
def engine_archive(tmp_path: Path) -> WebArchive:
    built = WebArchive(tmp_path, index=TantivyIndex(tmp_path / "index"))
    built.add(street_lights())
    return built


def test_a_condition_finds_what_implies_it_and_marks_the_value(engine_archive: WebArchive) -> None:
    page = engine_archive.client.get("/", {"q": "率≥95%"}).text

    assert "<mark>≥98%</mark>" in page
    assert page.index("路灯维修及时") < page.index("满足条件") < page.index("亮灯")


def test_an_answer_that_stands_in_the_goal_is_shown_from_there(engine_archive: WebArchive) -> None:
    page = engine_archive.client.get("/", {"q": "夜间出行"}).text

    assert "绩效目标</span>路灯常亮，市民<mark>夜间出行</mark>放心。" in page


def test_a_query_that_the_language_does_not_know_is_marked(engine_archive: WebArchive) -> None:
    response = engine_archive.client.get("/", {"q": "路灯 年:去年"})

    assert response.status_code == 400
    assert "去年</mark>" in response.text


def test_every_example_on_the_page_is_understood(engine_archive: WebArchive) -> None:
    examples = re.findall(r'<dt><a href="([^"]+)"', engine_archive.client.get("/").text)

    assert len(examples) == 6
    assert {engine_archive.client.get(example).status_code for example in examples} == {200}


@pytest.mark.parametrize("facet", FACETS)
def test_following_a_facet_of_a_real_engine_finds_as_many_as_it_says(
    engine_archive: WebArchive, facet: str
) -> None:
    answer = engine_archive.client.get("/api/search", {"facets": facet}).json()

    for value in answer["facets"][facet]["values"]:
        chosen = engine_archive.client.get("/api/search", {facet: value["value"]}).json()
        assert chosen["total"] == value["count"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed, st.dictionaries(st.sampled_from(PARAMETERS), typed, max_size=3))
def test_nothing_a_person_types_is_our_fault(
    engine_archive: WebArchive, query: str, others: dict[str, str]
) -> None:
    parameters = {"q": query.encode(errors="replace").decode(), **others}

    for path in ("/", "/api/search", "/facets/city", "/records/r-亮灯率", "/documents"):
        assert engine_archive.client.get(path, parameters).status_code in {200, 303, 400}


def test_styles_and_scripts_are_fetched_once_for_each_version(archive: WebArchive) -> None:
    page = archive.client.get("/").text
    style = re.search(r'href="(/static/page\.css\?v=\w+)"', page)[1]

    assert "immutable" in archive.client.get(style).headers["cache-control"]
    assert "cache-control" not in archive.client.get("/static/page.css").headers

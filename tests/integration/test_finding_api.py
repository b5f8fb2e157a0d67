"""What programs ask besides searching: facets, suggestions, whole answers, feeds; and how often they may."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest
from openpyxl import load_workbook

from services.search.app import create_app
from services.search.throttle import RateLimit
from shared.runtime.search_index import TantivyIndex
from tests.builders.web import (
    StillRenderer,
    SyncClient,
    WebArchive,
    document_of,
    indicator_at,
    project_of,
    promise,
    street_lights,
)

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def archive(tmp_path: Path) -> WebArchive:
    built = WebArchive(tmp_path, index=TantivyIndex(tmp_path / "index"))
    built.add(street_lights())
    return built


def own_and_office(archive: WebArchive, *, there: str = "≥92%") -> None:
    """The same indicator in a unit's own table and in its department's."""
    for name, target in (("所.pdf", "≥92%"), ("局.pdf", there)):
        indicator = indicator_at(
            "绿篱完整率", promise(target, lower=target[1:3], unit="%"), record_id=f"r-{name}"
        )
        archive.add(
            document_of(
                project_of("绿篱养护", indicator, budget_unit="云州市园林所"), name=name, department=name[0]
            )
        )


def test_values_of_a_facet_are_looked_for(archive: WebArchive) -> None:
    answer = archive.client.get("/api/facets/budget_unit", {"find": "路灯", "q": "率"}).json()

    assert answer == {"values": [{"value": "云州市路灯管理所", "count": 2}], "distinct": 1, "unstated": 0}
    assert archive.client.get("/api/facets/none").json()["code"] == "unknown_facet"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("亮灯", [("indicator", "亮灯率", "指标:亮灯率", 1)]),
        ("年:2025 路灯管", [("budget_unit", "云州市路灯管理所", "年:2025 预算单位:云州市路灯管理所", 2)]),
        ("项目:路灯", [("project", "路灯养护经费", "项目:路灯养护经费", 2)]),
        ("部门：城市", [("department", "云州市城市管理局", "部门:云州市城市管理局", 3)]),
        ("年:20", []),
        ('"亮灯', []),
        ("亮灯 或", []),
        ("", []),
    ],
)
def test_what_is_being_typed_is_completed_with_the_number_of_its_answers(archive, typed, found):
    told = archive.client.get("/api/suggest", {"q": typed}).json()["completions"]

    assert [tuple(one[name] for name in ("kind", "text", "query", "count")) for one in told] == found
    for one in told:
        assert archive.client.get("/api/search", {"q": one["query"]}).json()["total"] == one["count"]


def test_a_whole_answer_leaves_in_every_format_with_where_it_is_from(archive: WebArchive) -> None:
    asked = {"q": "率", "headings": "names"}
    as_csv = archive.client.get("/api/export", asked)
    lines = archive.client.get("/api/export", asked | {"format": "jsonl"}).text.splitlines()
    sheet = load_workbook(
        io.BytesIO(archive.client.get("/api/export", asked | {"format": "xlsx"}).content)
    ).active

    rows = list(csv.DictReader(io.StringIO(as_csv.content.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["路灯维修及时率", "亮灯率"]
    place = f"documents/{street_lights().document_id}/records/r-路灯维修及时率?page=1"
    assert rows[0]["link"] == json.loads(lines[0])["link"] == f"http://archive/{place}"
    assert sheet.max_row == len(lines) + 1 == 3
    assert as_csv.headers["content-disposition"].endswith("%E7%8E%87.csv")


def test_a_table_for_people_says_in_words_what_is_a_code_for_programs(archive: WebArchive) -> None:
    told = archive.client.get("/api/export", {"q": "亮灯率"}).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(told))

    assert (row["范围"], row["性质"], row["比较方式"]) == ("项目", "预算", "不低于")


def test_an_answer_longer_than_a_page_leaves_whole(archive: WebArchive) -> None:
    many = [indicator_at(f"第{number}项", None, record_id=f"n{number}") for number in range(1200)]
    archive.add(document_of(project_of("千项", *many), name="千项.pdf"))

    lines = archive.client.get("/api/export", {"q": "千项", "format": "jsonl"}).text.splitlines()

    assert len({json.loads(line)["record_id"] for line in lines}) == 1200


def test_a_question_that_cannot_be_understood_is_refused_before_a_file_begins(archive: WebArchive) -> None:
    for path in ("/api/export", "/feed"):
        response = archive.client.get(path, {"q": "(率"})

        assert (response.status_code, response.json()["code"]) == (400, "query_not_understood")


def feed_of(archive: WebArchive, address: str) -> Tree.Element:
    return Tree.fromstring(archive.client.get(address).content)  # noqa: S314 (it is our own)


def test_a_feed_lists_the_latest_document_first_under_lasting_ids(archive: WebArchive) -> None:
    before = feed_of(archive, "/feed?q=率")
    own_and_office(archive)
    after = feed_of(archive, "/feed?q=率")

    def ids(feed):
        return [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]

    assert ids(after) == ["urn:jixiao:record:r-局.pdf", "urn:jixiao:record:r-所.pdf", *ids(before)]
    newest = after.find(f"{ATOM}entry")
    received = archive.ledger.document(document_of(name="局.pdf").document_id).received_at
    assert newest.findtext(f"{ATOM}title") == "绿篱完整率 ≥92%"
    assert newest.findtext(f"{ATOM}updated") == f"{received:%Y-%m-%dT%H:%M:%SZ}"
    assert len(ids(feed_of(archive, "/feed?size=2"))) == 2


def test_the_same_indicator_of_two_documents_is_listed_once_and_names_the_other(archive: WebArchive) -> None:
    own_and_office(archive, there="≥88%")
    listed = archive.client.get("/?q=绿篱").text
    apart = archive.client.get("/?q=绿篱&view=every").text

    assert listed.count('<li class="hit"') == 1
    assert "另见 1 份文件" in listed
    assert "指标值不同" in listed
    assert apart.count('<li class="hit"') == 2
    assert "<b>2</b> 条指标" in listed


@pytest.mark.parametrize(("view", "groups"), [("project", 2), ("document", 1)])
def test_answers_are_listed_as_projects_or_documents_that_lead_to_theirs(archive, view, groups):
    answer = archive.client.get("/api/search", {"group": view}).json()
    page = archive.client.get("/", {"q": "", "view": view}).text

    assert answer["groups"] == len(answer["hits"]) == page.count('class="hit gathered"') == groups
    for hit in answer["hits"]:
        inside = archive.client.get("/api/search", {f"{view}_id": hit["group"]["key"]}).json()
        assert inside["total"] == hit["group"]["count"]


def test_a_chosen_place_opens_and_is_left_by_choosing_what_it_lies_in(archive: WebArchive) -> None:
    page = archive.client.get("/", {"q": "", "place": "云州市"}).text
    found = archive.client.get("/facets/place", {"q": "", "find": "路灯"}).text

    assert 'class="depth-1"' in page
    assert "云州市 ▸ 青川区 ▸ 云州市城市管理局 ▸ 云州市路灯管理所" in found


def test_what_can_be_listed_is_named_in_the_plural_in_english(archive: WebArchive) -> None:
    english = archive.client.get("/", {"q": "", "lang": "en"}).text
    chinese = archive.client.get("/", {"q": "", "lang": "zh"}).text

    assert all(f">{name}</a>" in english for name in ("Indicators", "Projects", "Documents"))
    assert all(f">{name}</a>" in chinese for name in ("指标", "项目", "文件"))


def test_who_asks_too_often_is_told_when_to_ask_again(archive: WebArchive, tmp_path: Path) -> None:
    limited = create_app(
        index=archive.index,
        store=archive.store,
        ledger=archive.ledger,
        renderer=StillRenderer(),
        pictures_folder=tmp_path / "more",
        limit=RateLimit(per_second=0.01, at_once=2),
    )
    client = SyncClient(limited)
    answers = [client.get("/api/search") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["code"] == "too_many_requests"
    assert 1 <= int(answers[2].headers["retry-after"]) <= 100
    for language, said in (("zh", "请求太频繁"), ("en", "Too many requests: try again in")):
        page = client.get("/", {"q": "路灯", "lang": language})

        assert page.status_code == 429
        assert said in page.text
        assert page.headers["content-type"].startswith("text/html")
        assert 1 <= int(page.headers["retry-after"]) <= 100
    assert client.get("/health").status_code == client.get("/static/page.css").status_code == 200


def test_answers_are_compressed_for_who_can_read_that(archive: WebArchive) -> None:
    response = archive.client.get("/api/search", headers={"Accept-Encoding": "gzip"})

    assert response.headers["content-encoding"] == "gzip"


def test_the_help_page_names_every_field_of_the_language(archive: WebArchive) -> None:
    from shared.search.language import FIELD_NAMES

    page = archive.client.get("/help").text

    assert [name for name in FIELD_NAMES if f"<code>{name}:</code>" not in page] == []

"""Uploading over HTTP: who may, what is refused, and how far each upload has come."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from shared.contracts.artifacts import RECOGNISED, SURVEY, Survey, recognised_part
from shared.contracts.events import DocumentUploaded
from shared.contracts.ledger import QuarantineEntry, Source
from shared.runtime.database import now
from shared.runtime.worker import entry_id_of
from tests.builders.web import WebArchive, document_of
from tests.fakes.engines import fixed_page

KEY = "the key of this archive"
WITH_KEY = {"Authorization": f"Bearer {KEY}"}


@pytest.fixture
def archive(tmp_path: Path) -> WebArchive:
    return WebArchive(tmp_path, write_key=KEY)


def test_a_file_is_put_into_the_bucket_and_announced(archive: WebArchive) -> None:
    answer = archive.client.send("PUT", "/api/uploads/预算.pdf", content=b"%PDF", headers=WITH_KEY)

    assert (answer.status_code, answer.json()) == (201, {"key": "预算.pdf"})
    assert archive.uploads.read("预算.pdf") == b"%PDF"
    (event,) = archive.announced
    assert isinstance(event, DocumentUploaded)
    assert (event.bucket, event.key) == ("inbox", "预算.pdf")


def test_another_file_of_the_same_name_is_kept_beside_the_first(archive: WebArchive) -> None:
    for content in (b"one", b"another"):
        archive.client.send("PUT", "/api/uploads/预算.pdf", content=content, headers=WITH_KEY)

    assert sorted(archive.uploads.keys("")) == ["预算 (2).pdf", "预算.pdf"]
    assert archive.uploads.read("预算.pdf") == b"one"


@pytest.mark.parametrize(
    ("headers", "content", "status", "code"),
    [
        ({}, b"x", 403, "write_key_needed"),
        ({"Authorization": "Bearer nonsense"}, b"x", 403, "write_key_needed"),
        (WITH_KEY, b"", 400, "empty_file"),
        (WITH_KEY, b"x" * 1001, 413, "file_too_large"),
    ],
)
def test_what_is_refused_leaves_nothing(archive: WebArchive, headers, content, status, code) -> None:
    answer = archive.client.send("PUT", "/api/uploads/a.pdf", content=content, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert list(archive.uploads.keys("")) == archive.announced == []


def test_a_body_that_does_not_say_how_long_it_is_is_cut_off_at_the_limit(archive: WebArchive) -> None:
    async def endless():
        for _ in range(50):
            yield b"x" * 100

    answer = archive.client.send("PUT", "/api/uploads/a.pdf", content=endless(), headers=WITH_KEY)

    assert (answer.status_code, answer.json()["code"]) == (413, "file_too_large")
    assert list(archive.uploads.keys("")) == []


def test_a_service_without_a_key_only_reads(tmp_path: Path) -> None:
    closed = WebArchive(tmp_path)

    answer = closed.client.send("PUT", "/api/uploads/a.pdf", content=b"x", headers=WITH_KEY)

    assert (answer.status_code, answer.json()["code"]) == (403, "read_only")
    assert "这里只供检索" in closed.client.get("/uploads").text


def cookie_of(archive: WebArchive) -> str:
    greeted = archive.client.get("/uploads", {"write_key": KEY})
    assert (greeted.status_code, greeted.headers["location"]) == (303, "/uploads")
    assert KEY not in greeted.headers["set-cookie"]
    assert "httponly" in greeted.headers["set-cookie"].lower()
    assert "samesite=strict" in greeted.headers["set-cookie"].lower()
    return greeted.headers["set-cookie"].partition(";")[0]


def test_a_form_without_scripts_takes_several_files_and_leads_to_their_progress(archive: WebArchive) -> None:
    own = {"Cookie": cookie_of(archive), "Origin": "http://archive"}
    files = [("files", ("一.txt", b"1")), ("files", ("二.txt", b"2"))]

    answer = archive.client.send("POST", "/uploads", files=files, headers=own)

    assert answer.status_code == 303
    assert sorted(archive.uploads.keys("")) == ["一.txt", "二.txt"]
    followed = archive.client.get(answer.headers["location"]).text
    assert "一.txt" in followed
    assert "等待处理" in followed


def test_a_form_on_another_site_uploads_nothing(archive: WebArchive) -> None:
    foreign = {"Cookie": cookie_of(archive), "Origin": "http://evil.example"}

    answer = archive.client.send("POST", "/uploads", files={"files": ("a.txt", b"1")}, headers=foreign)

    assert answer.status_code == 403
    assert list(archive.uploads.keys("")) == []


def test_a_wrong_key_is_told(archive: WebArchive) -> None:
    answer = archive.client.send("POST", "/uploads/key", data={"write_key": "guess"})

    assert answer.status_code == 403
    assert "密钥不对" in answer.text
    assert "set-cookie" not in answer.headers


def refuse(archive: WebArchive, key: str, *, document_id: str | None = None) -> str:
    event = DocumentUploaded(bucket="inbox", key=key)
    entry = QuarantineEntry(
        entry_id=entry_id_of(f"inbox/{key}"),
        bucket="inbox",
        key=key,
        file_name=key,
        document_id=document_id,
        stage="ingest",
        code="encrypted",
        advice="文件有密码保护。",
        event_type="DocumentUploaded",
        event=event.model_dump(mode="json"),
        quarantined_at=now(),
    )
    archive.ledger.put_quarantine(entry)
    return entry.entry_id


def test_how_far_uploads_have_come_is_told_with_code_and_advice(archive: WebArchive) -> None:
    archive.add(document_of(name="好.pdf"))
    entry_id = refuse(archive, "坏.pdf")

    told = archive.client.get("/api/uploads", {"key": ["好.pdf", "坏.pdf", "未到.pdf"]}).json()["uploads"]

    assert [(one["state"], one["is_done"]) for one in told] == [
        ("indexed", True),
        ("quarantined", True),
        ("waiting", False),
    ]
    assert (told[1]["code"], told[1]["advice"], told[1]["entry_id"]) == (
        "encrypted",
        "文件有密码保护。",
        entry_id,
    )


def test_changes_are_told_as_they_happen_until_all_is_done(archive: WebArchive) -> None:
    archive.add(document_of(name="好.pdf"))
    refuse(archive, "坏.pdf")

    stream = archive.client.get("/api/uploads/progress", {"key": ["好.pdf", "坏.pdf"]})

    assert stream.headers["content-type"].startswith("text/event-stream")
    told = [json.loads(line[6:]) for line in stream.text.splitlines() if line.startswith('data: {"key')]
    assert [one["state"] for one in told] == ["indexed", "quarantined"]
    assert stream.text.endswith("event: done\ndata: {}\n\n")


def test_whoever_holds_the_key_has_quarantined_work_done_again(archive: WebArchive) -> None:
    entry_id = refuse(archive, "坏.pdf")

    refused = archive.client.send("POST", f"/api/quarantine/{entry_id}/replay")
    granted = archive.client.send("POST", f"/api/quarantine/{entry_id}/replay", headers=WITH_KEY)

    assert (refused.status_code, granted.status_code) == (403, 202)
    assert archive.announced == [DocumentUploaded(bucket="inbox", key="坏.pdf")]
    assert archive.client.get("/api/quarantine").json() == []
    again = archive.client.send("POST", f"/api/quarantine/{entry_id}/replay", headers=WITH_KEY)
    assert again.json()["code"] == "not_in_quarantine"


def test_the_same_content_under_its_own_name_is_uploaded_once(archive: WebArchive) -> None:
    for _ in range(2):
        archive.client.send("PUT", "/api/uploads/预算.pdf", content=b"same", headers=WITH_KEY)
        document_id = sha256(b"same").hexdigest()
        source = Source(bucket="inbox", key="预算.pdf", document_id=document_id)
        archive.ledger.record_source(source, file_name="预算.pdf", size_bytes=4)

    assert list(archive.uploads.keys("")) == ["预算.pdf"]


def test_of_a_scan_it_is_told_how_many_pages_were_recognised(archive: WebArchive) -> None:
    scan = "e" * 64
    survey = Survey(
        document_id=scan,
        file_name="扫描件.pdf",
        media_type="application/pdf",
        size_bytes=9,
        page_count=3,
        scanned_pages={1: "no_text_layer", 2: "no_text_layer", 3: "no_text_layer"},
    )
    source = Source(bucket="inbox", key="扫描件.pdf", document_id=scan)
    archive.ledger.record_source(source, file_name="扫描件.pdf", size_bytes=9)
    SURVEY.save(archive.store, scan, survey)
    RECOGNISED.save(archive.store, scan, fixed_page(2), recognised_part(2, "double 1"))

    (told,) = archive.client.get("/api/uploads", {"key": "扫描件.pdf"}).json()["uploads"]

    assert (told["is_done"], told["pages_recognised"], told["pages_scanned"]) == (False, 1, 3)
    assert "已识别页数 1/3" in archive.client.get("/uploads", {"key": "扫描件.pdf"}).text


def test_wherever_a_failure_is_shown_whoever_holds_the_key_can_have_it_tried_again(
    archive: WebArchive,
) -> None:
    document = archive.add(document_of(name="坏了.pdf"))
    entry_id = refuse(archive, "坏了.pdf", document_id=document.document_id)

    for page in ("/documents", f"/documents/{document.document_id}"):
        button = f'action="/quarantine/{entry_id}/replay"'
        assert button in archive.client.get(page, headers=WITH_KEY).text
        assert button not in archive.client.get(page).text

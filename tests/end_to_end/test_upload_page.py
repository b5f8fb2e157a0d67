"""Files dropped into the page, each followed on its way: its stages, its refusal, its second chance."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders.browser import Visit, served, visiting
from tests.builders.web import WebArchive, document_of
from tests.integration.test_uploads import refuse

pytestmark = pytest.mark.browser

KEY = "a key for uploading"
GREEN, RED = "rgb(47, 107, 63)", "rgb(173, 53, 38)"


@pytest.fixture
def archive(tmp_path: Path) -> WebArchive:
    return WebArchive(tmp_path, write_key=KEY)


@pytest.fixture
def visit(browser: object, archive: WebArchive) -> Iterator[Visit]:
    with served(archive.app) as address, visiting(browser, address) as visited:
        visited.page.goto(f"/uploads?write_key={KEY}")
        yield visited


def drop(page, *names: str) -> None:
    page.set_input_files(
        "#files", [{"name": name, "mimeType": "application/pdf", "buffer": b"%PDF"} for name in names]
    )


def row(page, name: str):
    return page.locator(".upload", has_text=name)


def state(page, name: str, words: str):
    return row(page, name).locator(".upload-state", has_text=words)


def colours(page, name: str) -> list[str]:
    return (
        row(page, name)
        .locator(".steps li")
        .evaluate_all("steps => steps.map(step => getComputedStyle(step, '::before').backgroundColor)")
    )


def test_dropped_files_are_followed_until_they_can_be_searched(visit, archive: WebArchive) -> None:
    page = visit.page
    drop(page, "一.pdf", "二.pdf")
    state(page, "二.pdf", "等待处理").wait_for()

    first, second = document_of(name="一.pdf"), document_of(name="二.pdf")
    archive.receive(first)
    state(page, "一.pdf", "处理中").wait_for()
    archive.add(first)
    archive.receive(second)
    archive.ledger.set_state(second.document_id, "no_records", reason="no_table")

    state(page, "一.pdf", "可检索").wait_for()
    state(page, "二.pdf", "无指标：没有绩效目标表").wait_for()
    assert colours(page, "一.pdf") == [GREEN] * 4
    page.reload()
    assert page.locator(".upload").count() == 2


def test_a_refused_file_says_where_why_and_what_to_do_and_is_tried_again(visit, archive: WebArchive) -> None:
    page = visit.page
    drop(page, "坏.pdf")
    state(page, "坏.pdf", "等待处理").wait_for()
    refuse(archive, "坏.pdf")

    state(page, "坏.pdf", "已搁置").wait_for()
    row(page, "坏.pdf").get_by_text("encrypted").wait_for()
    assert row(page, "坏.pdf").locator(".advice").inner_text() == "encrypted 文件有密码保护。"
    done, failed, *later = colours(page, "坏.pdf")
    assert (done, failed) == (GREEN, RED)
    assert not {GREEN, RED} & set(later)

    row(page, "坏.pdf").get_by_role("button", name="重试").click()
    state(page, "坏.pdf", "等待处理").wait_for()
    assert archive.announced[-1].key == "坏.pdf"
    archive.add(document_of(name="坏.pdf"))
    state(page, "坏.pdf", "可检索").wait_for()


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(visit, archive: WebArchive) -> None:
    page = visit.page
    page.set_input_files("#files", [{"name": "大.pdf", "mimeType": "application/pdf", "buffer": b"%" * 2000}])

    state(page, "大.pdf", "上传失败").wait_for()
    assert colours(page, "大.pdf")[0] == RED
    assert archive.announced == []

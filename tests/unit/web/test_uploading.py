"""Names of uploads, and who may write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from starlette.requests import Request

from services.search.problems import Refused
from services.search.uploads.uploading import safe_name
from services.search.write_access import COOKIE, WriteAccess

KEY = "a key that nobody guesses"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("预算.pdf", "预算.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\文件\\预算.pdf", "预算.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("~$预算.docx", "预算.docx"),
        ("预算.pdf.part", "预算.pdf"),
        ("", "未命名"),
        ("...", "未命名"),
        ("a\0b\n.txt", "ab.txt"),
    ],
)
def test_a_name_becomes_one_that_an_inbox_takes(typed: str, name: str) -> None:
    assert safe_name(typed) == name


@given(st.text(max_size=400))
def test_no_name_is_hidden_too_long_or_a_path(typed: str) -> None:
    name = safe_name(typed)

    assert name
    assert len(name.encode()) <= 221
    assert not name.startswith(".")
    assert not {"/", "\0"} & set(name)


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("预" * 300 + ".pdf").endswith(".pdf")


def asked(**headers: str) -> Request:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "POST", "path": "/", "headers": named, "query_string": b""})


def proof() -> str:
    return WriteAccess(SecretStr(KEY))._proof()


def test_a_program_writes_with_the_key() -> None:
    WriteAccess(SecretStr(KEY)).check(asked(authorization=f"Bearer {KEY}"))


def test_a_page_of_ours_writes_with_the_cookie() -> None:
    WriteAccess(SecretStr(KEY)).check(
        asked(cookie=f"{COOKIE}={proof()}", host="here", origin="http://here", sec_fetch_site="same-origin")
    )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer wrong"},
        {"cookie": f"{COOKIE}={KEY}", "host": "here", "origin": "http://here"},
        {"cookie": f"{COOKIE}={proof()}", "host": "here"},
        {"cookie": f"{COOKIE}={proof()}", "host": "here", "origin": "http://elsewhere"},
        {"cookie": f"{COOKIE}={proof()}", "host": "here", "origin": "null"},
        {
            "cookie": f"{COOKIE}={proof()}",
            "host": "here",
            "origin": "http://here",
            "sec_fetch_site": "cross-site",
        },
    ],
)
def test_nobody_else_writes(headers: dict[str, str]) -> None:
    with pytest.raises(Refused):
        WriteAccess(SecretStr(KEY)).check(asked(**headers))


def test_without_a_key_nobody_writes() -> None:
    access = WriteAccess(None)

    assert not access.is_open
    assert not access.is_key("")
    assert not access.admits(asked(cookie=f"{COOKIE}={access._proof()}"))

"""What every object store promises."""

from uuid import uuid4

import pytest

from shared.runtime.object_store import FolderStore
from shared.runtime.s3_store import S3Store
from tests.fakes.object_store import MemoryStore


@pytest.fixture(params=["folder", "memory", "minio", "seaweed"])
def store(request, tmp_path):
    if request.param == "folder":
        return FolderStore(tmp_path / "store")
    if request.param == "memory":
        return MemoryStore()
    server = request.getfixturevalue(request.param)
    bucket = S3Store(
        server.url, f"t{uuid4().hex}", access_key=server.access_key, secret_key=server.secret_key
    )
    bucket.create_bucket()
    return bucket


def test_what_was_written_is_read(store):
    store.write("a/b.json", b"one")

    assert store.read("a/b.json") == b"one"
    assert store.size("a/b.json") == 3


def test_writing_a_key_again_replaces_what_it_held(store):
    store.write("a", b"first")
    store.write("a", b"second")

    assert store.read("a") == b"second"
    assert list(store.keys("")) == ["a"]


def test_chinese_keys_with_blanks_and_signs_come_back_as_they_are(store):
    key = "2026/广州 花都/绩效 目标+表 95%.pdf"
    store.write(key, b"x")

    assert store.read(key) == b"x"
    assert list(store.keys("2026/广州 ")) == [key]


@pytest.mark.parametrize("question", ["read", "size", "version"])
def test_a_missing_key_is_a_key_error(store, question):
    with pytest.raises(KeyError, match="nothing"):
        getattr(store, question)("nothing/here")


def test_a_key_below_another_objects_key_is_missing(store):
    store.write("a", b"x")

    with pytest.raises(KeyError):
        store.read("a/b")


def test_a_version_changes_when_the_bytes_are_replaced(store):
    store.write("a", b"one")
    before = store.version("a")

    store.write("a", b"three")

    assert store.version("a") != before
    assert store.version("a") == store.version("a")


def test_a_deleted_key_is_gone_and_deleting_it_again_does_no_harm(store):
    store.write("a/b", b"x")

    store.delete("a/b")
    store.delete("a/b")

    assert list(store.keys("")) == []


def test_keys_are_listed_by_any_beginning_in_order(store):
    for key in ("a/x/2", "a/x/1", "a/xy", "b"):
        store.write(key, b"")

    assert list(store.keys("a/x")) == ["a/x/1", "a/x/2", "a/xy"]
    assert list(store.keys("a/x/")) == ["a/x/1", "a/x/2"]
    assert list(store.keys("nowhere/")) == []

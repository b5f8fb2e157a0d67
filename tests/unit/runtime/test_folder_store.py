"""What the folder store promises beyond the contract."""

import os

import pytest

from shared.contracts.errors import DependencyUnavailable
from shared.runtime.object_store import FolderStore


@pytest.mark.parametrize("key", ["../x", "a/../x", "/etc/passwd", "a//b", "", "a/./b", ".partial/x", "a\0b"])
def test_keys_that_leave_the_folder_are_refused(tmp_path, key):
    store = FolderStore(tmp_path / "store")

    with pytest.raises(ValueError, match="cannot hold"):
        store.write(key, b"x")
    assert list(store.keys("")) == []


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    store = FolderStore(tmp_path)
    store.write("a", b"old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DependencyUnavailable, match="No space left"):
        store.write("a", b"new")

    assert store.read("a") == b"old"
    assert list((tmp_path / ".partial").iterdir()) == []

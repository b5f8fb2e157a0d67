"""The settings choose the engine, and secrets stay in them."""

import pytest

from shared.contracts.errors import DependencyUnavailable
from shared.runtime.chosen_index import open_index
from shared.runtime.connected_index import connect_aliases
from shared.runtime.elastic_index import ElasticIndex
from shared.runtime.search_index import TantivyIndex
from shared.runtime.server_settings import IndexSettings
from tests.servers.process import free_port


@pytest.fixture(autouse=True)
def _no_server_named(monkeypatch):
    monkeypatch.delenv("JIXIAO_INDEX_URL", raising=False)


def test_without_a_server_the_index_lies_in_the_folder(tmp_path):
    index = open_index(tmp_path / "index")

    assert isinstance(index, TantivyIndex)
    assert index.document_counts() == {}


def test_a_server_that_is_named_is_used_and_asked_only_when_needed(tmp_path, monkeypatch):
    monkeypatch.setenv("JIXIAO_INDEX_URL", f"http://127.0.0.1:{free_port()}")
    index = open_index(tmp_path / "index")

    assert isinstance(index, ElasticIndex)
    assert not (tmp_path / "index").exists()
    with pytest.raises(DependencyUnavailable):
        index.document_counts()


def test_prefix_and_shards_are_settings(monkeypatch):
    monkeypatch.setenv("JIXIAO_INDEX_URL", "http://127.0.0.1:9200")
    monkeypatch.setenv("JIXIAO_INDEX_PREFIX", "archive")
    monkeypatch.setenv("JIXIAO_INDEX_SHARDS", "4")
    aliases = connect_aliases()

    assert (aliases.read, aliases.write, aliases.shards) == ("archive-read", "archive-write", 4)


def test_passwords_and_keys_are_not_shown(monkeypatch):
    monkeypatch.setenv("JIXIAO_INDEX_URL", "http://127.0.0.1:9200")
    monkeypatch.setenv("JIXIAO_INDEX_PASSWORD", "very-secret-password")
    monkeypatch.setenv("JIXIAO_INDEX_API_KEY", "very-secret-key")

    assert "very-secret" not in repr(IndexSettings())
    assert "very-secret" not in repr(connect_aliases())

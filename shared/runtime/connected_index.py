"""The search index that the settings name."""

from pathlib import Path

from shared.contracts.search import SearchIndex
from shared.runtime.search_index import TantivyIndex
from shared.runtime.server_settings import IndexSettings


def connect_index() -> SearchIndex:
    """Give the index."""
    return TantivyIndex(Path(IndexSettings().url))

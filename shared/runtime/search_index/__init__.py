"""Search engines behind the ``SearchIndex`` port: tantivy, which needs no server."""

from shared.runtime.search_index.tantivy_index import TantivyIndex, erase_index

__all__ = ["TantivyIndex", "erase_index"]

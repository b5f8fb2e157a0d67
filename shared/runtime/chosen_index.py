"""Which search engine is used: the server that the settings name, or a folder that needs none."""

import os
from pathlib import Path

from shared.contracts.search import SearchIndex


def open_index(folder: Path) -> SearchIndex:
    """
    Open Elasticsearch where ``JIXIAO_INDEX_URL`` names it, else tantivy in ``folder``.

    Each engine is imported only where it is used: a laptop has no client of Elasticsearch.
    """
    if os.environ.get("JIXIAO_INDEX_URL"):
        from shared.runtime.connected_index import connect_index

        return connect_index()
    from shared.runtime.search_index import TantivyIndex

    return TantivyIndex(folder)

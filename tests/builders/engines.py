"""The engines that have to answer alike: the plain judge, tantivy, and the real Elasticsearch."""

from contextlib import contextmanager

from shared.runtime.search_index import TantivyIndex
from tests.builders.elastic import own_index
from tests.fakes.search import BruteForceIndex


@contextmanager
def engine(name, request, folder):
    """An empty index of the engine called ``name``."""
    if name == "brute_force":
        yield BruteForceIndex()
    elif name == "tantivy":
        yield TantivyIndex(folder / "index")
    else:
        with own_index(request.getfixturevalue("elasticsearch"), shards=2) as index:
            yield index

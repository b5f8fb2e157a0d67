"""Facets stay exact where there are more profiles than an engine counts or has room for at once."""

import random

import pytest

from shared.contracts.search import SearchRequest
from shared.runtime.elastic_index.facets import Facets
from shared.runtime.search_index import TantivyIndex, counting
from tests.builders.elastic import own_index
from tests.builders.search import various_records
from tests.fakes.search import BruteForceIndex

MOST_AT_ONCE = 4


@pytest.fixture(params=["tantivy", "elasticsearch"])
def index(request, tmp_path, monkeypatch):
    """An engine that counts no more than a handful of values at once."""
    if request.param == "tantivy":
        monkeypatch.setattr(counting, "_ALL_VALUES", MOST_AT_ONCE)
        yield TantivyIndex(tmp_path / "index")
        return
    with own_index(request.getfixturevalue("elasticsearch"), shards=2) as built:
        built._facets = Facets(built._ask, most_codes=MOST_AT_ONCE)
        yield built


def test_counts_in_parts_are_the_judges(index):
    records, judge = various_records(random.Random(3), 20), BruteForceIndex()
    for document_id in dict.fromkeys(one.document_id for one in records):
        of_document = [one for one in records if one.document_id == document_id]
        index.replace(document_id, of_document)
        judge.replace(document_id, of_document)

    for query in ("", "满意度", "年:2024"):
        for filters in ({}, {"unit": ("%",)}, {"place": ("云山省",), "level1": ("产出",)}):
            request = SearchRequest(query=query, filters=filters)
            assert index.search(request).facets == judge.search(request).facets, request

"""What building an index anew promises, whatever the engine."""

import pytest

from shared.contracts.search import SearchRequest
from shared.runtime.elastic_index import ElasticIndex
from shared.runtime.elastic_index.rebuilding import ElasticRebuild
from shared.runtime.rebuild import RebuiltIndexDiffers, rebuild_index
from shared.runtime.search_index import TantivyIndex
from shared.runtime.search_index.rebuilding import TantivyRebuild
from tests.builders.elastic import own_aliases
from tests.builders.search import record


@pytest.fixture(params=["tantivy", "elasticsearch"])
def place(request, tmp_path):
    """How the index is opened, and how one is built anew beside it."""
    if request.param == "tantivy":
        folder = tmp_path / "index"
        yield lambda: TantivyIndex(folder), lambda: TantivyRebuild(folder)
        return
    with own_aliases(request.getfixturevalue("elasticsearch")) as aliases:
        yield lambda: ElasticIndex(aliases), lambda: ElasticRebuild(aliases)


def many(name, count=3, document_id="document-a"):
    return [record(name, document_id=document_id) for _ in range(count)]


def names(index):
    return {hit.record.name for hit in index.search(SearchRequest(facets=())).hits}


def records_in(documents):
    return lambda document_id: documents.get(document_id, [])


def test_an_index_is_built_where_there_was_none(place):
    open_index, begin = place
    documents = {"document-a": many("新"), "document-b": many("新", 2, "document-b"), "document-c": []}
    rebuilt = rebuild_index(begin(), documents, records_in(documents))

    assert (rebuilt.documents, rebuilt.records) == (2, 5)
    assert open_index().document_counts() == {"document-a": 3, "document-b": 2}


def test_who_is_searching_finds_the_new_records_after_the_switch_and_the_old_after_going_back(place):
    open_index, begin = place
    index = open_index()
    index.replace("document-a", many("旧"))
    beside = begin()
    rebuild_index(beside, ["document-a"], records_in({"document-a": many("新")}))
    assert names(index) == {"新"}

    beside.roll_back()
    assert names(index) == {"旧"}


def test_documents_that_are_gone_are_gone_from_the_new_index(place):
    open_index, begin = place
    index = open_index()
    index.replace("document-a", many("旧"))
    index.replace("document-b", many("旧", 2, "document-b"))
    kept = {"document-b": many("旧", 2, "document-b")}
    rebuild_index(begin(), ["document-a", "document-b"], records_in(kept))

    assert index.document_counts() == {"document-b": 2}


def test_the_same_records_have_the_same_fingerprints_in_every_index(place):
    open_index, begin = place
    index, records = open_index(), many("同", 4)
    index.replace("document-a", records)
    beside = begin()
    beside.fill([("document-a", list(reversed(records)))])

    assert beside.held() == beside.former() == index.fingerprints()
    beside.discard()
    assert index.document_counts() == {"document-a": 4}


def test_an_index_that_does_not_hold_what_it_was_given_is_not_used(place):
    open_index, begin = place
    index = open_index()
    index.replace("document-a", many("旧"))
    losing = begin()
    losing.fill = lambda documents: frozenset(document_id for document_id, _ in documents if False)

    with pytest.raises(RebuiltIndexDiffers, match="未切换"):
        rebuild_index(losing, ["document-a"], records_in({"document-a": many("新")}))
    assert names(index) == {"旧"}


def test_an_index_can_be_changed_after_it_was_built_anew(place):
    open_index, begin = place
    open_index().replace("document-a", many("旧"))
    rebuild_index(begin(), ["document-a"], records_in({"document-a": many("新")}))
    open_index().replace("document-a", many("更新", 1))

    assert names(open_index()) == {"更新"}

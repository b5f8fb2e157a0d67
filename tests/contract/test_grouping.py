"""Grouped answers: every engine gathers as one does who looks at the whole list."""

import random

import pytest

from shared.contracts.search import SearchRequest
from shared.search.grouping import KEY_OF, search_grouped
from shared.search.identity import record_identity
from tests.builders.engines import engine
from tests.builders.search import record, various_records

FIELDS = {"project": "project_id", "document": "document_id"}


@pytest.fixture(scope="module", params=["brute_force", "tantivy", "elasticsearch"])
def held(request, tmp_path_factory):
    """An engine, and the records in it."""
    records = various_records(random.Random(3), 40)
    with engine(request.param, request, tmp_path_factory.mktemp("grouped")) as index:
        for document_id in dict.fromkeys(one.document_id for one in records):
            index.replace(document_id, [one for one in records if one.document_id == document_id])
        yield index, records


def pages(index, request, by):
    while True:
        answer = search_grouped(index, request, by)
        yield answer
        if answer.next is None:
            return
        request = request.model_copy(update={"after": answer.next})


@pytest.mark.parametrize("by", ["project", "document"])
@pytest.mark.parametrize("sort", ["relevance", "amount_asc", "target_desc"])
@pytest.mark.parametrize("query", ["", "满意度≥90%", "绿地", "无此词"])
def test_a_group_stands_where_its_first_record_stands_and_counts_all_of_them(held, by, sort, query):
    index, _ = held
    request = SearchRequest(query=query, sort=sort, size=7)
    whole = [hit.record for hit in index.search(request.model_copy(update={"size": 1000})).hits]
    key_of = KEY_OF[FIELDS[by]]
    firsts = {key_of(one): one.record_id for one in reversed(whole)}
    order = [one.record_id for one in whole if firsts[key_of(one)] == one.record_id]

    found = list(pages(index, request, by))
    hits = [hit for page in found for hit in page.hits]

    assert [hit.record.record_id for hit in hits] == order
    assert sum(hit.group.count for hit in hits) == found[0].total == len(whole)
    assert found[0].groups == len(order)
    assert all(len(page.hits) == 7 for page in found[:-1])
    assert found[0].facets == index.search(request).facets


@pytest.mark.parametrize("sort", ["relevance", "year_asc"])
def test_nothing_that_is_folded_is_lost(held, sort):
    index, records = held
    shown, folded = [], []
    for page in pages(index, SearchRequest(sort=sort, size=20), "same"):
        shown += [hit.record.record_id for hit in page.hits]
        folded += [twin.record_id for hit in page.hits if hit.group for twin in hit.group.twins]

    assert sorted(shown + folded) == sorted(one.record_id for one in records)
    assert folded


def test_the_same_indicator_of_two_documents_is_one_hit_that_names_the_other(held):
    index, _ = held
    own = {"budget_unit": "云海图书馆", "project": "图书更新", "fiscal_year": 2026}
    index.replace("document-own", [record("借阅量", "≥9万人次", document_id="document-own", **own)])
    index.replace(
        "document-office",
        [record("借阅量", "≥8万人次", document_id="document-office", file_name="局.pdf", **own)],
    )

    answer = search_grouped(index, SearchRequest(query="借阅量"), "same")
    (hit,) = answer.hits
    (twin,) = hit.group.twins

    assert answer.total == hit.group.count == 2
    assert {hit.record.document_id, twin.document_id} == {"document-own", "document-office"}
    assert twin.target != hit.record.annual_target.text
    for name in ("document-own", "document-office"):
        index.remove(name)


def test_what_one_document_prints_twice_is_shown_twice(held):
    index, _ = held
    twice = [record("完工率", document_id="document-twice", project="挖井") for _ in range(2)]
    index.replace("document-twice", twice)

    hits = search_grouped(index, SearchRequest(query="完工率 项目:挖井"), "same").hits

    assert record_identity(twice[0]) == record_identity(twice[1])
    assert [hit.group for hit in hits] == [None, None]
    index.remove("document-twice")

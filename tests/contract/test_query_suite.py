"""
Queries as an analyst types them, with the records that they find, in files that a person can read.

``queries/records.tsv`` holds the records and ``queries/queries.tsv`` the answers in their order: the
judge has to agree with the file, and so has every engine. An answer changes only after a person
has looked at the records.
"""

import csv
from pathlib import Path

import pytest

from services.search.help_pages import SECTIONS
from shared.contracts.search import SearchRequest
from tests.builders.engines import engine
from tests.builders.search import record

FOLDER = Path(__file__).parent / "queries"
EXPECTED = FOLDER / "queries.tsv"
SORTS = ("relevance", "amount_desc", "year_asc", "target_asc")


def suite_records():
    with (FOLDER / "records.tsv").open(encoding="utf-8", newline="") as table:
        return [_record(row) for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _record(row):
    more = dict(pair.split("=", 1) for pair in (row["more"] or "").split(";") if pair)
    for name in ("findings",):
        more[name] = tuple(more[name].split(",")) if name in more else ()
    actual = more.pop("actual", None)
    return record(
        row["name"],
        row["target"],
        record_id=row["id"],
        document_id=f"document-{row['document']}",
        file_name=f"{row['document']}.pdf",
        **{name: row[name] or None for name in ("province", "city", "district", "department")},
        budget_unit=row["unit"] or None,
        fiscal_year=int(row["year"]) if row["year"] else None,
        amount=row["amount"] or None,
        level1_inferred=row["level1"] or None,
        level2_inferred=row["level2"] or None,
        actual={"text": actual, "display": actual} if actual else None,
        **{name: row[name] for name in ("project", "kind", "form")},
        page=int(row["page"]),
        **more,
    )


def expected():
    with EXPECTED.open(encoding="utf-8", newline="") as table:
        rows = csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {query: ids.split() for query, ids in rows}


@pytest.fixture(scope="module", params=["brute_force", "tantivy", "elasticsearch"])
def index(request, tmp_path_factory):
    records = suite_records()
    with engine(request.param, request, tmp_path_factory.mktemp("suite")) as built:
        for document_id in dict.fromkeys(one.document_id for one in records):
            built.replace(document_id, [one for one in records if one.document_id == document_id])
        yield built


def found(index, query, **more):
    answer = index.search(SearchRequest(query=query, size=1000, facets=(), **more))
    assert answer.total == len(answer.hits)
    return [hit.record.record_id for hit in answer.hits]


@pytest.mark.parametrize(("query", "ids"), expected().items())
def test_a_query_finds_what_the_file_says_in_its_order(index, query, ids):
    assert found(index, query) == ids


@pytest.mark.parametrize("sort", SORTS)
def test_another_order_shows_the_same_records(index, sort):
    for query, ids in expected().items():
        assert sorted(found(index, query, sort=sort)) == sorted(ids), query


@pytest.mark.parametrize(
    "example", [one for section in SECTIONS for one in section.examples], ids=lambda e: e.query
)
def test_every_example_of_the_help_page_finds_something_and_not_everything(index, example):
    assert example.query in expected(), "an example belongs into the file of queries"
    assert 0 < len(found(index, example.query)) < len(suite_records())

"""What the accounts that setup makes may do in Elasticsearch, and nothing else."""

import pytest
from pydantic import SecretStr

from services.reconciler.index_rights import let_in
from shared.contracts.errors import DependencyUnavailable
from shared.contracts.search import SearchRequest
from shared.runtime.elastic_index import Aliases, ElasticIndex
from shared.runtime.elastic_index.aliases import OneIndex
from shared.runtime.elastic_index.asking import Asking, Question
from shared.runtime.elastic_index.clauses import RECORDS
from shared.runtime.elastic_index.connection import failures_named
from shared.runtime.elastic_index.rebuilding import ElasticRebuild, delete_retired, move_back
from tests.builders.elastic import ROLES, administrator, client_of, delete_indices, new_prefix
from tests.builders.search import record

PASSWORDS = {"search": "what-search-shows-here", "index": "what-writers-show-here"}
KEEPING = {
    "write records",
    "write past the alias",
    "make an index",
    "build anew",
    "move the aliases",
    "delete an index",
}
OTHERS = {
    "find what is not ours",
    "write what is not ours",
    "make what is not ours",
    "delete what is not ours",
}
RULING = {"make a user", "change the cluster", "change a mapping", "look at the nodes"}
ALLOWED = {"search": {"find"}, "index": {"find", *KEEPING}}


@pytest.fixture(scope="module")
def prefix(elasticsearch):
    """An installation whose accounts were made twice, the second time with other passwords."""
    prefix, client = new_prefix(), administrator(elasticsearch)
    for passwords in (dict.fromkeys(PASSWORDS, "an-earlier-password"), PASSWORDS):
        told = {role: SecretStr(password) for role, password in passwords.items()}
        let_in(client, told, roles=ROLES, prefix=prefix)
    client.indices.create(index=f"{prefix}x-v1")
    yield prefix
    client.close()
    for each in (prefix, f"{prefix}x"):
        delete_indices(elasticsearch, each)


@pytest.fixture
def opened(elasticsearch, prefix):
    """Open the index as one of the accounts."""
    clients = []

    def opened(role, password=None):
        clients.append(client_of(elasticsearch, f"{prefix}-{role}", password or PASSWORDS[role]))
        return Aliases(clients[-1], prefix)

    yield opened
    for client in clients:
        client.close()


@pytest.fixture
def filled(opened):
    """The index with two records in it, put there by who may write."""
    ElasticIndex(opened("index")).replace("document-a", [record("满意度"), record("满意度")])


def found(aliases):
    return ElasticIndex(aliases).search(SearchRequest(query="满意度")).total


def rebuilt(aliases):
    beside = ElasticRebuild(aliases)
    beside.fill([("document-a", [record("满意度"), record("满意度")])])
    beside.held()
    beside.switch()


def deeds(aliases):
    client, other = aliases.client, f"{aliases.prefix}x-v1"
    by_name = OneIndex(client, aliases.current())
    return {
        "find": lambda: found(aliases),
        "write records": lambda: ElasticIndex(aliases).replace("document-b", [record("新")]),
        "write past the alias": lambda: ElasticIndex(by_name).replace("document-b", [record("新")]),
        "make an index": aliases.create_next,
        "build anew": lambda: rebuilt(aliases),
        "move the aliases": lambda: move_back(aliases),
        "delete an index": lambda: client.indices.delete(index=aliases.retired()[0]),
        "change a mapping": lambda: client.indices.put_mapping(index=aliases.read, meta={"version": 0}),
        "find what is not ours": lambda: client.search(index=other),
        "write what is not ours": lambda: client.index(index=other, document={}),
        "make what is not ours": lambda: client.indices.create(index=f"{aliases.prefix}x-v2"),
        "delete what is not ours": lambda: client.indices.delete(index=other),
        "make a user": lambda: client.security.put_user(username="x", password="x" * 16, roles=["superuser"]),
        "change the cluster": lambda: client.cluster.put_settings(
            persistent={"action.auto_create_index": "true"}
        ),
        "look at the nodes": lambda: client.nodes.stats(),
    }


def is_refused(deed):
    try:
        with failures_named():
            deed()
    except DependencyUnavailable as refusal:
        return "may not do that: check JIXIAO_INDEX_USER" in str(refusal)
    return False


@pytest.mark.parametrize("role", PASSWORDS)
def test_an_account_may_do_what_it_has_to_and_nothing_else(opened, filled, role):
    rebuilt(opened("index"))
    refused = {name for name, deed in deeds(opened(role)).items() if is_refused(deed)}

    assert refused == {*KEEPING, *OTHERS, *RULING, "find"} - ALLOWED[role]


def test_search_asks_and_holds_a_state_still_and_reads_the_layout(opened, filled):
    aliases = opened("search")
    question = Question(
        RECORDS, wanted={"size": 0, "aggregations": {"all": {"value_count": {"field": "rank"}}}}
    )
    counts = [
        one["aggregations"]["all"]["value"]
        for one in Asking(aliases.client, aliases.read).ask([question] * 2)
    ]

    assert counts == [found(opened("index"))] * 2
    assert ElasticIndex(aliases).document_counts()
    aliases.ensure()


def test_search_finds_what_was_built_anew_and_what_was_gone_back_to(opened, filled):
    searching = ElasticIndex(opened("search"))
    before = searching.document_counts()
    rebuilt(opened("index"))
    assert searching.document_counts() == {"document-a": 2}
    move_back(opened("index"))

    assert searching.document_counts() == before
    delete_retired(opened("index"))


def test_search_makes_no_index_where_there_is_none_and_says_who_does(elasticsearch, opened, prefix):
    delete_indices(elasticsearch, prefix)
    with pytest.raises(DependencyUnavailable, match="there is no index yet"):
        found(opened("search"))

    assert found(opened("index")) == 0
    assert found(opened("search")) == 0


@pytest.mark.parametrize("role", PASSWORDS)
def test_a_wrong_password_ends_in_a_sentence_that_names_the_setting(opened, role):
    for password in ("an-earlier-password", "never-a-password"):
        with pytest.raises(
            DependencyUnavailable, match="JIXIAO_INDEX_USER and JIXIAO_INDEX_PASSWORD"
        ) as told:
            found(opened(role, password))
        assert password not in str(told.value)

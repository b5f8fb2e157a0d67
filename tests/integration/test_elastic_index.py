"""What Elasticsearch does beside answering: several writers, refusals, interruptions, rebuilding."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.contracts.errors import DependencyUnavailable, RecordsRefused
from shared.contracts.search import IndexNeedsRebuild, SearchRequest
from shared.runtime.elastic_index import Aliases, ElasticIndex, connect
from shared.runtime.elastic_index.asking import Asking, Question
from shared.runtime.elastic_index.clauses import RECORDS
from shared.runtime.elastic_index.rebuilding import ElasticRebuild, delete_retired
from shared.runtime.rebuild import RebuiltIndexDiffers, rebuild_index
from tests.builders.command import wait_for
from tests.builders.elastic import administrator, own_aliases
from tests.builders.search import record
from tests.fakes.elastic import Interference
from tests.servers.process import free_port

TOO_LONG = "局" * 12_000
"""More bytes than a keyword may have."""


@pytest.fixture
def aliases(elasticsearch):
    with own_aliases(elasticsearch) as names:
        yield names


@pytest.fixture
def as_administrator(elasticsearch):
    """What an administrator may do to an index; no service may."""
    client = administrator(elasticsearch)
    yield client.indices
    client.close()


@pytest.fixture
def index(aliases):
    return ElasticIndex(aliases)


def total(index):
    return index.search(SearchRequest(facets=())).total


def names(index):
    return sorted(hit.record.name for hit in index.search(SearchRequest(facets=(), size=100)).hits)


def many(name, count=20, document_id="document-a"):
    return [record(name, document_id=document_id) for _ in range(count)]


def show(aliases):
    """What any other writer may do at any time: make visible what was written so far."""
    aliases.client.indices.refresh(index=aliases.read)


def test_what_one_writes_all_others_see_at_once(aliases):
    writer, reader = ElasticIndex(aliases), ElasticIndex(aliases)
    for count in (1, 3, 0):
        writer.replace("document-a", many("新", count))
        assert total(reader) == count


def test_two_that_start_at_once_make_one_index(aliases):
    with ThreadPoolExecutor(4) as starting:
        for counts in starting.map(lambda _: ElasticIndex(aliases).document_counts(), range(4)):
            assert counts == {}

    assert list(aliases.client.indices.get(index=f"{aliases.prefix}-*").body) == [aliases.current()]


def test_one_record_that_cannot_be_indexed_is_told_and_keeps_no_other_away(index):
    odd = record(department=TOO_LONG)
    with pytest.raises(RecordsRefused) as refusal:
        index.replace("document-a", [odd, *many("好", 3)])

    assert total(index) == 3
    assert (refusal.value.facts["refused"], refusal.value.facts["kept"]) == (1, 3)
    assert odd.record_id in refusal.value.advice
    index.replace("document-a", many("好", 2))
    assert total(index) == 2


def test_a_batch_tells_which_documents_it_could_not_take_whole(index):
    with pytest.raises(RecordsRefused) as refusal:
        _replace_two(index)

    assert refusal.value.documents == ("document-a",)
    assert index.document_counts() == {"document-b": 3}


def _replace_two(index):
    with index.batch():
        index.replace("document-a", [record(department=TOO_LONG)])
        index.replace("document-b", many("好", 3, "document-b"))


@pytest.mark.parametrize("steps", range(1, 8))
def test_a_writer_that_dies_at_any_step_leaves_the_old_or_the_new_to_be_seen(aliases, steps):
    index = ElasticIndex(aliases)
    index.replace("document-a", many("旧"))
    index.replace("document-b", many("别的", 3, "document-b"))
    dying = Interference(aliases.client, dies_after=steps)
    try:
        ElasticIndex(dying.aliases(aliases)).replace("document-a", many("新", 30))
    except DependencyUnavailable:
        show(aliases)

    seen = names(index)
    assert seen in (["别的"] * 3 + ["旧"] * 20, ["别的"] * 3 + ["新"] * 30)
    assert index.document_counts() == {"document-a": len(seen) - 3, "document-b": 3}
    facet = index.search(SearchRequest(filters={"year": ("2024",)})).facets["year"]
    assert facet.values[0].count == len(seen)
    index.replace("document-a", many("最新", 5))
    assert names(index) == ["别的"] * 3 + ["最新"] * 5


@pytest.mark.parametrize("written", [1, 7, 19])
def test_half_a_bulk_that_became_visible_is_hidden(aliases, written):
    index = ElasticIndex(aliases)
    index.replace("document-a", many("旧"))
    torn = Interference(aliases.client, tears_after=written)
    with pytest.raises(DependencyUnavailable):
        ElasticIndex(torn.aliases(aliases)).replace("document-a", many("新"))
    show(aliases)

    assert names(index) == ["旧"] * 20
    ElasticIndex(aliases).replace("document-a", many("新"))
    assert names(index) == ["新"] * 20


def test_half_a_bulk_refused_for_being_too_many_is_sent_again(aliases):
    busy = Interference(aliases.client, refuses_half=2)
    writer = ElasticIndex(busy.aliases(aliases))
    writer.replace("document-a", many("旧"))
    writer.replace("document-a", many("新", 30))

    assert busy.refused == 10 + 5
    assert names(ElasticIndex(aliases)) == ["新"] * 30


def test_a_server_that_stays_too_busy_is_not_available(aliases, monkeypatch):
    monkeypatch.setattr("shared.runtime.elastic_index.connection._FIRST_PAUSE_SECONDS", 0.001)
    busy = Interference(aliases.client, refuses_half=1000)
    with pytest.raises(DependencyUnavailable, match="too busy"):
        ElasticIndex(busy.aliases(aliases)).replace("document-a", many("新", 200))


def test_the_second_of_two_writers_of_a_document_wins_and_the_first_is_told(aliases):
    index = ElasticIndex(aliases)
    index.replace("document-a", many("旧"))
    overtaken = Interference(
        aliases.client, before_bulk={2: lambda: ElasticIndex(aliases).replace("document-a", many("第二", 7))}
    )
    with pytest.raises(DependencyUnavailable, match="another writer"):
        ElasticIndex(overtaken.aliases(aliases)).replace("document-a", many("第一"))
    show(aliases)

    assert set(names(index)) == {"第二"}
    assert index.document_counts()["document-a"] == 7


def test_readers_see_whole_documents_while_several_write_and_others_make_visible(aliases):
    index = ElasticIndex(aliases)
    for document in range(3):
        index.replace(f"document-{document}", many("旧", 40, f"document-{document}"))
    done = threading.Event()
    writers = [threading.Thread(target=rewrite, args=(aliases, f"document-{n}")) for n in range(3)]
    refresher = threading.Thread(target=refresh_until, args=(aliases, done))
    for thread in (*writers, refresher):
        thread.start()
    seen = set()
    while any(writer.is_alive() for writer in writers):
        answer = index.search(SearchRequest(filters={"form": ("list",)}, facets=("form", "document_id")))
        seen |= {answer.total, answer.facets["form"].values[0].count}
        seen |= {value.count * 3 for value in answer.facets["document_id"].values}
    done.set()
    refresher.join()

    assert seen == {120}


def rewrite(aliases, document_id):
    for _ in range(6):
        ElasticIndex(aliases).replace(document_id, many("新", 40, document_id))


def refresh_until(aliases, done):
    while not done.wait(0.002):
        show(aliases)


def test_a_state_that_changes_between_questions_is_asked_again(aliases):
    index = ElasticIndex(aliases)
    index.replace("document-a", many("旧"))
    torn = Interference(aliases.client, tears_after=5)
    asking = Asking(aliases.client, aliases.read)
    counted = {"records": {"value_count": {"field": "rank"}}}
    question = Question(RECORDS, wanted={"size": 0, "aggregations": counted})
    assert asking.ask([question])[0]["aggregations"]["records"]["value"] == 20
    with pytest.raises(DependencyUnavailable):
        ElasticIndex(torn.aliases(aliases)).replace("document-a", many("新"))
    show(aliases)

    for questions in ([question], [question] * 3):
        answers = asking.ask(questions)
        counts = [answer["aggregations"]["records"]["value"] for answer in answers]
        assert counts == [20] * len(questions)


def test_documents_are_gone_through_by_id_however_many_are_told_at_a_time(aliases, monkeypatch):
    monkeypatch.setattr("shared.runtime.elastic_index.documents._DOCUMENTS_AT_A_TIME", 2)
    index = ElasticIndex(aliases)
    for count in (3, 1, 5, 2, 4):
        index.replace(f"document-{count}", many("新", count, f"document-{count}"))

    assert list(index.documents()) == [(f"document-{count}", count) for count in range(1, 6)]


def test_a_server_that_is_down_is_not_available():
    index = ElasticIndex(Aliases(connect(f"http://127.0.0.1:{free_port()}"), "nobody"))
    for ask in (
        lambda: index.search(SearchRequest(query="公园")),
        lambda: index.replace("document-a", many("新")),
        lambda: index.remove("document-a"),
        lambda: index.get("record"),
        index.document_counts,
    ):
        with pytest.raises(DependencyUnavailable, match="Elasticsearch did not answer"):
            ask()


def test_an_index_of_another_version_has_to_be_rebuilt(aliases, as_administrator):
    ElasticIndex(aliases).document_counts()
    as_administrator.put_mapping(index=aliases.read, meta={"version": 0})

    with pytest.raises(IndexNeedsRebuild, match="rebuild-index"):
        ElasticIndex(aliases).search(SearchRequest())


def test_a_mapping_that_somebody_changed_is_refused_and_named(aliases, as_administrator):
    ElasticIndex(aliases).document_counts()
    as_administrator.put_mapping(index=aliases.read, properties={"extra": {"type": "long"}})

    with pytest.raises(IndexNeedsRebuild, match="extra（long，应为 无）"):
        ElasticIndex(aliases).replace("document-a", many("新"))


def test_an_alias_that_was_moved_to_another_layout_is_noticed_by_who_is_running(aliases, as_administrator):
    index = ElasticIndex(aliases)
    index.replace("document-a", many("旧"))
    beside = ElasticRebuild(aliases)
    beside.fill([("document-a", many("新"))])
    beside.held()
    as_administrator.put_mapping(index=beside.name, meta={"version": 99})
    beside.switch()

    with pytest.raises(IndexNeedsRebuild, match="99"):
        index.search(SearchRequest())


def test_a_record_with_a_field_that_is_not_laid_out_is_refused_by_the_server(aliases):
    ElasticIndex(aliases).document_counts()

    with pytest.raises(Exception, match="strict_dynamic_mapping"):
        aliases.client.index(index=aliases.write, routing="a", document={"never_heard_of": 1})


def truth_of(documents):
    return lambda document_id: documents.get(document_id, [])


def test_a_rebuilt_index_takes_the_place_of_the_former_and_can_be_left_again(aliases):
    index, documents = (
        ElasticIndex(aliases),
        {"document-a": many("新", 5), "document-b": many("新", 2, "document-b")},
    )
    index.replace("document-a", many("旧"))
    beside = ElasticRebuild(aliases)
    rebuilt = rebuild_index(beside, documents, truth_of(documents))

    assert (rebuilt.documents, rebuilt.records) == (2, 7)
    assert names(index) == ["新"] * 7
    beside.roll_back()
    assert names(index) == ["旧"] * 20
    beside.switch()
    assert len(delete_retired(aliases)) == 1
    index.replace("document-a", many("更新", 1))
    assert index.document_counts() == {"document-a": 1, "document-b": 2}


def test_what_was_loaded_in_pieces_is_joined_after_the_switch(aliases, as_administrator):
    def pieces():
        aliases.client.indices.refresh(index=beside.name)
        return as_administrator.stats(index=beside.name).body["_all"]["primaries"]["segments"]["count"]

    beside = ElasticRebuild(aliases)
    for number in range(3):
        beside.fill([(f"document-{number}", many("新", 4, f"document-{number}"))])
        assert pieces() == number + 1
    beside.switch()

    wait_for(lambda: pieces() == 1)
    assert names(ElasticIndex(aliases)) == ["新"] * 12


def test_what_changes_while_an_index_is_rebuilt_is_in_the_new_one(aliases):
    index = ElasticIndex(aliases)
    documents = {name: many("旧", 3, name) for name in ("document-a", "document-b", "document-c")}
    for name, records in documents.items():
        index.replace(name, records)

    def records_of(name):
        held = documents.get(name, [])
        if name == "document-c" and len(documents) == 3:
            del documents["document-a"]
            documents["document-b"] = many("新", 4, "document-b")
            index.remove("document-a")
            index.replace("document-b", documents["document-b"])
        return held

    rebuilt = rebuild_index(ElasticRebuild(aliases), list(documents), records_of)

    assert rebuilt.changed_meanwhile == 2
    assert index.document_counts() == {"document-b": 4, "document-c": 3}


def test_a_rebuilt_index_that_lost_records_is_not_switched_to(aliases):
    index = ElasticIndex(aliases)
    index.replace("document-a", many("旧"))
    losing = ElasticRebuild(aliases)
    hold = losing.held
    losing.held = lambda: {**hold(), "document-a": None}

    with pytest.raises(RebuiltIndexDiffers, match="未切换"):
        rebuild_index(losing, ["document-a"], lambda _: many("新"))
    assert names(index) == ["旧"] * 20
    assert losing.name not in aliases.client.indices.get(index=f"{aliases.prefix}-*").body


def test_one_record_that_cannot_be_indexed_does_not_keep_a_rebuilt_index_from_use(aliases):
    documents = {
        "document-a": [record(department=TOO_LONG), *many("好", 2)],
        "document-b": many("好", 1, "document-b"),
    }
    rebuilt = rebuild_index(ElasticRebuild(aliases), documents, truth_of(documents))

    assert rebuilt.refused == {"document-a"}
    assert ElasticIndex(aliases).document_counts() == {"document-a": 2, "document-b": 1}


def test_searches_go_on_without_error_or_gap_while_an_index_is_switched(aliases):
    index = ElasticIndex(aliases)
    records = many("同", 10)
    index.replace("document-a", records)
    done, seen = threading.Event(), []
    reader = threading.Thread(target=lambda: read_until(done, index, seen))
    reader.start()
    for _ in range(5):
        rebuild_index(ElasticRebuild(aliases), ["document-a"], lambda _: records)
    done.set()
    reader.join()
    delete_retired(aliases)

    assert len(seen) > 5
    assert set(seen) == {10}


def read_until(done, index, seen):
    while not done.is_set():
        seen.append(total(index))

"""``jixiao rebuild-index``: the index is built anew beside the one that is searched, on every engine."""

import pytest

from jixiao.archive import open_archive
from jixiao.home import Home, HomeBusy
from jixiao.rebuilding import go_back, rebuild
from shared.contracts.artifacts import READING
from shared.contracts.flattening import records_of
from shared.contracts.ledger import Source
from shared.contracts.search import SearchRequest
from shared.runtime.chosen_index import open_index
from shared.runtime.rebuild import RebuiltIndexDiffers
from shared.runtime.search_index.rebuilding import TantivyRebuild
from tests.builders.elastic import WRITER, own_aliases, password_of_writer
from tests.builders.web import document_of, indicator_at, project_of, promise


@pytest.fixture(params=["tantivy", "elasticsearch"])
def archive(request, tmp_path, monkeypatch):
    """A home whose index is the engine of that name."""
    home = open_archive(Home(tmp_path / "home"))
    if request.param == "tantivy":
        yield home
        return
    server = request.getfixturevalue("elasticsearch")
    with own_aliases(server) as aliases:
        monkeypatch.setenv("JIXIAO_INDEX_URL", server.url)
        monkeypatch.setenv("JIXIAO_INDEX_PREFIX", aliases.prefix)
        monkeypatch.setenv("JIXIAO_INDEX_USER", WRITER)
        monkeypatch.setenv("JIXIAO_INDEX_PASSWORD", password_of_writer(server))
        yield home


def read(archive, indicator, *, file_name="预算.pdf"):
    """Leave a document of one indicator as parse does: read, and not yet indexed."""
    document = document_of(
        project_of("公园养护", indicator_at(indicator, promise("≥90%", lower="90", unit="%"))), name=file_name
    )
    READING.save(archive.store, document.document_id, document)
    source = Source(bucket="inbox", key=file_name, document_id=document.document_id)
    archive.ledger.record_source(source, file_name=file_name, media_type="application/pdf", size_bytes=1)
    return document


def names(index):
    return {hit.record.name for hit in index.search(SearchRequest(facets=())).hits}


def test_everything_that_was_read_is_found_and_what_was_replaced_can_be_gone_back_to(archive):
    index = open_index(archive.home.index)
    index.replace(
        "gone", records_of(document_of(project_of("旧", indicator_at("旧指标", None)), name="旧.pdf"))
    )
    read(archive, "游客满意度", file_name="a.pdf")
    read(archive, "绿地面积", file_name="b.pdf")

    rebuilt = rebuild(archive)

    assert (rebuilt.documents, rebuilt.records, rebuilt.refused) == (2, 2, frozenset())
    assert names(index) == {"游客满意度", "绿地面积"}
    go_back(archive)
    assert names(index) == {"旧指标"}


def test_a_document_whose_last_upload_is_gone_is_not_brought_back(archive):
    document = read(archive, "游客满意度")
    archive.ledger.drop_source("inbox", document.file_name)

    assert rebuild(archive).documents == 0


def test_there_is_nothing_to_go_back_to_before_the_first_rebuild(archive):
    open_index(archive.home.index).replace("document", [])

    with pytest.raises(ValueError, match="no index before"):
        go_back(archive)


def test_an_index_goes_on_being_written_wherever_it_was_moved(archive):
    index = open_index(archive.home.index)
    document = read(archive, "游客满意度")
    for _ in range(2):
        rebuild(archive)
        index.replace(
            "later",
            [one.model_copy(update={"name": "新到", "document_id": "later"}) for one in records_of(document)],
        )
        assert names(index) == {"游客满意度", "新到"}
        index.remove("later")

    assert names(open_index(archive.home.index)) == {"游客满意度"}


def test_two_cannot_rebuild_the_index_of_one_home_at_once(tmp_path):
    archive = open_archive(Home(tmp_path / "home"))
    with archive.home.rebuilding(), pytest.raises(HomeBusy):
        rebuild(archive)


def test_an_index_that_lost_records_is_never_searched(tmp_path, monkeypatch):
    archive = open_archive(Home(tmp_path / "home"))
    read(archive, "游客满意度")
    monkeypatch.setattr(TantivyRebuild, "held", lambda self: {})

    with pytest.raises(RebuiltIndexDiffers):
        rebuild(archive)
    assert names(open_index(archive.home.index)) == set()

"""What the tantivy index does beside answering: several processes, other versions, damage."""

import subprocess
import sys
import textwrap

import pytest

from shared.contracts.errors import DependencyUnavailable
from shared.contracts.search import IndexNeedsRebuild, SearchRequest
from shared.runtime.search_index import TantivyIndex, erase_index
from tests.builders.search import record


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


def total(index):
    return index.search(SearchRequest(facets=())).total


def test_what_one_writes_all_others_see_at_once(folder):
    writer, reader = TantivyIndex(folder), TantivyIndex(folder)
    for count in (1, 3, 0):
        writer.replace("document-a", [record() for _ in range(count)])
        assert total(reader) == count


def test_records_survive_the_process(folder):
    TantivyIndex(folder).replace("document-a", [record()])

    assert total(TantivyIndex(folder)) == 1


def test_a_second_writer_is_told_that_another_process_writes(folder):
    busy, waiting = TantivyIndex(folder), TantivyIndex(folder, patience_seconds=0.1)
    with busy.batch(), pytest.raises(DependencyUnavailable, match="another process is writing"):
        waiting.replace("document-a", [record()])


def test_two_processes_take_turns(folder):
    TantivyIndex(folder)
    program = f"""
        from pathlib import Path
        from shared.runtime.search_index import TantivyIndex
        from tests.builders.search import record
        index = TantivyIndex(Path({str(folder)!r}), patience_seconds=60)
        for number in range(10):
            name = "NAME-" + str(number)
            index.replace(name, [record(document_id=name, record_id=name)])
    """
    programs = [textwrap.dedent(program).replace("NAME", name) for name in ("one", "other")]
    processes = [subprocess.Popen([sys.executable, "-c", text]) for text in programs]

    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    assert total(TantivyIndex(folder)) == 20


def test_a_batch_that_fails_changes_nothing(folder):
    index = TantivyIndex(folder)
    index.replace("document-a", [record()])
    with pytest.raises(ZeroDivisionError):
        _fail_within_a_batch(index)

    assert total(index) == 1
    index.replace("document-b", [record(document_id="document-b")])
    assert total(index) == 2


def _fail_within_a_batch(index):
    with index.batch():
        index.remove("document-a")
        raise ZeroDivisionError


def test_an_index_of_another_version_has_to_be_rebuilt(folder):
    TantivyIndex(folder)
    (folder / "layout-version").write_text("0")

    with pytest.raises(IndexNeedsRebuild, match="rebuild-index"):
        TantivyIndex(folder)


@pytest.mark.parametrize("name", ["meta.json", "*.store", "*.term", "*.fast", "*.pos"])
@pytest.mark.parametrize("damage", ["cut", "emptied", "lost"])
def test_a_damaged_index_has_to_be_rebuilt(folder, name, damage):
    TantivyIndex(folder).replace("document-a", [record()])
    for file in folder.glob(name):
        if damage == "lost":
            file.unlink()
        else:
            file.write_bytes(file.read_bytes()[:20] if damage == "cut" else b"")

    with pytest.raises(IndexNeedsRebuild):
        TantivyIndex(folder).search(SearchRequest(query="服务质量"))


def test_an_erased_index_begins_anew(folder):
    TantivyIndex(folder).replace("document-a", [record()])
    (folder / "meta.json").write_text("nonsense")
    erase_index(folder)

    assert total(TantivyIndex(folder)) == 0

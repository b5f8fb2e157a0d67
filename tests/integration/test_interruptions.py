"""Whatever is killed, in the middle of whatever: nothing is lost, nothing doubled."""

import os
import random
import shutil
import signal
import time

import pytest

from tests.builders.command import Command, wait_for

LIST = "文旅局2026年项目支出绩效目标表.pdf"
TEXT = "教育局项目支出绩效目标表.txt"
COPIES = 12


@pytest.fixture(scope="module")
def batch(tmp_path_factory, samples):
    """The samples, and one of them often, each time with another last line."""
    folder = tmp_path_factory.mktemp("batch") / "2026"
    shutil.copytree(samples, folder)
    text = (samples / TEXT).read_text()
    for number in range(COPIES):
        (folder / f"第 {number} 份.txt").write_text(f"{text}\n第 {number} 份\n")
    return folder


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, batch):
    """How it ends when nobody disturbs."""
    command = Command(tmp_path_factory.mktemp("undisturbed") / "home")
    command("add", batch)
    return command.records(), command.states()


def finished(command, undisturbed):
    records, states = undisturbed
    wait_for(lambda: command.status() == {"documents": states, "to_do": {}})
    return command.records() == records


def test_a_server_that_is_killed_in_its_work_goes_on_where_it_was(jixiao, batch, undisturbed):
    for done in (1, 5):
        with jixiao.serving("--feed", batch):
            wait_for(lambda done=done: jixiao.states().get("indexed", 0) >= done)
            # leaving the block kills it

    with jixiao.serving():
        assert finished(jixiao, undisturbed)


def test_the_children_of_a_killed_server_end_too(jixiao, batch):
    with jixiao.serving("--feed", batch) as server:
        wait_for(lambda: jixiao.states().get("indexed", 0) >= 1)
        children = server.children()

    assert children
    wait_for(lambda: not any(map(is_running, children)))


def is_running(process_id):
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_readers_that_are_killed_from_outside_lose_no_document(jixiao, batch, undisturbed):
    chance = random.Random(1)
    with jixiao.serving("--feed", batch) as server:
        for _ in range(4):
            children = wait_for(server.children)
            os.kill(chance.choice(children), signal.SIGKILL)
            time.sleep(0.3)

        assert finished(jixiao, undisturbed)


def test_an_interrupted_add_goes_on_when_it_is_run_again(jixiao, batch, undisturbed):
    adding = jixiao.start("add", batch)
    wait_for(lambda: (jixiao.home / "ledger.db").exists() and jixiao.states().get("indexed", 0) >= 2)
    adding.kill()

    jixiao("add", batch)

    assert finished(jixiao, undisturbed)


def test_two_adds_at_once_share_the_work(jixiao, batch, undisturbed):
    first = jixiao.start("add", batch)
    second = jixiao("add", batch)
    first.process.wait(60)
    first.kill()

    assert second.returncode == 3
    assert finished(jixiao, undisturbed)


@pytest.mark.parametrize("lost", ["index", "ledger"])
def test_what_can_be_made_anew_is_made_anew_at_the_next_start(jixiao, batch, undisturbed, lost):
    jixiao("add", batch)
    for path in jixiao.home.glob(f"{lost}*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    with jixiao.serving():
        assert finished(jixiao, undisturbed)


def test_an_index_that_is_damaged_is_made_anew_at_the_next_start(jixiao, batch, undisturbed):
    jixiao("add", batch)
    (jixiao.home / "index" / "meta.json").write_text("{")

    with jixiao.serving():
        assert finished(jixiao, undisturbed)


def test_what_happened_in_the_inbox_while_nobody_watched_is_noticed(jixiao, samples):
    jixiao("add", samples / LIST, samples / TEXT)
    (jixiao.inbox / LIST).unlink()
    shutil.copy(samples / "水务局2026年部门预算.pdf", jixiao.inbox)

    with jixiao.serving():
        wait_for(lambda: jixiao.states() == {"indexed": 2, "removed": 1})

    found = "\n".join(jixiao.records())
    assert "水务局2026年部门预算.pdf" in found
    assert LIST not in found


def test_a_folder_that_is_moved_into_the_inbox_and_out_again_is_noticed(jixiao, samples, tmp_path):
    shutil.copytree(samples, tmp_path / "2026")
    with jixiao.serving():
        (tmp_path / "2026").rename(jixiao.inbox / "2026")
        known = len(list((jixiao.inbox / "2026").iterdir()))
        wait_for(lambda: sum(jixiao.states().values()) == known and not jixiao.status()["to_do"])

        (jixiao.inbox / "2026").rename(tmp_path / "away")
        wait_for(lambda: jixiao.states() == {"removed": known})

    assert jixiao.records() == []


def test_a_file_that_is_still_being_written_is_left_until_it_is_whole(jixiao, samples):
    content = (samples / LIST).read_bytes()
    with jixiao.serving(), (jixiao.inbox / LIST).open("wb") as file:
        for start in range(0, len(content), len(content) // 6 + 1):
            file.write(content[start : start + len(content) // 6 + 1])
            file.flush()
            time.sleep(0.3)
        file.close()
        wait_for(lambda: jixiao.states().get("indexed"))

        assert jixiao.states() == {"indexed": 1}


def test_an_overwritten_file_takes_the_place_of_what_it_was(jixiao, samples):
    with jixiao.serving():
        shutil.copy(samples / LIST, jixiao.inbox / "预算.pdf")
        wait_for(lambda: jixiao.states() == {"indexed": 1})
        before = jixiao.records()

        shutil.copy(samples / "水务局2026年部门预算.pdf", jixiao.inbox / "预算.pdf")
        wait_for(lambda: jixiao.states() == {"indexed": 1, "superseded": 1})

    assert jixiao.records() != before
    assert all('"file_name":"预算.pdf"' in line for line in jixiao.records())

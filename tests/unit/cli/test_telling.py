"""What a person at a terminal is told, and what not."""

import logging

import pytest
from typer.testing import CliRunner

from jixiao.archive import open_archive
from jixiao.command_line import app
from jixiao.commands.work import work_off
from jixiao.home import Home
from jixiao.serving import describe_counts, fitting
from jixiao.workshop import quiet_about
from shared.runtime import worker
from shared.runtime.crew import Crew


def test_the_place_of_a_mistake_is_marked_as_wide_as_it_is_printed(tmp_path):
    told = CliRunner().invoke(app, ["--home", str(tmp_path), "search", "满意度 部门:"]).output

    assert told.splitlines()[:2] == ["满意度 部门:", "       ^^^^^"]


def test_counts_are_broken_between_where_the_terminal_is_narrow():
    line = describe_counts({"received": 1, "indexed": 10, "quarantined": 1}, {"parse": 3})

    assert (
        fitting(line, 80)
        == "处理中 in progress 1 · 可检索 searchable 10 · 已搁置 quarantined 1\n待办 to do 3"
    )
    assert fitting(line, 200) == line
    assert len(fitting(line, 10).splitlines()) == 4


def test_ctrl_c_is_answered_before_what_is_at_hand_has_ended(tmp_path, capsys, monkeypatch):
    archive, told_so_far, stop = open_archive(Home(tmp_path / "home")), [], Crew.stop

    def stop_and_listen(crew, **how):
        told_so_far.append(capsys.readouterr().err)
        stop(crew, **how)

    def press_when_at_work():
        if archive.home.worker() is not None:
            raise KeyboardInterrupt
        return False

    monkeypatch.setattr(Crew, "stop", stop_and_listen)
    with pytest.raises(KeyboardInterrupt):
        work_off(archive, until=press_when_at_work)

    assert "正在收尾" in told_so_far[0]


def test_work_that_is_stopped_in_its_midst_is_no_news(caplog):
    log = logging.getLogger(worker.__name__)

    with caplog.at_level(logging.WARNING), quiet_about("dependency_unavailable"):
        log.warning("dependency_unavailable")
        log.warning("handler_failed")
    log.warning("dependency_unavailable")

    assert caplog.messages == ["handler_failed", "dependency_unavailable"]

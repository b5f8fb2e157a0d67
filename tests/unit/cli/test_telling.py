"""What a person at a terminal is told, and what not."""

import logging

from typer.testing import CliRunner

from jixiao.command_line import app
from jixiao.serving import describe_counts, fitting
from jixiao.workshop import quiet_about
from shared.runtime import worker


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


def test_work_that_is_stopped_in_its_midst_is_no_news(caplog):
    log = logging.getLogger(worker.__name__)

    with caplog.at_level(logging.WARNING), quiet_about("dependency_unavailable"):
        log.warning("dependency_unavailable")
        log.warning("handler_failed")
    log.warning("dependency_unavailable")

    assert caplog.messages == ["handler_failed", "dependency_unavailable"]

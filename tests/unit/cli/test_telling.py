"""What a person at a terminal is told, and what not."""

import logging

from typer.testing import CliRunner

from jixiao.command_line import app
from jixiao.workshop import quiet_about
from shared.runtime import worker


def test_the_place_of_a_mistake_is_marked_as_wide_as_it_is_printed(tmp_path):
    told = CliRunner().invoke(app, ["--home", str(tmp_path), "search", "满意度 部门:"]).output

    assert told.splitlines()[:2] == ["满意度 部门:", "       ^^^^^"]


def test_work_that_is_stopped_in_its_midst_is_no_news(caplog):
    log = logging.getLogger(worker.__name__)

    with caplog.at_level(logging.WARNING), quiet_about("dependency_unavailable"):
        log.warning("dependency_unavailable")
        log.warning("handler_failed")
    log.warning("dependency_unavailable")

    assert caplog.messages == ["handler_failed", "dependency_unavailable"]

"""Log lines."""

import json
import logging

import pytest

from shared.runtime.telemetry import bound, logger, start_logging


@pytest.fixture(autouse=True)
def restored():
    root = logging.getLogger("jixiao")
    before = root.handlers[:], root.level, root.propagate
    yield
    root.handlers[:], root.level, root.propagate = before


def lines(capsys):
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_is_an_event_with_its_fields_and_what_is_bound(capsys):
    start_logging(level="INFO")
    with bound(document_id="d1", key=None):
        logger("test").info("announced", extra={"subject": "广州/表.pdf"})
    logger("test").info("afterwards")

    first, second = lines(capsys)
    assert (first["event"], first["document_id"], first["subject"]) == ("announced", "d1", "广州/表.pdf")
    assert "key" not in first
    assert "document_id" not in second


def test_an_error_keeps_its_traceback_on_the_line(capsys):
    start_logging(level="INFO")
    try:
        raise LookupError("ours")
    except LookupError:
        logger("test").exception("handler_failed")

    (line,) = lines(capsys)
    assert (line["level"], line["event"]) == ("error", "handler_failed")
    assert "LookupError: ours" in line["traceback"]

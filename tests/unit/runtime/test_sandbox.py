"""The process in which untrusted bytes are opened."""

import os
import threading
import time

import pytest

from shared.contracts.errors import (
    DependencyUnavailable,
    MemoryLimitExceeded,
    ReaderCrashed,
    ReaderFailed,
    TimeLimitExceeded,
    TooManyPages,
)
from shared.runtime.sandbox import Sandbox, SandboxLimits
from tests.fakes import readers


@pytest.fixture(scope="module")
def sandbox():
    limits = SandboxLimits(wall_seconds=20, cpu_seconds=10, memory_megabytes=1024, file_megabytes=1)
    with Sandbox(limits) as sandbox:
        yield sandbox


def test_pages_come_back_as_the_reader_made_them(sandbox):
    pages = sandbox.run(readers.one_page, "满意度≥95%".encode(), width=210.5)

    assert pages == readers.one_page("满意度≥95%".encode(), width=210.5)


def test_a_child_is_kept_for_the_next_call(sandbox):
    first = sandbox.run(readers.process_id)

    assert first != os.getpid()
    assert sandbox.run(readers.process_id) == first


def test_what_libraries_print_does_no_harm(sandbox):
    assert sandbox.run(readers.printing) == "quiet"


def test_no_secret_of_the_parent_reaches_the_child(sandbox, monkeypatch):
    monkeypatch.setenv("JIXIAO_SECRET", "hunter2")
    sandbox.run(readers.process_id)

    with Sandbox(SandboxLimits()) as fresh:
        assert "JIXIAO_SECRET" not in fresh.run(readers.environment)


def test_sets_come_in_the_same_order_in_every_child():
    orders = []
    for _ in range(2):
        with Sandbox(SandboxLimits()) as fresh:
            orders.append(fresh.run(readers.going_through_a_set))

    assert orders[0] == orders[1]


def test_a_rejection_crosses_the_border_as_itself_and_keeps_the_child(sandbox):
    child = sandbox.run(readers.process_id)

    with pytest.raises(TooManyPages) as caught:
        sandbox.run(readers.rejecting)

    assert caught.value.facts == {"pages": 3, "limit": 2}
    assert sandbox.run(readers.process_id) == child


def test_an_error_nobody_foresaw_rejects_the_document_and_replaces_the_child(sandbox):
    child = sandbox.run(readers.process_id)

    with pytest.raises(ReaderFailed, match="LookupError"):
        sandbox.run(readers.failing)

    assert sandbox.run(readers.process_id) != child


def test_a_reader_that_asks_for_too_much_memory_is_stopped(sandbox):
    with pytest.raises(MemoryLimitExceeded, match="1024"):
        sandbox.run(readers.greedy)

    assert sandbox.run(readers.printing) == "quiet"


def test_a_reader_that_crashes_twice_is_given_up(sandbox):
    with pytest.raises(ReaderCrashed, match="SIGSEGV"):
        sandbox.run(readers.crashing)

    assert sandbox.run(readers.printing) == "quiet"


def test_a_child_killed_from_outside_is_replaced_and_the_work_done(sandbox, tmp_path):
    assert sandbox.run(readers.crashing_once, str(tmp_path / "marker")) == "second time"


def test_a_reader_that_fills_the_disk_is_stopped(sandbox, tmp_path):
    with pytest.raises(ReaderFailed, match="OSError"):
        sandbox.run(readers.writing, str(tmp_path))


@pytest.mark.parametrize("reader", [readers.hanging, readers.spinning])
def test_a_reader_that_does_not_end_is_killed_in_time(reader):
    with Sandbox(SandboxLimits(wall_seconds=0.3)) as sandbox:
        with pytest.raises(TimeLimitExceeded, match=r"0\.3"):
            sandbox.run(reader)
        assert sandbox.run(readers.printing) == "quiet"


def test_a_reader_that_spins_is_stopped_by_the_kernel_too():
    limits = SandboxLimits(wall_seconds=30, cpu_seconds=0)

    with Sandbox(limits) as sandbox, pytest.raises(TimeLimitExceeded):
        sandbox.run(readers.spinning)


def test_closing_kills_the_children_and_ends_their_calls_as_nobodys_fault():
    sandbox = Sandbox(SandboxLimits())
    sandbox.run(readers.process_id)
    (child,) = sandbox.child_ids()
    threading.Timer(0.3, sandbox.close).start()

    started = time.monotonic()
    with pytest.raises(DependencyUnavailable):
        sandbox.run(readers.hanging)

    assert time.monotonic() - started < 10
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_a_module_that_cannot_be_loaded_is_not_the_documents_fault(capfd):
    sandbox = Sandbox(SandboxLimits(), preload=["no_such_module"])

    with pytest.raises(DependencyUnavailable, match="does not start"):
        sandbox.run(readers.process_id)

    assert "no_such_module" in capfd.readouterr().err

"""Health names what cannot be reached, soon, and whoever hangs."""

import time
from collections.abc import Callable
from threading import Event

import pytest

from services.search import health
from services.search.health import Pulse
from shared.contracts.errors import DependencyUnavailable


def well() -> None:
    raise KeyError("nobody")


def gone() -> None:
    raise DependencyUnavailable("ledger")


def test_who_knows_nothing_of_nobody_is_well() -> None:
    assert Pulse({"ledger": well}).missing() == ()


def test_who_does_not_answer_is_named() -> None:
    assert Pulse({"ledger": gone, "search index": well}).missing() == ("ledger",)


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> tuple[Callable[[], object], Event, list[float]]:
    monkeypatch.setattr(health, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(health, "_KEPT_SECONDS", 0.0)
    end, asked = Event(), list[float]()

    def hang() -> None:
        asked.append(time.monotonic())
        end.wait(30)

    return hang, end, asked


def test_who_hangs_is_named_soon_asked_only_once_and_well_when_it_answers(hanging) -> None:  # type: ignore[no-untyped-def]
    hang, end, asked = hanging
    pulse = Pulse({"object store": hang})

    assert [pulse.missing() for _ in range(3)] == [("object store",)] * 3
    assert len(asked) == 1

    end.set()
    deadline = time.monotonic() + 10
    while pulse.missing() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert pulse.missing() == ()

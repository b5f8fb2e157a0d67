"""Fixtures of real servers: started once for all tests, on free ports, stopped at the end."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TypeVar

import pytest

from tests.servers import binaries, programs
from tests.servers.binaries import ServerUnavailable
from tests.servers.programs import Server

T = TypeVar("T")


def _had(name: str, get: Callable[[], T]) -> T:
    """Get what a test needs, or skip where it cannot be had; in CI what is missing is a failure."""
    try:
        return get()
    except ServerUnavailable as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is missing in CI: {reason}")
        pytest.skip(f"{name} cannot be had here: {reason}")


def _server(running: Callable[[], AbstractContextManager[Server]], name: str) -> Iterator[Server]:
    with ExitStack() as stack:
        yield _had(name, lambda: stack.enter_context(running()))


@pytest.fixture(scope="session")
def valkey() -> Iterator[Server]:
    yield from _server(programs.running_valkey, "Valkey")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    yield from _server(programs.running_postgres, "PostgreSQL")


@pytest.fixture(scope="session")
def minio() -> Iterator[Server]:
    yield from _server(programs.running_minio, "MinIO")


@pytest.fixture(scope="session")
def seaweed() -> Iterator[Server]:
    yield from _server(programs.running_seaweed, "SeaweedFS")


@pytest.fixture(scope="session")
def elasticsearch() -> Iterator[Server]:
    yield from _server(programs.running_elasticsearch, "Elasticsearch")


@pytest.fixture(scope="session")
def promtool() -> Path:
    return _had("promtool", binaries.promtool)

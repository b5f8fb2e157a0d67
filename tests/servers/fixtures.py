"""Fixtures of real servers: started once for all tests, on free ports, stopped at the end."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack

import pytest

from tests.servers import programs
from tests.servers.binaries import ServerUnavailable
from tests.servers.programs import Server


def _server(running: Callable[[], AbstractContextManager[Server]], name: str) -> Iterator[Server]:
    """Start a server, or skip where it cannot be had; in CI a missing server is a failure."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running())
        except ServerUnavailable as reason:
            if os.environ.get("CI") == "true":
                pytest.fail(f"{name} is missing in CI: {reason}")
            pytest.skip(f"{name} cannot be had here: {reason}")
        yield server


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

"""The real servers of a measurement, started as the tests start them, and the services on top."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.builders.installation import LISTENER, Installation, Servers, minio_that_tells
from tests.servers.programs import running_elasticsearch, running_postgres, running_valkey


@contextmanager
def installation(*, children: int = 1, **more: str) -> Iterator[Installation]:
    """Run everything, with so many processes in each of ingest and parse, and one that indexes."""
    with ExitStack() as stack:
        store, port = stack.enter_context(minio_that_tells())
        servers = Servers(
            store,
            stack.enter_context(running_valkey()),
            stack.enter_context(running_postgres()),
            stack.enter_context(running_elasticsearch()),
            port,
            LISTENER,
        )
        # As on servers: the times that tests make short are left as they are by default.
        usual = {"JIXIAO_TASK_SECONDS": "600", "JIXIAO_RECONCILER_EVERY_SECONDS": "300", **more}
        built = Installation(servers, more=usual, children=children)
        yield stack.enter_context(built.running())

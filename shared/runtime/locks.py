"""Locks that several machines share and that nobody has to clean up."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import InterfaceError, OperationalError

from shared.contracts.errors import DependencyUnavailable


class DatabaseLocks:
    """
    Advisory locks of PostgreSQL.

    They belong to a connection, so that they go with the process that held them, however it
    ends. A restart of the database opens them all: what is done under them must be harmless to
    do twice, they only keep two workers from doing it at the same time day by day.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @contextmanager
    def taken(self, name: str) -> Iterator[bool]:
        """Hold ``name`` within; answers False at once where somebody else holds it."""
        number = int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)
        connection = self._connected()
        try:
            yield _ask(connection, number)
        finally:
            with suppress(OperationalError, InterfaceError):
                connection.execute(select(func.pg_advisory_unlock_all()))
            with suppress(OperationalError, InterfaceError):
                connection.close()

    def _connected(self) -> Connection:
        try:
            return self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        except (OperationalError, InterfaceError) as error:
            raise DependencyUnavailable(f"locks: {error.orig}") from error


def _ask(connection: Connection, number: int) -> bool:
    try:
        return bool(connection.execute(select(func.pg_try_advisory_lock(number))).scalar_one())
    except (OperationalError, InterfaceError) as error:
        raise DependencyUnavailable(f"locks: {error.orig}") from error

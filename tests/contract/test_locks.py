"""Locks that several machines share."""

import pytest

from shared.contracts.errors import DependencyUnavailable
from shared.runtime.database import open_postgres
from shared.runtime.locks import DatabaseLocks
from tests.servers.process import free_port


@pytest.fixture
def open_locks(postgres):
    engines = []

    def open_one():
        engines.append(open_postgres(postgres.url))
        return DatabaseLocks(engines[-1])

    yield open_one
    for engine in engines:
        engine.dispose()


def test_a_name_is_held_by_one_at_a_time(open_locks):
    one, other = open_locks(), open_locks()

    with one.taken("a") as is_ours, other.taken("a") as is_theirs, other.taken("b") as is_free:
        assert (is_ours, is_theirs, is_free) == (True, False, True)
    with other.taken("a") as is_free:
        assert is_free


def test_a_name_is_held_by_one_thread_of_a_process(open_locks):
    locks = open_locks()

    with locks.taken("a"), locks.taken("a") as is_ours_twice:
        assert not is_ours_twice


def test_who_fails_holds_nothing_any_more(open_locks):
    locks = open_locks()
    with pytest.raises(LookupError), locks.taken("a"):
        raise LookupError

    with open_locks().taken("a") as is_free:
        assert is_free


def test_a_database_that_is_gone_is_the_worlds_fault():
    locks = DatabaseLocks(open_postgres(f"postgresql+psycopg://x@127.0.0.1:{free_port()}/x"))

    with pytest.raises(DependencyUnavailable, match="locks"), locks.taken("a"):
        pass

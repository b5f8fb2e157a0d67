"""Empty databases on a real server."""

from itertools import count
from uuid import uuid4

from sqlalchemy import create_engine, make_url, text


def new_database(url: str) -> str:
    """Make a database of its own, and answer its address."""
    name = f"t{uuid4().hex}"
    with create_engine(url, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    return make_url(url).set(database=name).render_as_string(hide_password=False)


_broker_numbers = count(4)  # the first ones are those of tests that name theirs


def new_broker_database(url: str) -> str:
    """Answer the address of a broker's database that nobody has used in this run."""
    return f"{url.rpartition('/')[0]}/{next(_broker_numbers)}"
